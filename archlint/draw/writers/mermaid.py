"""A Mermaid flowchart, https://mermaid.js.org/syntax/flowchart.html.

Texts stand in quotes, with every mark that could mean something written as an entity: Mermaid looks for directives and
Markdown within texts too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from archlint.diff import Status
from archlint.draw.cards import COLOURS, LEGEND, STATUS_COLOURS, Card, arrow_label, cards, handles, legend_of, signs_of
from archlint.draw.scene import Arrow, Line
from archlint.draw.sheet import Sheet
from archlint.draw.signs import signed

_ARROWS = {Line.SYNC: "<-->", Line.ASYNC: "==>", Line.ERROR: "-.->", Line.WATCH: "-.->"}
_SIGNS = {Line.SYNC: "\u21c4", Line.ASYNC: "\u27a1", Line.ERROR: "\u21e2 red", Line.WATCH: "\u21e2 grey"}
_STROKES = {Line.ERROR: "stroke:#d13212,stroke-width:2px", Line.WATCH: "stroke:#879196,stroke-width:1px"}
_BRACKETS = {"actor": ("([", "])"), "store": ("[(", ")]"), "queue": ("[[", "]]"), "channel": ("{{", "}}")}
_MARK = re.compile(r"[!-+.:-@\[-`{-~]|^\s*-")
"""ASCII marks but ``,``, ``-`` and ``/``; and a dash that would begin a list."""
_RESERVED = frozenset(
    {"end", "default", "graph", "subgraph", "flowchart", "click", "style", "class", "href", "call", "archlint_legend"}
)


def write(sheet: Sheet) -> bytes:
    """The flowchart, with its legend as a node of text."""
    lines = ["---", f"title: {_title(sheet.scene.title)}", "---", *flowchart(sheet)]
    if legend := legend_lines(sheet):
        lines.append(f'  archlint_legend["{"<br/>".join(map(_text, legend))}"]')
        lines.append("  style archlint_legend fill:none,stroke:none")
    return ("\n".join(lines) + "\n").encode()


def legend_lines(sheet: Sheet) -> list[str]:
    """The legend in words."""
    return [*(f"{_SIGNS[line]} {LEGEND[line]}" for line in legend_of(sheet)), *signs_of(sheet)]


def flowchart(sheet: Sheet) -> Iterator[str]:
    """The lines of the chart itself."""
    scene = sheet.scene
    boxes = {f"box {number}": box.name for number, box in enumerate(scene.boxes)}
    names = handles({node.id: node.id for node in scene.nodes} | boxes, _RESERVED)
    known = {card.node.id: card for card in cards(sheet)}
    yield f"flowchart {sheet.look.direction}"
    inside = set()
    for box, handle in zip(scene.boxes, boxes, strict=True):
        yield f'  subgraph {names[handle]}["{_text(signed(box.change, box.name))}"]'
        for member in box.members:
            inside.add(member)
            yield f"    {_node(known[member], names)}"
        yield "  end"
    for node in scene.nodes:
        if node.id not in inside:
            yield f"  {_node(known[node.id], names)}"
    for arrow in scene.arrows:
        yield f"  {_edge(arrow, names)}"
    yield from _styles(known, scene.arrows)
    for node in scene.nodes:
        if node.link:
            yield f'  click {names[node.id]} href "{node.link}" "{_text(node.title)}"'


def _node(card: Card, names: Mapping[str, str]) -> str:
    left, right = _BRACKETS.get(card.shape, ("[", "]"))
    text = "<br/>".join(_text(part) for part in (card.signed_name, card.about) if part)
    return f'{names[card.node.id]}{left}"{text}"{right}:::{card.look}'


def _edge(arrow: Arrow, names: Mapping[str, str]) -> str:
    lines = arrow_label(arrow)
    label = f'|"{"<br/>".join(_text(line) for line in lines)}"|' if lines else ""
    return f"{names[arrow.source]} {_ARROWS[arrow.line]}{label} {names[arrow.target]}"


def _styles(known: Mapping[str, Card], arrows: tuple[Arrow, ...]) -> Iterator[str]:
    for family in sorted({card.family for card in known.values() if not card.node.change}):
        yield f"  classDef {family} stroke:{COLOURS[family]},stroke-width:2px"
    for status, colour in STATUS_COLOURS.items():
        dashes = ",stroke-dasharray:5 4,opacity:0.6" if status is Status.REMOVED else ""
        if any(card.look == status.value for card in known.values()):
            yield f"  classDef {status.value} stroke:{colour},stroke-width:3px{dashes}"
        if places := [
            str(place) for place, arrow in enumerate(arrows) if arrow.change and arrow.change.status is status
        ]:
            yield f"  linkStyle {','.join(places)} stroke:{colour}{dashes}"
    for line, style in _STROKES.items():
        if places := [str(place) for place, arrow in enumerate(arrows) if arrow.line is line and not arrow.change]:
            yield f"  linkStyle {','.join(places)} {style}"


def _text(text: str) -> str:
    return _MARK.sub(lambda found: "".join(f"#{ord(mark)};" for mark in found[0]), text.replace("\n", " "))


def _title(text: str) -> str:
    """A scalar of YAML in double quotes, which knows JSON's escapes."""
    return '"' + _MARK.sub(lambda found: "".join(f"\\u{ord(mark):04x}" for mark in found[0]), text) + '"'
