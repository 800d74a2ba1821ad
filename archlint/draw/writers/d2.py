"""D2, https://d2lang.com: texts stand in double quotes, where a backslash, a quote and a dollar sign mean something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from archlint.diff import Status
from archlint.draw.cards import COLOURS, LEGEND, STATUS_COLOURS, Card, arrow_label, cards, handles, legend_of, signs_of
from archlint.draw.scene import Arrow, Line
from archlint.draw.sheet import Sheet
from archlint.draw.signs import signed, statuses_of

_DIRECTIONS = {"LR": "right", "TB": "down"}
_ARROWS = {Line.SYNC: "<->", Line.ASYNC: "->", Line.ERROR: "->", Line.WATCH: "->"}
_CLASSES = {
    Line.SYNC: 'style: {stroke: "#16191f"; stroke-width: 1}',
    Line.ASYNC: 'style: {stroke: "#16191f"; stroke-width: 4}',
    Line.ERROR: 'style: {stroke: "#d13212"; stroke-width: 2; stroke-dash: 4}',
    Line.WATCH: 'style: {stroke: "#5f6b7a"; stroke-width: 1; stroke-dash: 2}',
}
_SIGNS = {Line.SYNC: "thin, two heads", Line.ASYNC: "thick", Line.ERROR: "red, dashed", Line.WATCH: "grey, dashed"}
_SHAPES = {"actor": "oval", "store": "cylinder", "queue": "queue", "channel": "hexagon"}
_MARK = re.compile(r"[!-+;-@\[-`{-~]")
_TITLE, _LEGEND = "archlint_title", "archlint_legend"
_WORDS = """
    label desc shape icon constraint tooltip link near width height direction top left class classes vars style steps
    layers scenarios null true false suspend unsuspend opacity stroke fill shadow bold italic underline animated filled
    multiple font archlint_title archlint_legend
"""
_RESERVED = frozenset(_WORDS.split())
"""What a key must not be: the words of the language, and our own keys."""


def write(sheet: Sheet) -> bytes:
    """The diagram; a service is a container."""
    scene = sheet.scene
    boxes = {f"box {number}": box.name for number, box in enumerate(scene.boxes)}
    inside = {member for box in scene.boxes for member in box.members}
    names = handles({node.id: node.id for node in scene.nodes if node.id not in inside} | boxes, _RESERVED)
    for box in scene.boxes:
        names |= handles({member: member.rpartition(".")[2] for member in box.members}, _RESERVED)
    known = {card.node.id: card for card in cards(sheet)}
    paths = dict(names)
    legend = "\\n".join((*(f"{_SIGNS[line]}: {LEGEND[line]}" for line in legend_of(sheet)), *signs_of(sheet)))
    lines = [
        f"direction: {_DIRECTIONS[sheet.look.direction]}",
        "classes: {",
        *(f"  {line.value}: {{{style}}}" for line, style in _CLASSES.items()),
        *(f'  {family}: {{style: {{stroke: "{colour}"; stroke-width: 2}}}}' for family, colour in COLOURS.items()),
        *(f"  {status.value}: {{{_style(status)}}}" for status in statuses_of(scene)),
        "}",
        f"{_TITLE}: {_quoted(scene.title)} {{shape: text; near: top-center; style.font-size: 24}}",
    ]
    for box, handle in zip(scene.boxes, boxes, strict=True):
        lines.append(f"{names[handle]}: {_quoted(signed(box.change, box.name))} {{")
        for member in box.members:
            lines.append(f"  {_node(known.pop(member), names)}")
            paths[member] = f"{names[handle]}.{names[member]}"
        lines.append("}")
    lines += [_node(card, names) for card in known.values()]
    lines += _edges(scene.arrows, paths)
    if legend:
        lines.append(f'{_LEGEND}: "{legend}" {{shape: text; near: bottom-center}}')
    return ("\n".join(lines) + "\n").encode()


def _style(status: Status) -> str:
    gone = "; stroke-dash: 4; opacity: 0.6" if status is Status.REMOVED else ""
    return f'style: {{stroke: "{STATUS_COLOURS[status]}"{gone}}}'


def _node(card: Card, names: Mapping[str, str]) -> str:
    parts = [f"class: {card.look}"]
    if card.shape in _SHAPES:
        parts.append(f"shape: {_SHAPES[card.shape]}")
    parts.append(f"tooltip: {_quoted(*map(_plain, card.node.title.splitlines()))}")
    if card.node.link:
        parts.append(f"link: {_quoted(card.node.link)}")
    return f"{names[card.node.id]}: {_quoted(card.signed_name, card.about)} {{{'; '.join(parts)}}}"


def _edges(arrows: tuple[Arrow, ...], paths: Mapping[str, str]) -> Iterator[str]:
    for arrow in arrows:
        lines = arrow_label(arrow)
        label = f" {_quoted(*lines)}" if lines else ""
        class_ = f"[{arrow.line.value}; {arrow.change.status.value}]" if arrow.change else arrow.line.value
        yield f"{paths[arrow.source]} {_ARROWS[arrow.line]} {paths[arrow.target]}:{label} {{class: {class_}}}"


def _quoted(*lines: str) -> str:
    """A string of one or more lines; a dollar sign would begin a substitution."""
    escaped = (line.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$") for line in lines if line)
    return '"' + "\\n".join(escaped) + '"'


def _plain(text: str) -> str:
    """Text for a tooltip, which D2 reads as Markdown: marks are entities."""
    return _MARK.sub(lambda found: f"&#{ord(found[0])};", text)
