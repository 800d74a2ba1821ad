"""A picture painted from its geometry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from archlint.draw.arranging import Arrangement
from archlint.draw.figures import (
    changed_arrow_elements,
    changed_node_elements,
    frame_elements,
    label_elements,
    outline_elements,
    tag_elements,
    title_elements,
)
from archlint.draw.footing import LEGEND_ROW, Legend, legend_elements, legend_of, row_width
from archlint.draw.listing import least_width, note_elements, note_list
from archlint.draw.look import Look, Palette, palette
from archlint.draw.metrics import text_width, wrapped
from archlint.draw.scene import Scene
from archlint.draw.shapes import Point
from archlint.draw.signs import colour_of, is_gone
from archlint.draw.svg import attribute, document, group_element, rect_element, text_element
from archlint.model.tuples import NamedTuple

_MARGIN, _HEADING, _FOOT = 28.0, 19.0, 16.0
_HEADING_LINE, _HEADING_WIDTH = 25.0, 520.0
_REMARK, _REMARK_LINE = 11.0, 15.0


class Picture(NamedTuple):
    """The text of an SVG and its size in points."""

    text: str
    width: float
    height: float


def paint(scene: Scene, geometry: Arrangement, look: Look, icons: Mapping[str, str]) -> Picture:
    """Paint a scene with title, legend, source and the list of findings; ``icons`` are base64 of PNGs by name."""
    colours = palette(look.theme)
    extent = geometry.extent
    legend = legend_of(scene) if look.legend else Legend()
    source = scene.source if len(scene.source) <= 80 else scene.source[:79] + "…"
    heading = wrapped(scene.title, _HEADING, max(extent.width, _HEADING_WIDTH), 3)
    source_width = text_width(source, 9)
    widths = [text_width(line, _HEADING, bold=True) for line in heading]
    inner = max(extent.width, *widths, legend.least, least_width(scene.notes), source_width, 200.0)
    legend_rows = legend.rows(inner)
    beside_legend = bool(legend_rows) and row_width(legend_rows[-1]) + source_width + 20 <= inner
    remark = wrapped(scene.remark, _REMARK, max(inner, _HEADING_WIDTH), 2)
    top = _MARGIN + 14 + _HEADING_LINE * max(len(heading), 1) + _REMARK_LINE * len(remark)
    bottom = top + extent.height + 30
    rows = len(legend_rows) + bool(source and not beside_legend)
    notes = note_list(scene.notes, inner)
    foot = bottom + LEGEND_ROW * rows - (0 if rows else 18)
    dx, dy = _MARGIN + (inner - extent.width) / 2 - extent.left, top - extent.top
    parts = [
        text_element(
            line, (_MARGIN, _MARGIN + _HEADING * 0.72 + _HEADING_LINE * number), _HEADING, colours.ink, bold=True
        )
        for number, line in enumerate(heading)
    ]
    below = _MARGIN + _HEADING_LINE * max(len(heading), 1) + _REMARK * 0.6
    parts += [
        text_element(line, (_MARGIN, below + _REMARK_LINE * number), _REMARK, colours.quiet)
        for number, line in enumerate(remark)
    ]
    parts.append(f'<g transform="translate({dx:.1f} {dy:.1f})">')
    parts += drawn(scene, geometry, colours, icons)
    parts.append("</g>")
    parts += legend_elements(legend_rows, _MARGIN, bottom, colours)
    if source:
        line = bottom + LEGEND_ROW * (rows - 1)
        parts.append(text_element(source, (_MARGIN + inner, line + 4), 9, colours.quiet, anchor="end"))
    parts += note_elements(notes, _MARGIN, foot - 12, colours)
    width, height = inner + 2 * _MARGIN, foot + notes.height + _FOOT
    text = document(
        parts,
        width,
        height,
        title=scene.title,
        about=_about(scene),
        background=colours.background,
        icons=icons,
    )
    return Picture(text, round(width), round(height))


def _about(scene: Scene) -> str:
    services = len(scene.boxes) + sum(bool(node.members) for node in scene.nodes)
    count = len(scene.nodes) - (services - len(scene.boxes))
    return f"{count} component{'s' * (count != 1)} in {services} service{'s' * (services != 1)}"


def drawn(scene: Scene, geometry: Arrangement, colours: Palette, icons: Mapping[str, str]) -> Iterator[str]:
    """The scene itself, without what is around it.

    What belongs to a component, an arrow, its label or a service says so in attributes, for scripts and styles.
    """
    fills = [
        colours.background if box.foreign else colours.services[box.tint % len(colours.services)] for box in scene.boxes
    ]
    for box, rect, fill in zip(scene.boxes, geometry.boxes, fills, strict=True):
        yield f"<g{attribute('data-service', box.service)}>"
        border = colour_of(box.change.status, colours) if box.change else colours.border
        yield rect_element(rect, fill, border, radius=10, dashed=box.foreign or is_gone(box.change))
        yield "</g>"
    yield from outline_elements(scene, geometry, colours)
    for node in scene.nodes:
        if frame := list(frame_elements(node, geometry.centres[node.id], colours)):
            yield f"<g{attribute('data-frame', node.id)}>{''.join(frame)}</g>"
    lines: dict[str, list[Sequence[Point]]] = {node.id: [] for node in scene.nodes}
    for arrow, line in zip(scene.arrows, geometry.lines, strict=True):
        more = "".join(attribute(f"data-{end}", name) for end, name in (("from", arrow.source), ("to", arrow.target)))
        more += attribute("data-style", arrow.line.value)
        lines[arrow.source].append(line)
        lines[arrow.target].append(line)
        yield group_element(list(changed_arrow_elements(arrow, line, colours)), arrow.title, more, arrow.link)
    for node in scene.nodes:
        more = attribute("data-id", node.id) + (' opacity="0.5"' if node.planned else "")
        parts = list(changed_node_elements(node, geometry.centres[node.id], colours, icons, lines[node.id]))
        yield group_element(parts, node.title, more, node.link)
    for box, rect, fill in zip(scene.boxes, geometry.titles, fills, strict=True):
        yield f"<g{attribute('data-service', box.service)}>"
        yield from title_elements(box, rect, fill, colours)
        yield "</g>"
    for place, rect in geometry.labels.items():
        behind = [fill for box, fill in zip(geometry.boxes, fills, strict=True) if box.holds(rect.centre)]
        yield f'<g data-label="{place}">'
        yield from label_elements(scene.arrows[place], rect, colours, (behind or [colours.background])[-1])
        yield "</g>"
    yield from tag_elements(scene, geometry, colours)
