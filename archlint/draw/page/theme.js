// Light and dark: the system's choice until the reader makes one.
const THEME = "archlint-theme";

function stored(name) {
  try {
    return localStorage.getItem(name); // a page opened from a file may have no storage
  } catch {
    return null;
  }
}

function store(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // then the choice holds as long as the page
  }
}

const isDark = () => (document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

function toggleTheme() {
  const theme = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  store(THEME, theme);
}

function startTheme() {
  const theme = stored(THEME);
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
  byId("theme").addEventListener("click", toggleTheme);
}
