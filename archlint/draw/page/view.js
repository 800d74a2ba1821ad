// Panning and zooming: what part of the picture is shown, as a viewBox.
const picture = byId("picture");
const whole = picture.viewBox.baseVal;
const extent = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
const view = { x: 0, y: 0, scale: 1 }; // the centre, and pixels a unit
const FAR = 0.42; // below this scale the small texts cannot be read, and drawing them takes most of the time
const TINY = 0.25;
const WORDS = 40; // how far the words of a component reach beyond its icon
let waiting = 0;

// Draw once a frame, however often the view changes.
function showView() {
  waiting ||= requestAnimationFrame(drawView);
}

function drawView() {
  waiting = 0;
  const width = picture.clientWidth / view.scale;
  const height = picture.clientHeight / view.scale;
  picture.setAttribute("viewBox", `${view.x - width / 2} ${view.y - height / 2} ${width} ${height}`);
  picture.classList.toggle("far", view.scale < FAR);
  picture.classList.toggle("tiny", view.scale < TINY);
}

function limited(scale) {
  return Math.min(Math.max(scale, fittingScale(extent) / 2, 0.01), 6);
}

function fittingScale(box, room = { left: 0, right: 0, bottom: 0 }) {
  const width = Math.max(picture.clientWidth - room.left - room.right, 1);
  const height = Math.max(picture.clientHeight - room.bottom, 1);
  return Math.min(width / (box.width + 40), height / (box.height + 40));
}

function fit(box = extent, most = 1.4) {
  place(box, most, { left: 0, right: 0, bottom: 0 });
  if (box !== extent) return;
  const corners = [byId("legend"), document.querySelector(".zoom")].map((corner) => corner.getBoundingClientRect());
  if (!corners.some(covers)) return;
  const [legend, zoom] = corners;
  const stage = picture.getBoundingClientRect();
  const low = stage.bottom - legend.top;
  const high = stage.bottom - zoom.top;
  const aside = legend.right - stage.left;
  const across = stage.right - zoom.left;
  const rooms = [
    { left: 0, right: 0, bottom: Math.max(low, high) },
    { left: 0, right: across, bottom: low },
    { left: aside, right: 0, bottom: high },
    { left: aside, right: across, bottom: 0 },
    { left: 0, right: across, bottom: 0 },
    { left: aside, right: 0, bottom: 0 },
  ];
  const free = rooms.filter((room) => {
    place(box, most, room);
    return !corners.some(covers);
  });
  const scale = (room) => Math.min(fittingScale(box, room), most);
  free.sort((one, other) => scale(other) - scale(one));
  place(box, most, free[0] || rooms[0]);
}

// All of a box in the middle of what is left of the picture.
function place(box, most, room) {
  view.scale = limited(Math.min(fittingScale(box, room), most));
  view.x = box.x + box.width / 2 - (room.left - room.right) / view.scale / 2;
  view.y = box.y + box.height / 2 + room.bottom / view.scale / 2;
  showView();
}

// Whether a rectangle of the window lies on a component or on the words below it.
function covers(rectangle) {
  const stage = picture.getBoundingClientRect();
  const x = (value) => stage.left + stage.width / 2 + (value - view.x) * view.scale;
  const y = (value) => stage.top + stage.height / 2 + (value - view.y) * view.scale;
  return data.components.some(({ box }) =>
    x(box.x - WORDS) < rectangle.right && x(box.x + box.width + WORDS) > rectangle.left &&
    y(box.y) < rectangle.bottom && y(box.y + box.height + WORDS) > rectangle.top);
}

function zoomBy(factor, x = picture.clientWidth / 2, y = picture.clientHeight / 2) {
  const scale = limited(view.scale * factor);
  const dx = x - picture.clientWidth / 2;
  const dy = y - picture.clientHeight / 2;
  view.x += dx / view.scale - dx / scale;
  view.y += dy / view.scale - dy / scale;
  view.scale = scale;
  showView();
}

function panBy(dx, dy) {
  view.x -= dx / view.scale;
  view.y -= dy / view.scale;
  showView();
}

