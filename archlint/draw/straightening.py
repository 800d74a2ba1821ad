"""Nodes that a layout has left a little out of line, brought into it, so that what could run straight does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from archlint.draw.laid import Laid
from archlint.draw.lines import evenly, flatten
from archlint.draw.routing import obstacle
from archlint.draw.scene import Line, Scene
from archlint.draw.shapes import Point, Rect, around_points
from archlint.draw.sizes import ICON, node_rect

_LEAST, _MOST = 0.5, 34.0
"""How far out of line, in points: less is not seen, more is meant."""
_WEIGHTS = {Line.ASYNC: 0, Line.SYNC: 1, Line.ERROR: 2, Line.WATCH: 3}
_APART, _PADDING = 7.0, 9.0
_STEP, _CLEAR = 10.0, 7.0
_MOST_NODES = 150


def straightened(scene: Scene, laid: Laid, direction: str) -> Laid:
    """The layout with groups of connected nodes in line, where nothing is in the way."""
    if len(scene.nodes) > _MOST_NODES:
        return laid
    across = 1 if direction == "LR" else 0
    for group in _groups(scene, laid, across):
        places = [laid.centres[name][across] for name in group]
        middle = sum(places) / len(places)
        for goal in sorted(dict.fromkeys(places), key=lambda place: abs(place - middle)):
            moved = _moved(scene, laid, dict.fromkeys(group, goal), across)
            if moved is not None:
                laid = moved
                break
    return laid


def _groups(scene: Scene, laid: Laid, across: int) -> Iterator[list[str]]:
    """Nodes to be brought into one line: neighbours by an arrow, nearly in line, no two of them side by side."""
    groups = {node.id: [node.id] for node in scene.nodes}
    wanted = []
    for place, arrow in enumerate(scene.arrows):
        start, end = laid.centres[arrow.source], laid.centres[arrow.target]
        off, ahead = abs(start[across] - end[across]), abs(start[1 - across] - end[1 - across])
        if off <= _MOST and ahead > ICON:
            wanted.append((_WEIGHTS[arrow.line], off, place))
    for _, _, place in sorted(wanted):
        one, other = groups[scene.arrows[place].source], groups[scene.arrows[place].target]
        joint = [*one, *other]
        along = sorted(laid.centres[name][1 - across] for name in joint)
        if one is not other and all(b - a > ICON for a, b in pairwise(along)) and _spread(laid, joint, across) <= _MOST:
            groups.update(dict.fromkeys(joint, joint))
    seen = set()
    for group in groups.values():
        if id(group) not in seen and _spread(laid, group, across) > _LEAST:
            seen.add(id(group))
            yield group


def _spread(laid: Laid, names: Sequence[str], across: int) -> float:
    """How far out of line nodes are."""
    places = [laid.centres[name][across] for name in names]
    return max(places) - min(places)


def _moved(scene: Scene, laid: Laid, goals: Mapping[str, float], across: int) -> Laid | None:
    """The layout with nodes at other places across the direction; None if something is in the way."""
    centres = dict(laid.centres)
    for name, goal in goals.items():
        x, y = centres[name]
        centres[name] = (x, goal) if across else (goal, y)
    nodes = {node.id: node for node in scene.nodes}
    rects = {name: node_rect(nodes[name], centre) for name, centre in centres.items()}
    for name in goals:
        wide = rects[name].grown(_APART)
        if any(other != name and wide.shared(rect) for other, rect in rects.items()):
            return None
        for box, rect in zip(scene.boxes, laid.boxes, strict=True):
            inside = name in box.members
            if (inside and not _within(rects[name], rect)) or (not inside and wide.shared(rect)):
                return None
    paths = dict(laid.paths)
    for place, arrow in enumerate(scene.arrows):
        if place in paths and (arrow.source in goals or arrow.target in goals):
            ends = (arrow.source, arrow.target)
            path = _led(paths[place], laid.centres, centres, ends, across)
            foreign = [rect for name in nodes if name not in ends for rect in obstacle(nodes[name], centres[name])]
            if _hits(path, foreign):
                return None
            paths[place] = path
    return Laid(centres, laid.boxes, paths)


def _within(inner: Rect, outer: Rect) -> bool:
    room = outer.grown(-_PADDING)
    level = room.left <= inner.left and inner.right <= room.right
    return level and room.top + 14 <= inner.top and inner.bottom <= room.bottom


def _led(
    path: Sequence[Point], before: Mapping[str, Point], after: Mapping[str, Point], ends: tuple[str, str], across: int
) -> tuple[Point, ...]:
    """A path moved along with its ends; a straight one where they are in line now."""
    start, end = after[ends[0]], after[ends[1]]
    shifts = [after[name][across] - before[name][across] for name in ends]
    low, high = before[ends[0]][1 - across], before[ends[1]][1 - across]
    if abs(start[across] - end[across]) <= _LEAST and abs(before[ends[0]][across] - before[ends[1]][across]) <= _MOST:
        straight = max(abs(point[across] - before[ends[0]][across]) for point in path) <= _MOST
        if straight:
            thirds = [
                (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
                for share in (1 / 3, 2 / 3)
            ]
            return (start, *thirds, end)
    moved = []
    for point in path:
        share = min(max((point[1 - across] - low) / (high - low), 0.0), 1.0) if high != low else 0.5
        shift = shifts[0] * (1 - share) + shifts[1] * share
        moved.append((point[0], point[1] + shift) if across else (point[0] + shift, point[1]))
    return tuple(moved)


def _hits(path: Sequence[Point], rects: Sequence[Rect]) -> bool:
    """Whether a path comes near to what it has nothing to do with."""
    line = evenly(flatten(path), _STEP)
    reach = around_points(line).grown(_CLEAR)
    near = [rect for rect in rects if rect.shared(reach)]
    return any(rect.holds(point, _CLEAR) for point in line for rect in near)
