"""A layout made into a picture's final geometry: where every icon, line and text is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from archlint.draw.labels import CROSSED, SERIOUS, Clearings, placed
from archlint.draw.laid import Laid
from archlint.draw.metrics import text_width
from archlint.draw.routing import COARSE, FINE, Polyline, obstacle, obstacles, refined, routed
from archlint.draw.scene import TAG_SIZE, Node, Scene
from archlint.draw.shapes import Point, Rect, around, around_points
from archlint.draw.sizes import ICON, LOOP, has_label, icon_rect, label_size, node_rect, title_size
from archlint.draw.straightening import straightened
from archlint.model.tuples import NamedTuple

_GROWTH = 30.0
"""By how much a box may grow on each side."""


_STRIPE, _OVER_LINE = 38.0, 8.0
"""The room above the icons in a box, for its title, and above a line in it, for a label."""


class Lined(NamedTuple):
    """A layout with the lines of its arrows, whose points are at most ``step`` apart."""

    laid: Laid
    lines: tuple[Polyline, ...]
    extent: Rect
    step: float = FINE

    @property
    def every(self) -> int:
        """Every how manieth point is far enough from the one before to be looked at."""
        return max(round(4 * FINE / self.step), 1)


class Arrangement(NamedTuple):
    """The final geometry, in points, y downwards; the parts of a scene without a place in it are not drawn.

    ``centres`` are the middles of the icons by node, ``boxes`` and ``titles`` rectangles by a box's place in the
    scene, ``lines`` the middles of the arrows from edge to edge by an arrow's place, ``labels`` rectangles by the
    place of those arrows that have one, ``tags`` those of the outlines' names. ``trouble`` says how much the texts
    cover that they should not, ``extent`` what all takes.
    """

    centres: Mapping[str, Point]
    boxes: tuple[Rect, ...]
    lines: tuple[Polyline, ...]
    titles: tuple[Rect, ...]
    labels: Mapping[int, Rect]
    trouble: float
    extent: Rect
    tags: tuple[Rect, ...] = ()


def lined(scene: Scene, laid: Laid) -> Lined:
    """Draw the arrows of a layout as they come, to compare it with others."""
    return _bounded(scene, laid, routed(scene, laid.centres, laid.paths))._replace(step=COARSE)


def finished(scene: Scene, laid: Laid, direction: str) -> Lined:
    """Draw a layout with care: what is nearly in line is, and boxes take in the arrows between their own components."""
    laid = straightened(scene, laid, direction)
    lines = refined(scene, laid.centres, laid.paths)
    laid = laid._replace(boxes=_taking_in(scene, laid, lines))
    return _bounded(scene, laid._replace(boxes=_lowered(scene, laid, lines)), lines)


def _bounded(scene: Scene, laid: Laid, lines: tuple[Polyline, ...]) -> Lined:
    rects = [*_obstacles(scene, laid), *laid.boxes, *(around_points(line).grown(5) for line in lines)]
    return Lined(laid, lines, around(rects))


def _taking_in(scene: Scene, laid: Laid, lines: Sequence[Polyline]) -> tuple[Rect, ...]:
    """The boxes, grown a little where an arrow inside would stand out and nothing is in the way."""
    boxes = list(laid.boxes)
    home = {member: place for place, box in enumerate(scene.boxes) for member in box.members}
    inside: dict[int, list[Rect]] = {}
    for arrow, line in zip(scene.arrows, lines, strict=True):
        place = home.get(arrow.source, -1)
        if place >= 0 and place == home.get(arrow.target):
            inside.setdefault(place, []).append(around_points(line).grown(8))
    nodes = obstacles(scene, laid.centres)
    for place, rects in inside.items():
        grown = around([boxes[place], *rects])
        near = [rect for other, rect in enumerate(boxes) if other != place and rect.grown(6).shared(grown)]
        near += [rect for name, rect in nodes.near(grown) if home.get(name) != place and rect.shared(grown)]
        limit = boxes[place].grown(_GROWTH)
        if not near and around([limit, grown]) == limit:
            boxes[place] = grown
    return tuple(boxes)


def _lowered(scene: Scene, laid: Laid, lines: Sequence[Polyline]) -> tuple[Rect, ...]:
    """The boxes without the empty stripe above what is in them, which keeps the icons in the middle of a layout."""
    nodes = {node.id: node for node in scene.nodes}
    boxes = []
    for box, rect in zip(scene.boxes, laid.boxes, strict=True):
        tops = [icon_rect(laid.centres[member]).top for member in box.members]
        tops += [laid.centres[member][1] - ICON / 2 - LOOP for member in box.members if nodes[member].loops]
        for arrow, line in zip(scene.arrows, lines, strict=True):
            if arrow.source in box.members and arrow.target in box.members:
                tops += [y - _OVER_LINE for _, y in line]
        boxes.append(rect._replace(top=max(rect.top, min(tops) - _STRIPE)))
    return tuple(boxes)


def labelled(scene: Scene, drawn: Lined) -> Arrangement:
    """Put the texts beside the arrows and into the boxes."""
    laid = drawn.laid
    clearings = Clearings(_obstacles(scene, laid), drawn.lines, laid.boxes)
    titles, trouble = _titles(scene, laid.boxes, clearings)
    sizes = {place: label_size(arrow) for place, arrow in enumerate(scene.arrows) if has_label(arrow)}
    labels, more = placed(clearings, dict(enumerate(drawn.lines)), sizes)
    for rect in labels.values():
        clearings.take(rect)
    tags, rings = _tags(scene, laid.centres, clearings)
    extent = around([drawn.extent, *titles, *labels.values(), *tags, *rings])
    return Arrangement(laid.centres, laid.boxes, drawn.lines, titles, labels, trouble + more, extent, tags)


def _tags(scene: Scene, centres: Mapping[str, Point], clearings: Clearings) -> tuple[tuple[Rect, ...], list[Rect]]:
    """A place for each outline's name, at one of its members, and the rings around those."""
    nodes = {node.id: node for node in scene.nodes}
    found, rings = [], []
    for number, outline in enumerate(scene.outlines):
        own = [ring(scene, nodes[member], centres[member], number) for member in outline.members]
        rings += own
        width, height = text_width(outline.name, TAG_SIZE, bold=True) + 12, TAG_SIZE + 7
        options = [
            Rect(x, y, x + width, y + height)
            for rect in own
            for lift in (0.0, 9.0, 18.0, 30.0)
            for y in (rect.top - height - 1 - lift, rect.bottom + 1 + lift)
            for x in (rect.left, (rect.left + rect.right - width) / 2, rect.right - width)
        ]
        costs = [clearings.cost(option) + place * 0.2 for place, option in enumerate(options)]
        best = options[costs.index(min(costs))]
        clearings.take(best)
        found.append(best)
    return tuple(found), rings


