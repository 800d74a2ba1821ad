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
        return self.left - gap <= x <= self.right + gap and self.top - gap <= y <= self.bottom + gap

    def grown(self, gap: float) -> Rect:
        """The rectangle with a gap more on every side."""
        return Rect(self.left - gap, self.top - gap, self.right + gap, self.bottom + gap)

    def moved(self, dx: float, dy: float) -> Rect:
        """The rectangle elsewhere."""
        return Rect(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)

    def shared(self, other: Rect) -> float:
        """The area that two rectangles have in common."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return width * height if width > 0 and height > 0 else 0.0


def around(rects: Iterable[Rect]) -> Rect:
    """The smallest rectangle that holds all of them; there has to be one."""
    lefts, tops, rights, bottoms = zip(*rects, strict=True)
    return Rect(min(lefts), min(tops), max(rights), max(bottoms))


def around_points(points: Iterable[Point]) -> Rect:
    """The smallest rectangle that holds all points; there has to be one."""
    xs, ys = zip(*points, strict=True)
    return Rect(min(xs), min(ys), max(xs), max(ys))
