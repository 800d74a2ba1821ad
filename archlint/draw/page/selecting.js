// What is selected, in the picture, the panel and the address, so that a link leads to it.
let selection = null;
const trail = [];

function select(kind, key, { keep = true, move = true } = {}) {
  if (selection && keep) trail.push(selection);
  selection = { kind, key };
  show(move);
  byId("status").textContent = `${byId("panel").querySelector("h2").textContent} selected`;
}

function clearSelection() {
  trail.length = 0;
  selection = null;
  show(false);
}

function goBack() {
  const last = trail.pop();
  if (last) select(last.kind, last.key, { keep: false });
  else clearSelection();
  byId("panel").focus();
}

function show(move) {
  all = false;
  const lit = selection ? litBy(selection) : { components: new Set(), arrows: new Set() };
  light(lit.components, lit.arrows, { way: lit.way });
  if (selection?.kind === "component") nodeElements.get(selection.key).classList.add("chosen");
  const box = move && around(lit.centre ?? lit.components, lit.centre ? new Set() : lit.arrows);
  if (box) reveal(box, lit.way ? 0 : 0.55);
  showPanel();
  const address = selection ? `#${selection.kind}=${encodeURIComponent(selection.key)}` : location.pathname + location.search;
  history.replaceState(null, "", address);
}

function litBy({ kind, key }) {
  if (kind === "component") {
    const arrows = new Set(arrowsAt.get(key));
    const near = [...arrows].flatMap((index) => [data.arrows[index].from, data.arrows[index].to]);
    return { components: new Set([key, ...near]), arrows, centre: new Set([key]) };
  }
  if (kind === "arrow") return { components: new Set([data.arrows[key].from, data.arrows[key].to]), arrows: new Set([key]), way: true };
  if (kind === "finding") {
    const { components, path, service, component } = data.findings[key];
    const own = components.length || component ? components : data.components.filter((one) => one.service === service).map((one) => one.id);
    return { components: new Set([...own, ...path.flatMap((index) => [data.arrows[index].from, data.arrows[index].to])]), arrows: new Set(path), way: true };
  }
  const components = new Set(data.patterns[key].components);
  const arrows = data.arrows.map((_, index) => index).filter((index) => components.has(data.arrows[index].from) && components.has(data.arrows[index].to));
  return { components, arrows: new Set(arrows), way: true };
}

function selectFromAddress() {
  const found = /^#(component|arrow|finding|pattern)=(.*)$/.exec(location.hash);
  if (!found) return;
  const [, kind, text] = found;
  const key = kind === "component" ? decoded(text) : Number(text);
  const known = { component: () => componentOf.has(key), arrow: () => key in data.arrows, finding: () => key in data.findings, pattern: () => key in data.patterns };
  if (known[kind]()) select(kind, key, { keep: false });
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

function startSelecting() {
  picture.addEventListener("click", (event) => {
    const node = event.target.closest("[data-id]");
    const arrow = event.target.closest("[data-from]");
    const label = event.target.closest("[data-label]");
    if (node) select("component", node.dataset.id, { move: false });
    else if (arrow) select("arrow", arrowElements.indexOf(arrow), { move: false });
    else if (label) select("arrow", Number(label.dataset.label), { move: false });
    else clearSelection();
  });
  picture.addEventListener("focusin", (event) => {
    const node = event.target.closest("[data-id]");
    if (node?.matches(":focus-visible")) reveal(componentOf.get(node.dataset.id).box, 0);
  });
  window.addEventListener("hashchange", selectFromAddress);
}