def ring(scene: Scene, node: Node, centre: Point, number: int) -> Rect:
    """The rectangle that the outline with a number draws around a node, outside those of the outlines before it."""
    inner = sum(node.id in outline.members for outline in scene.outlines[:number])
    return node_rect(node, centre).grown(4.0 + 4.0 * inner)


def _obstacles(scene: Scene, laid: Laid) -> list[Rect]:
    return [rect for node in scene.nodes for rect in obstacle(node, laid.centres[node.id])]


def _titles(scene: Scene, boxes: Sequence[Rect], clearings: Clearings) -> tuple[tuple[Rect, ...], float]:
    """A place for each box's title that as little as possible crosses: at its top left, else in or above it."""
    found = []
    trouble = 0.0
    for box, rect in zip(scene.boxes, boxes, strict=True):
        width, height = title_size(box)
        options = list(_title_places(rect, width, height))
        costs = [clearings.cost(option) for option in options]
        number = min(range(len(options)), key=lambda place: (costs[place] + place * 0.6, place))
        clearings.take(options[number])
        trouble += costs[number] + (SERIOUS if costs[number] >= CROSSED else 0.0)
        found.append(options[number])
    return tuple(found), trouble


def _title_places(box: Rect, width: float, height: float) -> Iterator[Rect]:
    """Places for a title, the most usual first: along the top of its box, along its bottom, above, below, beside it."""
    left, room = box.left + 12, max(box.width - 24 - width, 0.0)
    steps = max(int(room / 14), 4)
    for top in (box.top + 7, box.bottom - 7 - height, box.top - 3 - height, box.bottom + 3):
        for step in range(steps + 1):
            x = left + room * step / steps
            yield Rect(x, top, x + width, top + height)
    for step in range(9):
        top = box.top + (box.height - height) * step / 8
        for x in (box.left - 5 - width, box.right + 5):
            yield Rect(x, top, x + width, top + height)
