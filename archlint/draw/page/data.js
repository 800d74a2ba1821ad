// What the page knows, and lookups in it.
const data = JSON.parse(document.getElementById("data").textContent);
const componentOf = new Map(data.components.map((component) => [component.id, component]));
const serviceOf = new Map(data.services.map((service) => [service.name, service]));
const arrowsAt = new Map(data.components.map((component) => [component.id, []]));
data.arrows.forEach((arrow, index) => {
  arrowsAt.get(arrow.from).push(index);
  if (arrow.to !== arrow.from) arrowsAt.get(arrow.to).push(index);
});
const findingsAt = new Map(data.components.map((component) => [component.id, []]));
data.findings.forEach((finding, index) => {
  if (!finding.suppressed && findingsAt.has(finding.component)) findingsAt.get(finding.component).push(index);
});
const SEVERITIES = ["error", "warning", "info"];
const ARROWS = { sync: "\u21c4", async: "\u2192", error: "\u21e2", watch: "\u21e2" };

const byId = (id) => document.getElementById(id);

// An element with properties, attributes (names with a dash, `role`, `class`) and children, which are elements or text.
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "class" || name === "role" || name.includes("-")) element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

function makeSvg(tag, attributes = {}) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

const counted = (number, word) => `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
