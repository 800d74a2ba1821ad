// The panel beside the picture: lists of what there is, or all about what is selected.
const MANY = 100;
let tab = data.changes ? "changes" : data.findings.length ? "findings" : "services";
const shownSeverities = new Set(SEVERITIES);
let all = false;

function showPanel() {
  const panel = byId("panel");
  const { kind, key } = selection ?? {};
  const parts = { component: componentParts, arrow: arrowParts, finding: findingParts, pattern: patternParts };
  panel.replaceChildren(...(kind ? [backButton(), ...parts[kind](key)] : overviewParts()).filter(Boolean));
  panel.scrollTop = 0;
}

function backButton() {
  const back = make("button", { type: "button", class: "back", textContent: "\u2190 Back" });
  back.addEventListener("click", goBack);
  return back;
}

function overviewParts() {
  const open = data.findings.filter((finding) => !finding.suppressed).length;
  const found = data.changes ? [["changes", "Changes", data.changes.length]] : [["findings", "Findings", open], ["patterns", "Patterns", data.patterns.length]];
  const tabs = [...found, ["services", "Services", data.services.length]];
  const bar = make("div", { class: "tabs", role: "tablist", "aria-label": "Lists" }, ...tabs.map(([name, text, count]) => {
    const button = make("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-selected": String(tab === name), "aria-controls": "list" }, text, make("span", {}, count.toLocaleString("en")));
    button.tabIndex = tab === name ? 0 : -1;
    button.addEventListener("click", () => openTab(name));
    return button;
  }));
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const names = tabs.map(([name]) => name);
    openTab(names[(names.indexOf(tab) + step + names.length) % names.length]);
    byId(`tab-${tab}`).focus();
  });
  const list = { changes: changesList, findings: findingsList, patterns: patternsList, services: serviceChecks }[tab]();
  const holder = make("div", { id: "list", role: "tabpanel", "aria-labelledby": `tab-${tab}` }, list);
  return [data.description ? make("p", { class: "lead" }, data.description) : null, bar, holder];
}

function openTab(name) {
  tab = name;
  all = false;
  showPanel();
}

function changesList() {
  if (!data.changes.length) return make("p", { class: "empty" }, "No part of the picture is different.");
  return rows(data.changes.map(({ kind, key }) => {
    const { change, ...part } = kind === "component" ? componentOf.get(key) : data.arrows[key];
    const name = kind === "component" ? part.name : `${componentOf.get(part.from).name} ${ARROWS[part.style]} ${componentOf.get(part.to).name}`;
    return row(() => select(kind, key), signOf(change), make("span", { class: "text" }, name, make("small", {}, change.words || (kind === "component" ? part.type : part.label))));
  }));
}

function signOf(change) {
  return make("span", { class: `sign ${change.status}` }, make("b", { "aria-hidden": "true" }, change.sign), make("span", { class: "unseen" }, `${change.status}: `));
}

function changeNote({ change }) {
  return change && make("p", { class: `sign ${change.status}` }, make("b", { "aria-hidden": "true" }, change.sign), [change.status, change.words].filter(Boolean).join(": "));
}

function findingsList() {
  const open = data.findings.map((finding, index) => ({ finding, index })).filter(({ finding }) => !finding.suppressed);
  if (!open.length) return make("p", { class: "empty" }, "No findings.");
  const chips = SEVERITIES.map((severity) => {
    const count = open.filter(({ finding }) => finding.severity === severity).length;
    const chip = make("button", { type: "button", "aria-pressed": String(shownSeverities.has(severity)) }, `${severity} ${count.toLocaleString("en")}`);
    chip.addEventListener("click", () => {
      shownSeverities[shownSeverities.has(severity) ? "delete" : "add"](severity);
      showPanel();
    });
    return count ? chip : null;
  });
  const wanted = open.filter(({ finding }) => shownSeverities.has(finding.severity));
  wanted.sort((one, other) => SEVERITIES.indexOf(one.finding.severity) - SEVERITIES.indexOf(other.finding.severity) || one.index - other.index);
  return make("div", {}, make("div", { class: "chips", role: "group", "aria-label": "Severities" }, ...chips.filter(Boolean)), rows(wanted.map(({ index }) => findingRow(index))));
}

// Rows of which the first hundred are shown until all are asked for.
function rows(items, name = "rows") {
  const list = make("ul", { class: name }, ...(all ? items : items.slice(0, MANY)));
  if (all || items.length <= MANY) return list;
  const more = make("button", { type: "button", class: "more" }, `Show all ${items.length.toLocaleString("en")}`);
  more.addEventListener("click", () => {
    all = true;
    showPanel();
  });
  return make("div", {}, list, more);
}

function row(select, ...children) {
  const button = make("button", { type: "button" }, ...children);
  button.addEventListener("click", select);
  return make("li", {}, button);
}

function findingRow(index) {
  const finding = data.findings[index];
  const where = finding.component ?? finding.service ?? "";
  const dot = make("span", { class: `dot ${finding.severity}`, title: finding.severity }, make("span", { class: "unseen" }, `${finding.severity}: `));
  return row(() => select("finding", index), dot, make("span", { class: "text" }, finding.message, make("small", {}, [finding.rule, where].filter(Boolean).join(" \u00b7 "))));
}

function patternsList() {
  if (!data.patterns.length) return make("p", { class: "empty" }, "No pattern is there whole.");
  return rows(data.patterns.map((pattern, index) => {
    const service = pattern.service ? make("small", {}, pattern.service) : null;
    return row(() => select("pattern", index), make("span", { class: "text" }, pattern.name, service));
  }));
}

function facts(pairs) {
  const shown = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "");
  if (!shown.length) return null;
  return make("dl", { class: "facts" }, ...shown.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));
}

