// What is shown at all: by service and by kind of arrow.
const hiddenServices = new Set();
const hiddenStyles = new Set();
const OUTSIDE = "";

const isHidden = (component) => hiddenServices.has(component.service ?? OUTSIDE);

function applyFilters() {
  for (const [id, element] of nodeElements) element.style.display = isHidden(componentOf.get(id)) ? "none" : "";
  for (const [id, element] of frameElements) element.style.display = isHidden(componentOf.get(id)) ? "none" : "";
  for (const [name, elements] of boxElements) {
    for (const element of elements) element.style.display = hiddenServices.has(name) ? "none" : "";
  }
  data.arrows.forEach((arrow, index) => {
    const gone = hiddenStyles.has(arrow.style) || isHidden(componentOf.get(arrow.from)) || isHidden(componentOf.get(arrow.to));
    arrowElements[index].style.display = gone ? "none" : "";
    const label = labelElements.get(index);
    if (label) label.style.display = gone ? "none" : "";
  });
}

function startLegend() {
  for (const box of byId("legend").querySelectorAll("input")) {
    box.addEventListener("change", () => {
      hiddenStyles[box.checked ? "delete" : "add"](box.value);
      applyFilters();
    });
  }
}

// A box for each service, and one for what is outside of all.
function serviceChecks() {
  const inside = (name) => data.components.filter((component) => (component.service ?? OUTSIDE) === name);
  const names = [...data.services.map((service) => service.name), OUTSIDE].filter((name) => inside(name).length);
  const boxes = names.map((name) => {
    const box = make("input", { type: "checkbox", checked: !hiddenServices.has(name) });
    box.dataset.service = name;
    box.addEventListener("change", () => {
      hiddenServices[box.checked ? "delete" : "add"](name);
      applyFilters();
    });
    const swatch = make("span", { class: "swatch" });
    if (name) swatch.style.background = `var(--services-${serviceOf.get(name).tint})`;
    const owner = name && serviceOf.get(name).owner;
    const label = make("span", {}, name || "Outside every service", owner ? make("small", {}, ` ${owner}`) : null);
    return make("label", { class: "check" }, box, swatch, label, make("span", { class: "count" }, String(inside(name).length)));
  });
  const all = make("button", { type: "button", class: "more", textContent: "Show all" });
  all.addEventListener("click", () => {
    hiddenServices.clear();
    applyFilters();
    showPanel();
  });
  return make("div", { class: "checks" }, ...boxes, all);
}
