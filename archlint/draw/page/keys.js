// The keyboard.
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function startKeys() {
  const shortcuts = byId("shortcuts");
  byId("help").addEventListener("click", () => shortcuts.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || shortcuts.open) return;
    const typing = event.target.matches("input[type=search]");
    const inside = event.target.closest("aside, header, .zoom, #legend");
    if (typing) return;
    const node = event.target.closest("[data-id]");
    if (event.key in STEPS && !inside) step(node, ...STEPS[event.key]);
    else if ((event.key === "Enter" || event.key === " ") && node) select("component", node.dataset.id, { move: false });
    else if (event.key === "/") byId("search").focus();
    else if (event.key === "?") shortcuts.showModal();
    else if (event.key === "Escape") goBack();
    else if (event.key === "+" || event.key === "=") zoomBy(1.3);
    else if (event.key === "-") zoomBy(1 / 1.3);
    else if (event.key === "0") fit();
    else if (event.key === "d") toggleTheme();
    else if (event.key === "n" || event.key === "p") stepFinding(event.key === "n" ? 1 : -1);
    else return;
    event.preventDefault();
  });
}

function step(node, dx, dy) {
  if (!node) return panBy(-dx * 80, -dy * 80);
  const next = nearest(node.dataset.id, dx, dy);
  if (!next) return;
  nodeElements.get(next).focus({ preventScroll: true });
  if (selection?.kind === "component") select("component", next, { keep: false });
}

// To the next or previous finding; in a picture of two versions, to what is different.
function stepFinding(by) {
  if (data.changes) return stepChange(by);
  const open = data.findings.map((_, index) => index).filter((index) => !data.findings[index].suppressed);
  if (!open.length) return;
  const place = selection?.kind === "finding" ? open.indexOf(selection.key) + by : by > 0 ? 0 : -1;
  select("finding", open[(place + open.length) % open.length], { keep: false });
}

function stepChange(by) {
  if (!data.changes.length) return;
  const current = data.changes.findIndex(({ kind, key }) => selection?.kind === kind && selection.key === key);
  const place = current >= 0 ? current + by : by > 0 ? 0 : -1;
  const { kind, key } = data.changes[(place + data.changes.length) % data.changes.length];
  select(kind, key, { keep: false });
}