// All of it, or where it begins if all of it could not be read.
function startingView() {
  if (fittingScale(extent) >= 0.2 || !data.components.length) return fit();
  const [first] = [...data.components].sort((one, other) => one.box.x + one.box.y - other.box.x - other.box.y);
  view.scale = 0.6;
  view.x = Math.max(first.box.x - 60, extent.x) + picture.clientWidth / view.scale / 2;
  view.y = Math.max(first.box.y - 260, extent.y) + picture.clientHeight / view.scale / 2;
  showView();
}

// Move as little as it takes to have a box in view, and never so far out that it cannot be read.
function reveal(box, readable = 0.55) {
  const width = picture.clientWidth / view.scale;
  const height = picture.clientHeight / view.scale;
  if (view.scale < readable || box.width > width || box.height > height) {
    const grown = { x: box.x - 120, y: box.y - 90, width: box.width + 240, height: box.height + 180 };
    fit(grown, Math.max(readable, 1));
    return;
  }
  const margin = 60 / view.scale;
  const shift = (start, size, centre, span) => {
    if (start - margin < centre - span / 2) return start - margin + span / 2;
    if (start + size + margin > centre + span / 2) return start + size + margin - span / 2;
    return centre;
  };
  view.x = shift(box.x, box.width, view.x, width);
  view.y = shift(box.y, box.height, view.y, height);
  showView();
}

function startView() {
  const pointers = new Map();
  let moved = 0;
  picture.addEventListener("wheel", (event) => {
    event.preventDefault();
    const step = event.deltaMode === 1 ? 16 : 1;
    if (event.shiftKey) panBy(-event.deltaY * step - event.deltaX * step, 0);
    else zoomBy(Math.exp((-event.deltaY * step) / (event.ctrlKey ? 120 : 480)), event.offsetX, event.offsetY);
  }, { passive: false });
  picture.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    pointers.set(event.pointerId, [event.clientX, event.clientY]);
    moved = 0;
  });
  picture.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const others = [...pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    const dx = event.clientX - before[0];
    const dy = event.clientY - before[1];
    moved += Math.abs(dx) + Math.abs(dy);
    if (moved > 4 && !picture.hasPointerCapture(event.pointerId)) {
      picture.setPointerCapture(event.pointerId);
      picture.classList.add("dragging");
    }
    if (others.length) {
      const [other] = others;
      const was = Math.hypot(before[0] - other[0], before[1] - other[1]);
      const now = Math.hypot(event.clientX - other[0], event.clientY - other[1]);
      const box = picture.getBoundingClientRect();
      if (was > 0) zoomBy(now / was, (event.clientX + other[0]) / 2 - box.x, (event.clientY + other[1]) / 2 - box.y);
    } else if (moved > 4) panBy(dx, dy);
    pointers.set(event.pointerId, [event.clientX, event.clientY]);
  });
  const end = (event) => {
    pointers.delete(event.pointerId);
    picture.classList.remove("dragging");
  };
  picture.addEventListener("pointerup", end);
  picture.addEventListener("pointercancel", end);
  picture.addEventListener("click", (event) => {
    if (moved > 4) event.stopImmediatePropagation(); // the end of a drag is no click
  }, { capture: true });
  picture.addEventListener("dblclick", (event) => zoomBy(1.6, event.offsetX, event.offsetY));
  byId("canvas").addEventListener("scroll", (event) => event.target.scrollTo(0, 0)); // a browser scrolls to what has the focus
  byId("zoom-in").addEventListener("click", () => zoomBy(1.3));
  byId("zoom-out").addEventListener("click", () => zoomBy(1 / 1.3));
  byId("zoom-fit").addEventListener("click", () => fit());
  new ResizeObserver(showView).observe(picture);
  window.addEventListener("beforeprint", () => {
    picture.setAttribute("viewBox", `${extent.x} ${extent.y} ${extent.width} ${extent.height}`);
  });
  window.addEventListener("afterprint", showView);
  startingView();
}
