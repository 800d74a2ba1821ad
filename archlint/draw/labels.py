"""Putting texts where nothing else is."""

from __future__ import annotations

from collections.abc import Sequence

from archlint.draw.geometry import at, contains
from archlint.draw.layout import Point, Rect

_SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)
_LIFTS = (7.0, 11.0, 16.0, 24.0)


class Clearings:
    """Remembers what is taken: rectangles, and the points that lines pass."""

    def __init__(self) -> None:
        self._rects: list[Rect] = []
        self._grid: dict[tuple[int, int], list[Point]] = {}

    def take(self, rect: Rect) -> None:
        """Nothing else may be put there."""
        self._rects.append(rect)

    def take_line(self, line: Sequence[Point]) -> None:
        """Text should not be put upon this line."""
        for point in line:
            self._grid.setdefault((int(point[0] // 20), int(point[1] // 20)), []).append(point)

    def cost(self, rect: Rect) -> float:
        """How much of what is taken a rectangle would cover: rectangles weigh more than lines."""
        covered = sum(_overlap(rect, other) for other in self._rects)
        return covered * 5 + self.crossed(rect)

    def crossed(self, rect: Rect) -> float:
        """How many points of lines a rectangle would cover."""
        total = 0
        for x in range(int(rect.left // 20), int(rect.right // 20) + 1):
            for y in range(int(rect.top // 20), int(rect.bottom // 20) + 1):
                total += sum(contains(rect, point, 1.5) for point in self._grid.get((x, y), ()))
        return float(total)

    def beside(self, line: Sequence[Point], width: float, height: float) -> Rect:
        """The best place for a text beside a line, which is taken from then on."""
        best: tuple[float, Rect] | None = None
        for lift in _LIFTS:
            for rank, share in enumerate(_SHARES):
                for side in (-1, 1):
                    rect = _placed(line, share, side * lift, width, height)
                    cost = self.cost(rect) + rank * 0.3 + lift * 0.15 + (0.1 if side > 0 else 0)
                    if best is None or cost < best[0]:
                        best = cost, rect
        assert best is not None
        self.take(best[1])
        return best[1]


def _placed(line: Sequence[Point], share: float, lift: float, width: float, height: float) -> Rect:
    (x, y), (dx, dy) = at(line, share)
    reach = abs(dy) * width / 2 + abs(dx) * height / 2
    sign = 1 if lift > 0 else -1
    distance = lift + sign * reach
    nx, ny = -dy, dx
    if ny < 0 or (ny == 0 and nx < 0):
        nx, ny = -nx, -ny
    cx, cy = x + nx * distance, y + ny * distance
    return Rect(cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2)


def _overlap(a: Rect, b: Rect) -> float:
    width = min(a.right, b.right) - max(a.left, b.left)
    height = min(a.bottom, b.bottom) - max(a.top, b.top)
    return width * height if width > 0 and height > 0 else 0.0