function placeOf({ path, line, link }) {
  if (!path) return null;
  const pieces = `${path}:${line}`.split(/(?<=\/)/).flatMap((piece) => [piece, make("wbr")]);
  if (!link) return make("span", { class: "code" }, ...pieces);
  return make("a", { href: link, target: "_blank", rel: "noopener noreferrer", class: "code" }, ...pieces);
}

function componentRow(id, before = null) {
  const component = componentOf.get(id);
  return component ? row(() => select("component", id), before ?? "", component.name, make("small", {}, `${component.type}${component.service ? ` in ${component.service}` : ""}`)) : null;
}

function componentParts(id) {
  const component = componentOf.get(id);
  const service = serviceOf.get(component.service);
  const found = data.findings.map((_, index) => index).filter((index) => !data.findings[index].suppressed && data.findings[index].components.includes(id));
  const out = arrowsAt.get(id).filter((index) => data.arrows[index].from === id);
  const into = arrowsAt.get(id).filter((index) => data.arrows[index].to === id && data.arrows[index].from !== id);
  const inPatterns = data.patterns.map((_, index) => index).filter((index) => data.patterns[index].components.includes(id));
  return [
    make("h2", {}, component.name),
    make("p", { class: "kind" }, component.type + (component.planned ? ", planned" : "")),
    changeNote(component),
    component.description ? make("p", { class: "note" }, component.description) : null,
    make("h3", {}, "About"),
    facts([["Id", make("span", { class: "code" }, id)], ["Service", component.service], ["Owner", service?.owner], ["Defined in", placeOf(component.place)]]),
    component.properties.length ? make("h3", {}, "Properties") : null,
    facts(component.properties),
    found.length ? make("h3", {}, "Findings") : null,
    found.length ? rows(found.map(findingRow)) : null,
    out.length ? make("h3", {}, "Goes to") : null,
    out.length ? rows(out.map((index) => arrowRow(index, "to")), "rows steps") : null,
    into.length ? make("h3", {}, "Comes from") : null,
    into.length ? rows(into.map((index) => arrowRow(index, "from")), "rows steps") : null,
    inPatterns.length ? make("h3", {}, "Patterns") : null,
    inPatterns.length ? rows(inPatterns.map((index) => row(() => select("pattern", index), data.patterns[index].name))) : null,
  ];
}

function arrowRow(index, end) {
  const arrow = data.arrows[index];
  const sign = make("span", { class: `arrow ${arrow.style}`, title: arrow.style }, ARROWS[arrow.style]);
  const actions = arrow.connections.map((connection) => connection.action.replaceAll("_", " ")).join(", ");
  return row(() => select("arrow", index), sign, componentOf.get(arrow[end]).name, make("small", {}, [...new Set([actions, arrow.label])].filter(Boolean).join(" \u00b7 ")));
}

function arrowParts(index) {
  const arrow = data.arrows[index];
  const parts = [
    make("h2", {}, `${componentOf.get(arrow.from).name} ${ARROWS[arrow.style]} ${componentOf.get(arrow.to).name}`),
    make("p", { class: "kind" }, data.legend[arrow.style]),
    changeNote(arrow),
    make("h3", {}, "Between"),
    make("ul", { class: "rows" }, ...[arrow.from, arrow.to].map((id) => componentRow(id))),
  ];
  for (const connection of arrow.connections) {
    parts.push(make("h3", {}, connection.action.replaceAll("_", " ")));
    const sure = connection.confidence === "certain" ? null : connection.confidence;
    parts.push(facts([...connection.properties, ["Confidence", sure], ["Defined in", placeOf(connection.place)]]));
  }
  const found = data.findings.map((_, place) => place).filter((place) => !data.findings[place].suppressed && data.findings[place].path.includes(index));
  if (found.length) parts.push(make("h3", {}, "Findings"), rows(found.map(findingRow)));
  return parts;
}

function findingParts(index) {
  const finding = data.findings[index];
  const steps = finding.path.map((place) => {
    const arrow = data.arrows[place];
    const sign = make("span", { class: `arrow ${arrow.style}` }, ARROWS[arrow.style]);
    return row(() => select("arrow", place), componentOf.get(arrow.from).name, " ", sign, componentOf.get(arrow.to).name);
  });
  return [
    make("span", { class: `tag ${finding.severity}` }, finding.severity + (finding.confidence === "certain" ? "" : `, ${finding.confidence}`)),
    make("h2", {}, finding.message),
    make("p", { class: "kind code" }, finding.rule),
    finding.help ? make("p", { class: "note" }, finding.help) : null,
    finding.fix ? make("h3", {}, "Fix") : null,
    finding.fix ? make("p", {}, finding.fix) : null,
    steps.length ? make("h3", {}, "Path") : null,
    steps.length ? make("ul", { class: "rows steps" }, ...steps) : null,
    finding.components.length ? make("h3", {}, "Components") : null,
    finding.components.length ? rows(finding.components.map((id) => componentRow(id)).filter(Boolean)) : null,
    make("h3", {}, "Where"),
    make("ul", { class: "places" }, ...[finding, ...finding.related].map(({ message, place }, number) => make("li", {}, number ? make("small", {}, message) : "", placeOf(place) ?? ""))),
  ];
}

function patternParts(index) {
  const pattern = data.patterns[index];
  return [
    make("h2", {}, pattern.name),
    make("p", { class: "kind" }, [pattern.variant, pattern.service].filter(Boolean).join(" \u00b7 ")),
    ...pattern.roles.flatMap(([role, ids]) => [make("h3", {}, role), make("ul", { class: "rows" }, ...ids.map((id) => componentRow(id)).filter(Boolean))]),
  ];
}
