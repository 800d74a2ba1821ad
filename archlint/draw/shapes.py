"""Points and rectangles, y downwards, in points of 1/72 inch (pixels of the SVG)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from archlint.model.tuples import NamedTuple

Point: TypeAlias = tuple[float, float]


class Rect(NamedTuple):
    """A rectangle, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high it is."""
        return self.bottom - self.top

    @property
    def centre(self) -> Point:
        """The point in its middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, point: Point, gap: float = 0.0) -> bool:
        """Whether a point lies in the rectangle, grown by a gap on every side."""
        x, y = point
        left, top, right, bottom = self
        return left - gap <= x <= right + gap and top - gap <= y <= bottom + gap

    def grown(self, gap: float) -> Rect:
        """The rectangle with a gap more on every side."""
        left, top, right, bottom = self
        return Rect(left - gap, top - gap, right + gap, bottom + gap)

    def moved(self, dx: float, dy: float) -> Rect:
        """The rectangle elsewhere."""
        return Rect(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)

    def shared(self, other: Rect) -> float:
        """The area that two rectangles have in common."""
        left, top, right, bottom = self
        other_left, other_top, other_right, other_bottom = other
        width = min(right, other_right) - max(left, other_left)
        if width <= 0:
            return 0.0
        height = min(bottom, other_bottom) - max(top, other_top)
        return width * height if height > 0 else 0.0


def around(rects: Iterable[Rect]) -> Rect:
    """The smallest rectangle that holds all of them; there has to be one."""
    lefts, tops, rights, bottoms = zip(*rects, strict=True)
    return Rect(min(lefts), min(tops), max(rights), max(bottoms))


def around_points(points: Iterable[Point]) -> Rect:
    """The smallest rectangle that holds all points; there has to be one."""
    xs, ys = zip(*points, strict=True)
    return Rect(min(xs), min(ys), max(xs), max(ys))
