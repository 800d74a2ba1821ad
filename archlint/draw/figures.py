"""The figures of a picture: arrows, nodes, labels and the outlines of patterns, as elements of an SVG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from archlint.draw.arranging import Arrangement, ring
from archlint.draw.badges import HEIGHT, SPACE, badges, badges_width, rows
from archlint.draw.lines import shortened, thinned
from archlint.draw.look import Palette
from archlint.draw.scene import DETAIL_SIZE, LABEL_SIZE, NAME_SIZE, TAG_SIZE, TITLE_SIZE, Arrow, Box, Line, Node, Scene
from archlint.draw.shapes import Point, Rect
from archlint.draw.signs import FAINT, colour_of, is_gone, sign_elements
from archlint.draw.sizes import DETAIL_LINE, ICON, LABEL_LINE, NAME_LINE, icon_rect, label_lines, node_rect
from archlint.draw.strokes import strokes
from archlint.draw.svg import icon_element, line_element, rect_element, shape_element, text_element

_GONE = {Line.SYNC: "4 3", Line.ASYNC: "9 5"}
"""How the lines are dashed of what is gone, if they are not dashed already."""
_BAND = 12.0
_GUESSED = 0.45
"""Opacity of what is a guess."""


def changed_arrow_elements(arrow: Arrow, points: Sequence[Point], colours: Palette) -> Iterator[str]:
    """An arrow; one that is different lies on a band in the colour of what became of it, and is faint if it is gone."""
    if arrow.change is None:
        yield from (guess_elements if arrow.is_guess else arrow_elements)(arrow.line, points, colours)
        return
    colour = colour_of(arrow.change.status, colours)
    yield f'<g opacity="0.26">{line_element(thinned(points, 0.5), colour, _BAND)}</g>'
    if is_gone(arrow.change):
        faint = arrow_elements(arrow.line, points, colours, _GONE.get(arrow.line, ""))
        yield f'<g opacity="{FAINT}">{"".join(faint)}</g>'
    else:
        yield from arrow_elements(arrow.line, points, colours)


def guess_elements(line: Line, points: Sequence[Point], colours: Palette) -> Iterator[str]:
    """The strokes of an arrow that is a guess: fainter than what is known."""
    yield f'<g opacity="{_GUESSED}">{"".join(arrow_elements(line, points, colours))}</g>'


def arrow_elements(line: Line, points: Sequence[Point], colours: Palette, dashes: str = "") -> Iterator[str]:
    """The strokes of an arrow, each with a head at its tip; ``dashes`` are others than its own."""
    colour = {Line.ERROR: colours.error, Line.WATCH: colours.quiet}.get(line, colours.ink)
    for stroke in strokes(line, points):
        shaft, tip, (dx, dy) = shortened(stroke.points, stroke.head)
        yield line_element(thinned(shaft, 0.2), colour, stroke.width, dashes or stroke.dashes)
        half = stroke.head * 0.36
        base = (tip[0] - dx * stroke.head, tip[1] - dy * stroke.head)
        yield shape_element(
            [tip, (base[0] - dy * half, base[1] + dx * half), (base[0] + dy * half, base[1] - dx * half)], colour
        )


def frame_elements(node: Node, centre: Point, colours: Palette) -> Iterator[str]:
    """The frame of a node that is different, in the colour of what became of it, to be drawn below the arrows."""
    if node.change is None:
        return
    frame, colour = _frame(node, centre), colour_of(node.change.status, colours)
    yield f'<g opacity="0.12">{rect_element(frame, colour, radius=10)}</g>'
    yield rect_element(frame, "none", colour, radius=10, dashed=is_gone(node.change))


def _frame(node: Node, centre: Point) -> Rect:
    return node_rect(node, centre).grown(5)


def changed_node_elements(
    node: Node, centre: Point, colours: Palette, icons: Mapping[str, str], lines: Sequence[Sequence[Point]]
) -> Iterator[str]:
    """A node; one that is different has a sign at a corner of its frame where none of its ``lines`` comes in."""
    parts = node_elements(node, centre, colours, icons)
    if node.change is None:
        yield from parts
        return
    yield f'<g opacity="{FAINT}">{"".join(parts)}</g>' if is_gone(node.change) else "".join(parts)
    frame = _frame(node, centre)
    corners = [
        Rect(x, y, x + HEIGHT, y + HEIGHT)
        for y in (frame.top - HEIGHT / 2 + 3, frame.bottom - HEIGHT / 2 - 3)
        for x in (frame.left - HEIGHT / 2 + 3, frame.right - HEIGHT / 2 - 3)
    ]
    free = min(corners, key=lambda corner: sum(corner.holds(point, 3.0) for line in lines for point in line))
    yield from sign_elements(node.change.status, (free.left, free.top), colours)


def node_elements(node: Node, centre: Point, colours: Palette, icons: Mapping[str, str]) -> Iterator[str]:
    """The icon with its badges, and the texts below it; ``icons`` are the ones that can be drawn."""
    rect = icon_rect(centre)
    if node.members:
        yield from _tile(node, rect, colours, icons)
    elif node.icon not in icons:
        yield rect_element(rect, colours.background, colours.quiet, radius=8)
        yield from _cube(centre, colours)
    else:
        if node.icon.startswith("general."):  # line drawings in dark ink
            yield rect_element(rect.grown(1), colours.tile, radius=8)
        yield icon_element(node.icon, rect)
    top = rect.top - 3
    for marks in rows(node.marks, ICON + 6):
        yield from badges(marks, rect.right + 3 - badges_width(marks), top, colours)
        top += HEIGHT + SPACE
    y = rect.bottom + NAME_LINE
    for text in node.name:
        yield text_element(text, (centre[0], y), NAME_SIZE, colours.ink, anchor="middle")
        y += NAME_LINE
    y -= NAME_LINE - DETAIL_LINE
    for text in node.detail:
        yield text_element(text, (centre[0], y), DETAIL_SIZE, colours.quiet, anchor="middle")
        y += DETAIL_LINE
    for text in node.change.words if node.change else ():
        yield text_element(text, (centre[0], y), DETAIL_SIZE, colours.changed, anchor="middle")
        y += DETAIL_LINE


def _tile(node: Node, rect: Rect, colours: Palette, icons: Mapping[str, str]) -> Iterator[str]:
    """A service as a tile with the icons of what is in it."""
    yield rect_element(rect, colours.services[node.tint % len(colours.services)], colours.border, radius=10)
    shown = [icon for icon in node.icons if icon in icons]
    if not shown:
        yield from _cube(rect.centre, colours)
        return
    size = 34.0 if len(shown) == 1 else 22.0
    gap = (ICON - 2 * size) / 3
    for number, icon in enumerate(shown):
        x, y = rect.left + gap + (number % 2) * (size + gap), rect.top + gap + number // 2 * (size + gap)
        if len(shown) < 3:
            y = rect.centre[1] - size / 2
        if len(shown) == 1:
            x = rect.centre[0] - size / 2
        yield icon_element(icon, Rect(x, y, x + size, y + size))


def _cube(centre: Point, colours: Palette) -> Iterator[str]:
    """The sign of a component that has no icon."""
    x, y = centre
    high, wide = 17.0, 15.0
    outline = [(x, y - high), (x + wide, y - high / 2), (x + wide, y + high / 2), (x, y + high)]
    outline += [(x - wide, y + high / 2), (x - wide, y - high / 2)]
    yield shape_element(outline, "none", colours.quiet)
    yield line_element([(x - wide, y - high / 2), (x, y), (x + wide, y - high / 2)], colours.quiet, 1)
    yield line_element([(x, y), (x, y + high)], colours.quiet, 1)


def title_elements(box: Box, rect: Rect, behind: str, colours: Palette) -> Iterator[str]:
    """A box's title: the sign of a change, the name, then badges or what is different."""
    left = rect.left
    if box.change:
        yield from sign_elements(box.change.status, (left, rect.centre[1] - HEIGHT / 2), colours)
        left += HEIGHT + 5
    yield text_element(box.name, (left, rect.bottom - 4), TITLE_SIZE, colours.ink, bold=True, halo=behind)
    yield from badges(box.marks, rect.right - badges_width(box.marks), rect.top + 1, colours)
    if box.change and box.change.words:
        at = (rect.right, rect.bottom - 4)
        yield text_element(box.change.words[0], at, DETAIL_SIZE, colours.changed, anchor="end", halo=behind)


