"""A picture painted from its geometry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archlint.draw.arranging import Arrangement
from archlint.draw.icons import icon_data
from archlint.draw.lines import shortened, thinned
from archlint.draw.look import Look, Palette, palette
from archlint.draw.metrics import text_width
from archlint.draw.scene import DETAIL_SIZE, LABEL_SIZE, NAME_SIZE, TITLE_SIZE, Arrow, Line, Node, Scene
from archlint.draw.shapes import Point, Rect
from archlint.draw.sizes import DETAIL_LINE, LABEL_LINE, NAME_LINE, icon_rect
from archlint.draw.strokes import strokes
from archlint.draw.svg import (
    attribute,
    document,
    group_element,
    icon_element,
    line_element,
    rect_element,
    shape_element,
    text_element,
)

_MARGIN, _HEADING, _FOOT = 28.0, 19.0, 16.0
_LEGEND = {
    Line.SYNC: "synchronous: waits for the answer",
    Line.ASYNC: "asynchronous: does not wait",
    Line.ERROR: "failures",
    Line.WATCH: "watches",
}
_SAMPLE = 46.0


class Picture(NamedTuple):
    """The text of an SVG and its size in points."""

    text: str
    width: float
    height: float


def paint(scene: Scene, geometry: Arrangement, look: Look) -> Picture:
    """Paint a scene with title, legend and source."""
    colours = palette(look.theme)
    extent = geometry.extent
    legend = [line for line in Line if any(arrow.line is line for arrow in scene.arrows)] if look.legend else []
    source = scene.source if len(scene.source) <= 80 else scene.source[:79] + "…"
    legend_width = sum(_entry_width(line) for line in legend)
    source_width = text_width(source, 9)
    title_width = text_width(scene.title, _HEADING, bold=True)
    inner = max(extent.width, title_width, legend_width, 200.0)
    beside_legend = legend_width + source_width + 20 <= inner
    inner = max(inner, source_width)
    top = _MARGIN + _HEADING + 20
    bottom = top + extent.height + 30
    rows = bool(legend) + bool(source and not (legend and beside_legend))
    height = bottom + 22 * rows + _FOOT - (0 if rows else 18)
    dx, dy = _MARGIN + (inner - extent.width) / 2 - extent.left, top - extent.top
    parts = [text_element(scene.title, (_MARGIN, _MARGIN + _HEADING * 0.72), _HEADING, colours.ink, bold=True)]
    parts.append(f'<g transform="translate({dx:.1f} {dy:.1f})">')
    parts += drawn(scene, geometry, colours)
    parts.append("</g>")
    parts += _legend(legend, bottom, colours)
    if source:
        line = bottom + 22 * (rows - 1)
        parts.append(text_element(source, (_MARGIN + inner, line + 4), 9, colours.quiet, anchor="end"))
    icons = {node.icon for node in scene.nodes if icon_data(node.icon) is not None}
    width = inner + 2 * _MARGIN
    text = document(
        parts,
        width,
        height,
        title=scene.title,
        about=_about(scene),
        background=colours.background,
        icons=sorted(icons),
    )
    return Picture(text, round(width), round(height))


def _about(scene: Scene) -> str:
    count, boxes = len(scene.nodes), len(scene.boxes)
    return f"{count} component{'s' * (count != 1)} in {boxes} service{'s' * (boxes != 1)}"


def drawn(scene: Scene, geometry: Arrangement, colours: Palette) -> Iterator[str]:
    """The scene itself, without what is around it.

    What belongs to a component, an arrow, its label or a service says so in attributes, for scripts and styles.
    """
    fills = [colours.services[box.tint % len(colours.services)] for box in scene.boxes]
    for box, rect, fill in zip(scene.boxes, geometry.boxes, fills, strict=True):
        yield f"<g{attribute('data-service', box.service)}>"
        yield rect_element(rect, fill, colours.border, radius=10)
        yield "</g>"
    for arrow, line in zip(scene.arrows, geometry.lines, strict=True):
        more = "".join(attribute(f"data-{end}", name) for end, name in (("from", arrow.source), ("to", arrow.target)))
        more += attribute("data-style", arrow.line.value)
        yield group_element(list(arrow_elements(arrow.line, line, colours)), arrow.title, more, arrow.link)
    for node in scene.nodes:
        more = attribute("data-id", node.id) + (' opacity="0.5"' if node.planned else "")
        yield group_element(list(_node(node, geometry.centres[node.id], colours)), node.title, more, node.link)
    for box, rect, fill in zip(scene.boxes, geometry.titles, fills, strict=True):
        yield f"<g{attribute('data-service', box.service)}>"
        yield text_element(box.name, (rect.left, rect.bottom - 4), TITLE_SIZE, colours.ink, bold=True, halo=fill)
        yield "</g>"
    for place, rect in geometry.labels.items():
        behind = [fill for box, fill in zip(geometry.boxes, fills, strict=True) if box.holds(rect.centre)]
        yield f'<g data-label="{place}">'
        yield from _label(scene.arrows[place], rect, colours, (behind or [colours.background])[-1])
        yield "</g>"


def arrow_elements(line: Line, points: Sequence[Point], colours: Palette) -> Iterator[str]:
    """The strokes of an arrow, each with a head at its tip."""
    colour = {Line.ERROR: colours.error, Line.WATCH: colours.quiet}.get(line, colours.ink)
    for stroke in strokes(line, points):
        shaft, tip, (dx, dy) = shortened(stroke.points, stroke.head)
        yield line_element(thinned(shaft), colour, stroke.width, stroke.dashes)
        half = stroke.head * 0.36
        base = (tip[0] - dx * stroke.head, tip[1] - dy * stroke.head)
        yield shape_element(
            [tip, (base[0] - dy * half, base[1] + dx * half), (base[0] + dy * half, base[1] - dx * half)], colour
        )


def _node(node: Node, centre: Point, colours: Palette) -> Iterator[str]:
    rect = icon_rect(centre)
    if icon_data(node.icon) is None:
        yield rect_element(rect, colours.background, colours.quiet, radius=8)
        yield from _cube(centre, colours)
    else:
        if node.icon.startswith("general."):  # line drawings in dark ink
            yield rect_element(rect.grown(1), colours.tile, radius=8)
        yield icon_element(node.icon, rect)
    y = rect.bottom + NAME_LINE
    for text in node.name:
        yield text_element(text, (centre[0], y), NAME_SIZE, colours.ink, anchor="middle")
        y += NAME_LINE
    y -= NAME_LINE - DETAIL_LINE
    for text in node.detail:
        yield text_element(text, (centre[0], y), DETAIL_SIZE, colours.quiet, anchor="middle")
        y += DETAIL_LINE


def _cube(centre: Point, colours: Palette) -> Iterator[str]:
    """The sign of a component that has no icon."""
    x, y = centre
    high, wide = 17.0, 15.0
    outline = [(x, y - high), (x + wide, y - high / 2), (x + wide, y + high / 2), (x, y + high)]
    outline += [(x - wide, y + high / 2), (x - wide, y - high / 2)]
    yield shape_element(outline, "none", colours.quiet)
    yield line_element([(x - wide, y - high / 2), (x, y), (x + wide, y - high / 2)], colours.quiet, 1)
    yield line_element([(x, y), (x, y + high)], colours.quiet, 1)


def _label(arrow: Arrow, rect: Rect, colours: Palette, behind: str) -> Iterator[str]:
    colour = colours.error if arrow.line is Line.ERROR else colours.quiet
    for number, text in enumerate(arrow.label):
        y = rect.top + LABEL_LINE * (number + 1) - 2.8
        yield text_element(text, (rect.centre[0], y), LABEL_SIZE, colour, anchor="middle", halo=behind)


def _entry_width(line: Line) -> float:
    return _SAMPLE + 8 + text_width(_LEGEND[line], LABEL_SIZE + 0.5) + 26


def _legend(lines: Sequence[Line], y: float, colours: Palette) -> Iterator[str]:
    x = _MARGIN
    for line in lines:
        yield from arrow_elements(line, [(x + k * 2, y) for k in range(int(_SAMPLE / 2) + 1)], colours)
        yield text_element(_LEGEND[line], (x + _SAMPLE + 8, y + 3.8), LABEL_SIZE + 0.5, colours.ink)
        x += _entry_width(line)
