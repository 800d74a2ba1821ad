"""Lines that are almost straight, made straight: what is left of a bend is a kink to the eye."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import hypot

from archlint.draw.crossings import crossings
from archlint.draw.lines import evenly, thinned
from archlint.draw.scene import Scene
from archlint.draw.shapes import Point, Rect, around_points

_LEAST, _MOST = 0.4, 10.0
"""How far from straight, in points: less is not seen, more is meant."""
_CLEAR, _OWN, _BESIDE = 5.0, 2.0, 11.0
"""How far a straight line has to keep off foreign nodes, its own nodes, and the middle of other lines."""
_STEP = 3.0

Polyline = list[Point]


def levelled(
    scene: Scene, lines: Sequence[Polyline], own: Sequence[Sequence[Rect]], foreign: Sequence[Sequence[Rect]]
) -> list[Polyline]:
    """The lines, those almost straight as straight ones where nothing is in the way and nothing more is crossed.

    ``own`` and ``foreign`` are the rectangles of each line's own nodes and of those near it that are not.
    """
    found = list(lines)
    for place, line in enumerate(lines):
        arrow = scene.arrows[place]
        if arrow.source == arrow.target or not _LEAST < _bend(line) <= _MOST:
            continue
        straight = evenly([line[0], line[-1]], _STEP)
        blocked = any(rect.holds(point, _OWN) for rect in own[place] for point in straight)
        if not blocked and not any(rect.holds(point, _CLEAR) for rect in foreign[place] for point in straight):
            found[place] = straight
    return _undisturbed(lines, found)


def _bend(line: Sequence[Point]) -> float:
    """How far a line goes from the straight one between its ends."""
    (ax, ay), (bx, by) = line[0], line[-1]
    size = hypot(bx - ax, by - ay) or 1.0
    return max(abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / size for x, y in line)


def _undisturbed(before: Sequence[Polyline], after: list[Polyline]) -> list[Polyline]:
    """The new lines, but the old ones where a new one crosses or touches another that it did not before."""
    old, new = (_met([thinned(line, 0.3) for line in lines]) for lines in (before, after))
    for place, line in enumerate(after):
        if line is before[place]:
            continue
        crossed = any(new[pair] > old.get(pair, 0) for pair in new if place in pair)
        if crossed or _beside_another(place, before[place], line, after):
            after[place] = before[place]
    return after


def _met(lines: Sequence[Polyline]) -> Mapping[tuple[int, int], int]:
    """How often each two lines cross."""
    found: dict[tuple[int, int], int] = {}
    for crossing in crossings(lines):
        pair = crossing.first, crossing.second
        found[pair] = found.get(pair, 0) + 1
    return found


def _beside_another(place: int, old: Polyline, new: Polyline, lines: Sequence[Polyline]) -> bool:
    """Whether more of a line runs along another one than before."""
    reach = around_points(new).grown(_BESIDE)
    for other, line in enumerate(lines):
        if other != place and around_points(line).grown(1).shared(reach):
            points = [point for point in line[::3] if reach.holds(point)]
            if _touching(new, points) > _touching(old, points):
                return True
    return False


def _touching(line: Polyline, points: Sequence[Point]) -> int:
    return sum(any(hypot(x - px, y - py) < _BESIDE for px, py in line[::2]) for x, y in points)
