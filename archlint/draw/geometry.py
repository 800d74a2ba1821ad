"""Lines: flattened curves, cut at icons, and moved sideways for the pair of a synchronous call."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from archlint.draw.layout import Point, Rect

_STEPS = 24


def flatten(points: Sequence[Point]) -> list[Point]:
    """A chain of cubic Bézier curves as a polyline."""
    line = [points[0]]
    for start in range(0, len(points) - 3, 3):
        a, b, c, d = points[start : start + 4]
        for step in range(1, _STEPS + 1):
            t = step / _STEPS
            s = 1 - t
            weights = (s**3, 3 * s * s * t, 3 * s * t * t, t**3)
            line.append(
                (
                    sum(w * p[0] for w, p in zip(weights, (a, b, c, d), strict=True)),
                    sum(w * p[1] for w, p in zip(weights, (a, b, c, d), strict=True)),
                )
            )
    return line


def contains(rect: Rect, point: Point, gap: float = 0.0) -> bool:
    """Whether a point lies in a rectangle grown by a gap."""
    return rect.left - gap <= point[0] <= rect.right + gap and rect.top - gap <= point[1] <= rect.bottom + gap


def cut(line: Sequence[Point], start: Sequence[Rect], end: Sequence[Rect], gap: float) -> list[Point]:
    """The part of a line between two obstacles, each a union of rectangles that holds one end of the line."""
    fine = _dense(line)
    first = max((place for place, point in enumerate(fine) if _inside(start, point, gap)), default=0)
    rest = fine[first + 1 :]
    last = next((place for place, point in enumerate(rest) if _inside(end, point, gap)), len(rest))
    kept = rest[:last]
    return kept if len(kept) > 1 else [line[0], line[-1]]


def _inside(rects: Sequence[Rect], point: Point, gap: float) -> bool:
    return any(contains(rect, point, gap) for rect in rects)


def _dense(line: Sequence[Point]) -> list[Point]:
    """The line with a point at least every two units."""
    found = [line[0]]
    for a, b in zip(line, line[1:], strict=False):
        steps = max(int(hypot(b[0] - a[0], b[1] - a[1]) / 2), 1)
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


def at(line: Sequence[Point], share: float) -> tuple[Point, Point]:
    """The point at a share of a line's length, and the unit vector along the line there."""
    goal = length(line) * share
    for a, b in zip(line, line[1:], strict=False):
        step = hypot(b[0] - a[0], b[1] - a[1])
        if step and goal <= step:
            t = goal / step
            return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t), ((b[0] - a[0]) / step, (b[1] - a[1]) / step)
        goal -= step
    return line[-1], (1.0, 0.0)


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
