// Search: words in ids, names, types and properties; all of them have to be there.
const HITS = 12;

function haystack(component) {
  const properties = component.properties.map((pair) => pair.join(" "));
  return [component.id, component.name, component.type, component.kind, component.service ?? "", ...properties].join(" ").toLowerCase();
}

function startSearch() {
  const input = byId("search");
  const list = byId("hits");
  const texts = data.components.map(haystack);
  let chosen = 0;

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const open = (id) => {
    close();
    input.blur();
    if (hiddenServices.delete(componentOf.get(id).service ?? OUTSIDE)) applyFilters();
    select("component", id);
  };
  const mark = (place) => {
    const options = list.querySelectorAll("[role=option]");
    if (!options.length) return;
    chosen = (place + options.length) % options.length;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === chosen)));
    input.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  };
  const find = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) return close();
    const rank = ({ name, id }) => (name.toLowerCase().startsWith(words[0]) ? 0 : id.toLowerCase().includes(words[0]) ? 1 : 2);
    const found = data.components.filter((_, index) => words.every((word) => texts[index].includes(word)));
    found.sort((one, other) => rank(one) - rank(other));
    const options = found.slice(0, HITS).map((component, index) => {
      const option = make("li", { role: "option", id: `hit-${index}`, "aria-selected": "false" }, component.name, make("small", {}, `${component.type}${component.service ? ` in ${component.service}` : ""}`));
      option.dataset.component = component.id;
      return option;
    });
    const rest = found.length - options.length;
    const note = !found.length ? "Nothing found" : rest ? `and ${rest.toLocaleString("en")} more` : "";
    list.replaceChildren(...options, ...(note ? [make("li", { class: "none", role: "presentation" }, note)] : []));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    byId("status").textContent = counted(found.length, "component");
    mark(0);
  };
  input.addEventListener("input", find);
  input.addEventListener("focus", find);
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the focus until the click
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) open(option.dataset.component);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") mark(chosen + 1);
    else if (event.key === "ArrowUp") mark(chosen - 1);
    else if (event.key === "Enter") {
      const option = list.querySelectorAll("[role=option]")[chosen];
      if (option && !list.hidden) open(option.dataset.component);
    } else if (event.key === "Escape") {
      input.value = "";
      close();
      input.blur();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
