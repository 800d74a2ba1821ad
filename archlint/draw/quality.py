"""How good a picture's lines are: what makes them hard to read, as one number. Lower is better."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import atan2, hypot, remainder, tau

from archlint.draw.arranging import Lined
from archlint.draw.crossings import crossings
from archlint.draw.lines import length, thinned
from archlint.draw.routing import FINE, obstacles
from archlint.draw.scene import Arrow, Line, Scene
from archlint.draw.shapes import Point, Rect, around_points

_CROSSING, _THROUGH_NODE, _BESIDE_LINE, _THROUGH_BOX = 40.0, 30.0, 3.0, 0.6
_LENGTH, _AREA, _BACKWARD, _LATE_CLIENT, _ASPECT = 0.03, 1 / 9000, 10.0, 600.0, 250.0
_ASTRAY, _AHEAD, _FAR = 60.0, 40.0, 260.0
_SLANT = {Line.ASYNC: 30.0, Line.SYNC: 14.0, Line.ERROR: 14.0, Line.WATCH: 8.0}
_TURN = {Line.ASYNC: 12.0, Line.SYNC: 5.0, Line.ERROR: 5.0, Line.WATCH: 3.0}
_NEAR = 9.0
_END = 45.0
"""Near a node that two arrows share they may be close."""


def badness(scene: Scene, picture: Lined, direction: str) -> float:
    """What is wrong with a picture, weighed."""
    thin = [thinned(line, 0.7) for line in picture.lines]
    extent = picture.extent
    total = _CROSSING * _crossings(scene, thin, picture.laid.centres)
    total += _THROUGH_NODE * through_nodes(scene, picture) * picture.step / FINE
    total += _BESIDE_LINE * _closeness(scene, picture)
    total += _THROUGH_BOX * _through_boxes(scene, picture)
    total += _LENGTH * sum(length(line) for line in thin)
    total += _AREA * extent.width * extent.height
    total += _slanted(scene.arrows, picture.laid.centres, direction) + _turned(scene.arrows, thin)
    total += _BACKWARD * _backward(scene, picture.laid.centres, direction)
    total += _LATE_CLIENT * _late_clients(scene, picture.laid.centres, direction)
    return total + _ASPECT * _out_of_shape(extent)


def _crossings(scene: Scene, lines: Sequence[Sequence[Point]], centres: Mapping[str, Point]) -> float:
    """How many times lines cross, apart from a node that both arrows have; the light line of an alarm counts half."""
    total = 0.0
    for found in crossings(lines):
        if not _at_shared(scene, found.first, found.second, found.point, centres):
            light = Line.WATCH in {scene.arrows[found.first].line, scene.arrows[found.second].line}
            total += 0.5 if light else 1.0
    return total


def _at_shared(scene: Scene, first: int, second: int, point: Point, centres: Mapping[str, Point]) -> bool:
    a, b = scene.arrows[first], scene.arrows[second]
    shared = {a.source, a.target} & {b.source, b.target}
    return any(hypot(point[0] - centres[name][0], point[1] - centres[name][1]) < _END for name in shared)


def through_nodes(scene: Scene, picture: Lined) -> int:
    """How many points of lines lie on nodes they have nothing to do with."""
    grid = obstacles(scene, picture.laid.centres)
    count = 0
    for arrow, line in zip(scene.arrows, picture.lines, strict=True):
        own = {arrow.source, arrow.target}
        foreign = [rect.grown(2) for name, rect in grid.near(around_points(line)) if name not in own]
        if foreign:
            count += sum(any(rect.holds(point) for rect in foreign) for point in line)
    return count


def _closeness(scene: Scene, picture: Lined) -> int:
    """How many points of lines run so close to another line that both look like one."""
    cells: dict[tuple[int, int], list[tuple[Point, int]]] = {}
    sampled = [line[:: picture.every] for line in picture.lines]
    for owner, line in enumerate(sampled):
        for point in line:
            cells.setdefault((int(point[0] // 12), int(point[1] // 12)), []).append((point, owner))
    return sum(
        _is_close(scene, owner, point, cells, picture.laid.centres)
        for owner, line in enumerate(sampled)
        for point in line
    )


def _is_close(
    scene: Scene,
    owner: int,
    point: Point,
    cells: Mapping[tuple[int, int], Sequence[tuple[Point, int]]],
    centres: Mapping[str, Point],
) -> bool:
    """Whether a point of a line is close to one of a later line, away from nodes that both meet."""
    x, y = point
    column, row = int(x // 12), int(y // 12)
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            for place, other in cells.get((column + dx, row + dy), ()):
                if (
                    other > owner
                    and hypot(x - place[0], y - place[1]) < _NEAR
                    and not _at_shared(scene, owner, other, point, centres)
                ):
                    return True
    return False


def _through_boxes(scene: Scene, picture: Lined) -> int:
    """How many points of lines lie in boxes that hold neither end."""
    members = [set(box.members) for box in scene.boxes]
    count = 0
    for arrow, line in zip(scene.arrows, picture.lines, strict=True):
        foreign = [
            rect
            for rect, inside in zip(picture.laid.boxes, members, strict=True)
            if arrow.source not in inside and arrow.target not in inside
        ]
        if foreign:
            count += sum(any(rect.holds(point) for rect in foreign) for point in line[:: picture.every])
    return count


def _backward(scene: Scene, centres: Mapping[str, Point], direction: str) -> int:
    """How many arrows of the traffic run against the direction."""
    axis = 0 if direction == "LR" else 1
    return sum(
        arrow.line in {Line.SYNC, Line.ASYNC} and centres[arrow.target][axis] < centres[arrow.source][axis] - 1
        for arrow in scene.arrows
    )


def _slanted(arrows: Iterable[Arrow], centres: Mapping[str, Point], direction: str) -> float:
    """How far from level or upright the ways between the ends of the arrows are, the main line above all.

    A dead-letter queue is best beside its source, off the line that the traffic takes.
    """
    total = 0.0
    for arrow in arrows:
        (ax, ay), (bx, by) = centres[arrow.source], centres[arrow.target]
        wide, high = abs(ax - bx), abs(ay - by)
        share = min(wide, high) / (hypot(wide, high) or 1.0)  # 0 to 0.7
        total += share * _SLANT[arrow.line]
        if arrow.is_dead_letter:
            total += share * _ASTRAY + (_AHEAD if (wide > high) == (direction == "LR") else 0.0)
            total += _ASTRAY * 0.7 if max(wide, high) > _FAR else 0.0
    return total


def _turned(arrows: Iterable[Arrow], lines: Iterable[Sequence[Point]]) -> float:
    """How winding the lines are, the main line above all."""
    return sum(_TURN[arrow.line] * _turning(line) for arrow, line in zip(arrows, lines, strict=True))


def _turning(line: Sequence[Point]) -> float:
    """By how much a line turns all told, in radians."""
    angles = [atan2(b[1] - a[1], b[0] - a[0]) for a, b in pairwise(line)]
    return sum(abs(remainder(b - a, tau)) for a, b in pairwise(angles))


def _late_clients(scene: Scene, centres: Mapping[str, Point], direction: str) -> float:
    """How far into the picture clients stand, each as a share of its length."""
    axis = 0 if direction == "LR" else 1
    places = [point[axis] for point in centres.values()]
    low, high = min(places), max(places)
    calling = {arrow.source for arrow in scene.arrows}
    clients = [centres[node.id][axis] for node in scene.nodes if node.starts and node.id in calling]
    return sum(0.1 + (place - low) / ((high - low) or 1.0) for place in clients if place > low + 1)


def _out_of_shape(extent: Rect) -> float:
    """How far a picture is from the shapes of screens and slides."""
    ratio = extent.width / (extent.height or 1.0)
    return max(0.0, 1.0 - ratio, (ratio - 2.6) / 3)
