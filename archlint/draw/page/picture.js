// The elements of the picture: their marks, and which of them are lit.
const nodeElements = new Map();
const frameElements = new Map();
const arrowElements = [];
const labelElements = new Map();
const boxElements = new Map();

function startPicture() {
  for (const element of picture.querySelectorAll("[data-id]")) {
    const component = componentOf.get(element.dataset.id);
    nodeElements.set(component.id, element);
    element.setAttribute("tabindex", "0");
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", spoken(component));
    const box = component.box;
    element.append(makeSvg("rect", { class: "ring", x: box.x - 5, y: box.y - 5, width: box.width + 10, height: box.height + 10, rx: 12 }));
    addBadge(element, component);
  }
  for (const element of picture.querySelectorAll("[data-frame]")) frameElements.set(element.dataset.frame, element);
  for (const element of picture.querySelectorAll("[data-from]")) {
    arrowElements.push(element);
    const hit = element.querySelector("polyline").cloneNode();
    for (const name of ["stroke", "stroke-width", "stroke-dasharray", "fill"]) hit.removeAttribute(name);
    hit.setAttribute("class", "hit");
    element.append(hit);
  }
  for (const element of picture.querySelectorAll("[data-label]")) labelElements.set(Number(element.dataset.label), element);
  for (const element of picture.querySelectorAll("[data-service]")) {
    const name = element.dataset.service;
    boxElements.set(name, [...(boxElements.get(name) ?? []), element]);
  }
}

function spoken(component) {
  const found = findingsAt.get(component.id).length;
  const parts = [component.name, component.type];
  if (component.service) parts.push(`in ${component.service}`);
  if (found) parts.push(counted(found, "finding"));
  return parts.join(", ");
}

function addBadge(element, component) {
  const found = findingsAt.get(component.id);
  if (!found.length) return;
  const worst = SEVERITIES.find((severity) => found.some((index) => data.findings[index].severity === severity));
  const badge = makeSvg("g", { class: `badge ${worst}`, "aria-hidden": "true" });
  const x = component.box.x + component.box.width - 2;
  const y = component.box.y + 2;
  badge.append(makeSvg("circle", { cx: x, cy: y, r: 9.5 }));
  const text = makeSvg("text", { x, y: y + 3.4 });
  text.textContent = found.length > 99 ? "99+" : found.length;
  badge.append(text);
  element.append(badge);
}

// Light components, arrows and the services they are in, and dim the rest; `way` draws the arrows as a path.
function light(components, arrows, { way = false } = {}) {
  unlight();
  if (!components.size && !arrows.size) return;
  picture.classList.add("picked");
  for (const id of components) {
    nodeElements.get(id)?.classList.add("hot");
    frameElements.get(id)?.classList.add("hot");
    const service = componentOf.get(id)?.service;
    for (const element of boxElements.get(service) ?? []) element.classList.add("hot");
  }
  for (const index of arrows) {
    arrowElements[index].classList.add("hot");
    if (way) arrowElements[index].classList.add("way");
    labelElements.get(index)?.classList.add("hot");
  }
}

function unlight() {
  picture.classList.remove("picked");
  for (const element of picture.querySelectorAll(".hot, .way, .chosen")) element.classList.remove("hot", "way", "chosen");
}

// What components and arrows take up together.
function around(components, arrows = new Set()) {
  const boxes = [...components].map((id) => componentOf.get(id)?.box).filter(Boolean);
  for (const index of arrows) boxes.push(...[data.arrows[index].from, data.arrows[index].to].map((id) => componentOf.get(id).box));
  if (!boxes.length) return null;
  const left = Math.min(...boxes.map((box) => box.x));
  const top = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height + 34));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

// The nearest visible component in a direction, those straight ahead first.
function nearest(id, dx, dy) {
  const centre = (component) => [component.box.x + component.box.width / 2, component.box.y + component.box.height / 2];
  const [x, y] = centre(componentOf.get(id));
  let best = null;
  let least = Infinity;
  for (const component of data.components) {
    if (component.id === id || isHidden(component)) continue;
    const [cx, cy] = centre(component);
    const ahead = (cx - x) * dx + (cy - y) * dy;
    const aside = Math.abs((cx - x) * dy) + Math.abs((cy - y) * dx);
    const cost = ahead + 2.5 * aside;
    if (ahead > 8 && cost < least) [best, least] = [component.id, cost];
  }
  return best;
}
