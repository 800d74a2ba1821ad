"""Lines: flattened curves, cut at icons, and moved sideways for the pair of a synchronous call."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from math import hypot

from archlint.draw.shapes import Point, Rect

_STEPS = 16
_WEIGHTS = tuple(
    ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
    for t in (step / _STEPS for step in range(1, _STEPS + 1))
)


def flatten(points: Sequence[Point]) -> list[Point]:
    """A chain of cubic Bézier curves as a polyline."""
    line = [points[0]]
    for start in range(0, len(points) - 3, 3):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = points[start : start + 4]
        for a, b, c, d in _WEIGHTS:
            line.append((a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy))
    return line


def cut(line: Sequence[Point], start: Sequence[Rect], end: Sequence[Rect], *, gap: float, step: float) -> list[Point]:
    """The part of a line between two obstacles, each a union of rectangles that holds one end of the line.

    The answer has a point at least every ``step``.
    """
    fine = _dense(line, step)
    first = max((place for place, point in enumerate(fine) if _inside(start, point, gap)), default=-1)
    rest = fine[first + 1 :]
    last = next((place for place, point in enumerate(rest) if _inside(end, point, gap)), len(rest))
    kept = rest[:last]
    return kept if len(kept) > 1 else [line[0], line[-1]]


def _inside(rects: Sequence[Rect], point: Point, gap: float) -> bool:
    x, y = point
    for left, top, right, bottom in rects:  # noqa: SIM110  half the time of `any`
        if left - gap <= x <= right + gap and top - gap <= y <= bottom + gap:
            return True
    return False


def _dense(line: Sequence[Point], step: float) -> list[Point]:
    """The line with more points on it."""
    found = [line[0]]
    for a, b in zip(line, line[1:], strict=False):
        steps = max(int(hypot(b[0] - a[0], b[1] - a[1]) / step), 1)
        found += [(a[0] + (b[0] - a[0]) * k / steps, a[1] + (b[1] - a[1]) * k / steps) for k in range(1, steps + 1)]
    return found


def beside(line: Sequence[Point], distance: float) -> list[Point]:
    """The line moved sideways: to its right for a positive distance, seen along it with y downwards."""
    moved = []
    for place, point in enumerate(line):
        before = line[max(place - 3, 0)]
        after = line[min(place + 3, len(line) - 1)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        length = hypot(dx, dy) or 1.0
        moved.append((point[0] - dy / length * distance, point[1] + dx / length * distance))
    return moved


def length(line: Sequence[Point]) -> float:
    """The length of a line."""
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in zip(line, line[1:], strict=False))


class Ruler:
    """Measures along a line."""

    def __init__(self, line: Sequence[Point]) -> None:
        self._line = line
        self._marks = [0.0]
        for a, b in pairwise(line):
            self._marks.append(self._marks[-1] + hypot(b[0] - a[0], b[1] - a[1]))

    @property
    def length(self) -> float:
        """The length of the whole line."""
        return self._marks[-1]

    def point(self, distance: float) -> Point:
        """The point at a distance from the line's beginning."""
        place = self._piece(distance)
        a, b = self._line[place - 1], self._line[place]
        step = self._marks[place] - self._marks[place - 1]
        t = (distance - self._marks[place - 1]) / step if step else 0.0
        return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t

    def at(self, share: float) -> tuple[Point, Point]:
        """The point at a share of the line's length, and the unit vector along the line around it."""
        place = self._piece(self.length * share)
        before, after = self._line[max(place - 3, 0)], self._line[min(place + 2, len(self._line) - 1)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        size = hypot(dx, dy)
        return self.point(self.length * share), ((dx / size, dy / size) if size else (1.0, 0.0))

    def _piece(self, distance: float) -> int:
        return min(max(bisect_right(self._marks, distance), 1), len(self._line) - 1)


def shortened(line: Sequence[Point], end: float) -> tuple[list[Point], Point, Point]:
    """The line without its last ``end`` units, where it ends now, and the unit vector from there to its old end."""
    tip = line[-1]
    kept = list(line)
    while len(kept) > 2 and hypot(tip[0] - kept[-1][0], tip[1] - kept[-1][1]) < end:
        kept.pop()
    base = kept[-1]
    size = hypot(tip[0] - base[0], tip[1] - base[1]) or 1.0
    direction = ((tip[0] - base[0]) / size, (tip[1] - base[1]) / size)
    base = (tip[0] - direction[0] * end, tip[1] - direction[1] * end)
    kept[-1] = base
    return kept, tip, direction


def thinned(line: Sequence[Point], tolerance: float = 0.05) -> list[Point]:
    """The line without points that a straight line would do as well (Ramer, Douglas and Peucker)."""
    if len(line) < 3:
        return list(line)
    keep = {0, len(line) - 1}
    stack = [(0, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        a, b = line[first], line[last]
        size = hypot(b[0] - a[0], b[1] - a[1]) or 1.0
        far, worst = 0, tolerance
        for place in range(first + 1, last):
            p = line[place]
            off = abs((b[0] - a[0]) * (a[1] - p[1]) - (a[0] - p[0]) * (b[1] - a[1])) / size
            if off > worst:
                far, worst = place, off
        if far:
            keep.add(far)
            stack += [(first, far), (far, last)]
    return [line[place] for place in sorted(keep)]


def evenly(line: Sequence[Point], step: float) -> list[Point]:
    """The line as points about equally far apart; its ends stay."""
    runs = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(line)]
    total = sum(runs)
    count = max(round(total / step), 2)
    found = [line[0]]
    piece, done = 0, 0.0
    last = len(runs) - 1
    for number in range(1, count):
        wanted = total * number / count
        while done + runs[piece] <= wanted and piece < last:
            done += runs[piece]
            piece += 1
        (ax, ay), (bx, by) = line[piece], line[piece + 1]
        t = (wanted - done) / runs[piece] if runs[piece] else 0.0
        found.append((ax + (bx - ax) * t, ay + (by - ay) * t))
    found.append(line[-1])
    return found


def smoothed(line: Sequence[Point], wide: int) -> list[Point]:
    """Each point in the mean of its neighbours up to ``wide`` away, as many on both sides."""
    sums = [(0.0, 0.0)]
    for x, y in line:
        sums.append((sums[-1][0] + x, sums[-1][1] + y))
    found = []
    last = len(line) - 1
    for place in range(last + 1):
        reach = min(wide, place, last - place)
        (ax, ay), (bx, by) = sums[place - reach], sums[place + reach + 1]
        found.append(((bx - ax) / (2 * reach + 1), (by - ay) / (2 * reach + 1)))
    return found