def label_elements(arrow: Arrow, rect: Rect, colours: Palette, behind: str) -> Iterator[str]:
    """What stands beside an arrow: badges or a sign, then text; ``behind`` is the colour below it."""
    colour = colours.error if arrow.line is Line.ERROR else colours.quiet
    left = rect.left
    if arrow.change:
        yield from sign_elements(arrow.change.status, (left, rect.centre[1] - HEIGHT / 2), colours)
        left += HEIGHT + 4
    if arrow.marks:
        yield from badges(arrow.marks, left, rect.centre[1] - HEIGHT / 2, colours)
        left += badges_width(arrow.marks) + 4
    lines = label_lines(arrow)
    top = rect.centre[1] - LABEL_LINE * len(lines) / 2
    for number, text in enumerate(lines):
        y = top + LABEL_LINE * (number + 1) - 2.8
        ink = colour if number < len(arrow.label) else colours.changed
        yield text_element(text, ((left + rect.right) / 2, y), LABEL_SIZE, ink, anchor="middle", halo=behind)


def outline_elements(scene: Scene, geometry: Arrangement, colours: Palette) -> Iterator[str]:
    """For each pattern a ring around every member and a band along the arrows between them."""
    nodes = {node.id: node for node in scene.nodes}
    for number, outline in enumerate(scene.outlines):
        members, colour = set(outline.members), outline_colour(number, colours)
        rings = [ring(scene, nodes[member], geometry.centres[member], number) for member in outline.members]
        parts = [rect_element(rect, colour, radius=12) for rect in rings]
        for arrow, line in zip(scene.arrows, geometry.lines, strict=True):
            if arrow.source in members and arrow.target in members:
                parts.append(line_element(thinned(line, 0.5), colour, 15))
        yield f'<g opacity="0.16">{"".join(parts)}</g>'
        for rect in rings:
            yield rect_element(rect, "none", colour, radius=12, dashed=number % 2 == 1)


def tag_elements(scene: Scene, geometry: Arrangement, colours: Palette) -> Iterator[str]:
    """The names of the patterns, each at its outline."""
    for number, (outline, rect) in enumerate(zip(scene.outlines, geometry.tags, strict=True)):
        yield rect_element(rect, outline_colour(number, colours), radius=rect.height / 2)
        at = (rect.centre[0], rect.centre[1] + TAG_SIZE * 0.36)
        yield text_element(outline.name, at, TAG_SIZE, colours.background, anchor="middle", bold=True)


def outline_colour(number: int, colours: Palette) -> str:
    """The colour of an outline, by its place."""
    return colours.outlines[number % len(colours.outlines)]
