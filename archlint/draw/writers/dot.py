"""Graphviz DOT, https://graphviz.org/doc/info/lang.html: ``dot`` lays it out anew, ``neato -n`` keeps the positions."""

from __future__ import annotations

from collections.abc import Iterator

from archlint.draw.cards import COLOURS, LEGEND, STATUS_COLOURS, Card, arrow_label, cards, legend_of, signs_of
from archlint.draw.scene import Arrow, Line
from archlint.draw.sheet import Sheet
from archlint.draw.signs import is_gone, signed

_ARROWS = {
    Line.SYNC: "dir=both arrowtail=vee penwidth=1.1 arrowsize=0.65",
    Line.ASYNC: "penwidth=3",
    Line.ERROR: 'color="#d13212" fontcolor="#d13212" penwidth=1.8 style=dashed',
    Line.WATCH: 'color="#5f6b7a" style=dotted arrowsize=0.65',
}
_SIGNS = {Line.SYNC: "two heads", Line.ASYNC: "thick", Line.ERROR: "red and dashed", Line.WATCH: "dotted"}
_SHAPES = {"actor": "ellipse", "store": "cylinder", "queue": "cds", "channel": "hexagon"}


def write(sheet: Sheet) -> bytes:
    """The graph; its names are the full ids, its label the title and the legend."""
    scene = sheet.scene
    known = {card.node.id: card for card in cards(sheet)}
    legend = "; ".join((*(f"{_SIGNS[line]}: {LEGEND[line]}" for line in legend_of(sheet)), *signs_of(sheet)))
    lines = [
        "digraph {",
        f"  graph [rankdir={sheet.look.direction} labelloc=t fontname=Helvetica",
        f"    label={_quoted(scene.title, legend)}];",
        "  node [shape=box style=rounded penwidth=2 fontname=Helvetica fontsize=11];",
        "  edge [fontname=Helvetica fontsize=10];",
    ]
    for number, box in enumerate(scene.boxes):
        lines.append(f"  subgraph cluster_{number} {{")
        lines.append(f"    graph [label={_quoted(signed(box.change, box.name))} style=rounded color=gray labeljust=l];")
        lines += [f"    {_node(known.pop(member), sheet)}" for member in box.members]
        lines.append("  }")
    lines += [f"  {_node(card, sheet)}" for card in known.values()]
    lines += [f"  {text}" for text in _edges(scene.arrows)]
    return "\n".join([*lines, "}", ""]).encode()


def _colour(card: Card) -> str:
    return STATUS_COLOURS[card.node.change.status] if card.node.change else COLOURS[card.family]


def _node(card: Card, sheet: Sheet) -> str:
    x, y = sheet.geometry.centres[card.node.id]
    bottom = sheet.geometry.extent.bottom
    more = f" shape={_SHAPES[card.shape]}" if card.shape in _SHAPES else ""
    if card.shape in ("store", "queue", "channel"):
        more += ' style=""'
    if is_gone(card.node.change):
        more += ' style="rounded,dashed"'
    if card.node.link:
        more += f" URL={_quoted(card.node.link)}"
    label = _quoted(card.signed_name, *card.about.split(", "))
    return (
        f"{_quoted(card.node.id)} [label={label} color={_quoted(_colour(card))}"
        f' pos="{x:.1f},{bottom - y:.1f}" tooltip={_quoted(*card.node.title.splitlines())}{more}];'
    )


def _edges(arrows: tuple[Arrow, ...]) -> Iterator[str]:
    for arrow in arrows:
        lines = arrow_label(arrow)
        label = f" label={_quoted(*lines)}" if lines else ""
        if arrow.change:
            label += f" color={_quoted(STATUS_COLOURS[arrow.change.status])}"
            label += " style=dashed" if is_gone(arrow.change) else ""
        yield f"{_quoted(arrow.source)} -> {_quoted(arrow.target)} [{_ARROWS[arrow.line]}{label}];"


def _quoted(*lines: str) -> str:
    """A string of one or more lines. A backslash would begin an escape, ``&`` an entity."""
    escaped = (line.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;") for line in lines if line)
    return '"' + "\\n".join(escaped) + '"'
