"""Where things go: Graphviz lays the scene out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from archlint.draw.engine import run_dot
from archlint.draw.errors import DrawingError
from archlint.draw.metrics import text_width
from archlint.draw.scene import DETAIL_SIZE, LABEL_SIZE, NAME_SIZE, Node, Scene

ICON = 60.0
LINE = 14.0
_PAD = 8.0
_INCH = 72.0
_BESIDE = 2
"""Up to how many boxes a dead-letter queue stands straight above its queue: with more it pulls them apart."""

Point = tuple[float, float]


class Rect(NamedTuple):
    """A rectangle, y downwards."""

    left: float
    top: float
    right: float
    bottom: float


class Laid(NamedTuple):
    """The layout: centres of the icons, rectangles of the boxes, and for each arrow its Bézier points end to end."""

    centres: Mapping[str, Point]
    boxes: tuple[Rect, ...]
    paths: tuple[tuple[Point, ...], ...]
    width: float
    height: float


def text_height(node: Node) -> float:
    """The height of a node's lines of text."""
    return LINE * len(node.name) + (LINE - 2) * len(node.detail) + 4


def node_width(node: Node) -> float:
    """The width of a node: its icon or its longest line."""
    names = [text_width(line, NAME_SIZE) for line in node.name]
    details = [text_width(line, DETAIL_SIZE) for line in node.detail]
    return max(ICON, *names, *details) + _PAD


def lay_out(scene: Scene, direction: str) -> Laid:
    """Lay the scene out. Raises :class:`DrawingError` if no Graphviz can be run."""
    answer = json.loads(run_dot(_dot(scene, direction)))
    return _read(answer, scene)


def _dot(scene: Scene, direction: str) -> str:
    """The scene as DOT: names are numbers, so that no text of the user is in it."""
    numbers = {node.id: f"n{place}" for place, node in enumerate(scene.nodes)}
    lines = [
        "digraph {",
        f"graph [rankdir={direction} splines=spline nodesep=.32 ranksep=.85 nslimit=4 nslimit1=4 mclimit=1];",
        'node [shape=box fixedsize=true label=""];',
        "edge [headclip=false tailclip=false arrowhead=none];",
    ]
    for node in scene.nodes:
        width, height = node_width(node) / _INCH, (ICON + 2 * text_height(node)) / _INCH
        lines.append(f"{numbers[node.id]} [width={width:.3f} height={height:.3f}];")
    beside = len(scene.boxes) <= _BESIDE
    for place, box in enumerate(scene.boxes):
        members = " ".join(f"{numbers[member]};" for member in box.members)
        same = "".join(
            f"{{rank=same; {numbers[arrow.source]}; {numbers[arrow.target]};}}"
            for arrow in scene.arrows
            if beside and arrow.is_dead_letter and arrow.source in box.members and arrow.target in box.members
        )
        title = text_width(box.name, NAME_SIZE + 1, bold=True) / _INCH + 0.2
        lines.append(
            f"subgraph cluster_{place} {{ margin=14; "
            f'label=<<TABLE BORDER="0" FIXEDSIZE="TRUE" WIDTH="{title * _INCH:.0f}" HEIGHT="8">'
            f"<TR><TD></TD></TR></TABLE>>; {members} {same} }}"
        )
    for place, arrow in enumerate(scene.arrows):
        free = beside and arrow.is_dead_letter
        label = text_width(arrow.label, LABEL_SIZE)
        length = 2 if label > 1.3 * _INCH and not free else 1
        extra = " constraint=false" if free else f" minlen={length}"
        lines.append(f'{numbers[arrow.source]} -> {numbers[arrow.target]} [comment="{place}"{extra}];')
    lines.append("}")
    return "\n".join(lines)


def _read(answer: Mapping[str, Any], scene: Scene) -> Laid:
    try:
        _, _, width, height = (float(number) for number in answer["bb"].split(","))
        objects = answer.get("objects", [])
        named = {thing["name"]: thing for thing in objects}
        centres = {node.id: _point(named[f"n{place}"]["pos"], height) for place, node in enumerate(scene.nodes)}
        boxes = tuple(_rect(named[f"cluster_{place}"]["bb"], height) for place in range(len(scene.boxes)))
        found = {int(edge["comment"]): _spline(edge["pos"], height) for edge in answer.get("edges", [])}
    except (KeyError, ValueError) as error:
        message = f"Graphviz answered something unexpected ({error}); please report this"
        raise DrawingError(message) from error
    return Laid(centres, boxes, tuple(found[place] for place in range(len(scene.arrows))), width, height)


def _point(text: str, height: float) -> Point:
    x, y = text.split(",")[:2]
    return float(x), height - float(y)


def _rect(text: str, height: float) -> Rect:
    left, bottom, right, top = (float(number) for number in text.split(","))
    return Rect(left, height - top, right, height - bottom)


def _spline(text: str, height: float) -> tuple[Point, ...]:
    points = [part for part in text.split(";", maxsplit=1)[0].split() if not part.startswith(("s,", "e,"))]
    return tuple(_point(part, height) for part in points)
