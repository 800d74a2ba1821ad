// A live page: it is loaded again when the architecture changes, and shows what is wrong with it when it cannot be read.
const VIEW = "archlint-view";

function startLive() {
  const kept = sessionValue();
  if (kept) {
    Object.assign(view, kept.view);
    kept.services.forEach((name) => hiddenServices.add(name));
    tab = kept.tab;
    showView();
    applyFilters();
    showPanel();
  }
  const problem = byId("problem");
  const events = new EventSource("/events");
  events.addEventListener("state", (event) => {
    const state = JSON.parse(event.data);
    if (state.revision !== data.revision) return again();
    problem.textContent = state.problem;
    problem.hidden = !state.problem;
  });
  events.addEventListener("error", () => {
    problem.textContent = "archlint serve has ended; this is the last picture.";
    problem.hidden = false;
  });
}

function again() {
  try {
    sessionStorage.setItem(VIEW, JSON.stringify({ view, services: [...hiddenServices], tab }));
  } catch {
    // then the new page shows everything
  }
  location.reload();
}

function sessionValue() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(VIEW));
    sessionStorage.removeItem(VIEW);
    return kept;
  } catch {
    return null;
  }
}
