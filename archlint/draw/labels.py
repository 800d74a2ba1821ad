"""Putting texts where nothing else is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from archlint.draw.grid import RectGrid, cells
from archlint.draw.lines import Ruler
from archlint.draw.shapes import Point, Rect

_SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82, 0.1, 0.9)
_LIFTS = (7.5, 10.0, 15.0, 23.0)
_FINE_SHARES = tuple(step / 40 for step in range(2, 39))
_FINE_LIFTS = (6.5, 9.0, 14.0, 20.0, 28.0, 38.0)
"""Where a text looks for a place if it would stand upon a line otherwise."""
_MANY = 200
_CELL = 32
_ROUNDS = 3
_NEAR = 7.0
"""A foreign line closer than this to a label is taken for the label's own by a reader."""
_MARGIN = 2.5
_STROKES = 4.5
"""How far the strokes of an arrow reach from its middle, and a little more."""
SERIOUS = 1000.0
_COVERED, CROSSED, _MISTAKEN, _STRADDLED = 5.0, 12.0, 0.5, 6.0


class Clearings:
    """Knows what is taken: rectangles, the points that lines pass, and the borders of boxes."""

    def __init__(self, rects: Iterable[Rect], lines: Sequence[Sequence[Point]], borders: Sequence[Rect]) -> None:
        self._borders: RectGrid[None] = RectGrid()
        for border in borders:
            self._borders.add(border, None)
        self._points: dict[tuple[int, int], list[tuple[float, float, int]]] = {}
        self._rects: RectGrid[None] = RectGrid()
        for owner, line in enumerate(lines):
            for x, y in line:
                self._points.setdefault((int(x // _CELL), int(y // _CELL)), []).append((x, y, owner))
        for rect in rects:
            self.take(rect)

    def take(self, rect: Rect) -> None:
        """Nothing else may be put there."""
        self._rects.add(rect, None)

    def cost(self, rect: Rect, owner: int = -1) -> float:
        """How much of what is taken a text would cover, or be mistaken for."""
        total = sum(_STRADDLED for _, border in self._borders.near(rect) if _straddles(rect, border))
        total += self._beside_lines(rect, owner)
        around = rect.grown(_MARGIN)
        return total + _COVERED * sum(around.shared(other) for _, other in self._rects.near(around))

    def _beside_lines(self, rect: Rect, owner: int) -> float:
        """What the points of lines in a text and around it cost. Most of the time of a layout is spent here."""
        total = 0.0
        wide = left, top, right, bottom = rect.grown(_NEAR)
        low_x, low_y, high_x, high_y = rect.grown(_STROKES)
        for cell in cells(wide, _CELL):
            for x, y, line in self._points.get(cell, ()):
                if left <= x <= right and top <= y <= bottom:
                    if low_x <= x <= high_x and low_y <= y <= high_y:
                        total += CROSSED
                    elif line != owner:
                        total += _MISTAKEN
        return total


def _straddles(rect: Rect, border: Rect) -> bool:
    """Whether a text stands upon the border of a box."""
    return 0 < rect.shared(border) < rect.width * rect.height - 0.01


def placed(
    clearings: Clearings, lines: Mapping[int, Sequence[Point]], sizes: Mapping[int, tuple[float, float]]
) -> tuple[dict[int, Rect], float]:
    """A place beside its line for each text, and what all of them cost together: ``SERIOUS`` if one covers anything.

    Long texts choose first; then each chooses again among what the others left.
    """
    order = sorted(sizes, key=lambda place: (-sizes[place][0] * sizes[place][1], place))
    shares = _SHARES if len(sizes) <= _MANY else _SHARES[:3]
    options = {place: _options(lines[place], sizes[place], clearings, place, shares) for place in order}
    chosen: dict[int, tuple[float, Rect]] = {}
    others: RectGrid[int] = RectGrid()
    for _ in range(_ROUNDS):
        before = dict(chosen)
        for place in order:
            if place in chosen:
                others.remove(chosen[place][1], place)
            chosen[place] = min(
                (cost + _COVERED * sum(rect.shared(other) for _, other in others.near(rect)), rect)
                for cost, rect in options[place]
            )
            others.add(chosen[place][1], place)
        if chosen == before:
            break
    costs = [cost for cost, _ in chosen.values()]
    rects = {place: rect for place, (_, rect) in chosen.items()}
    return rects, sum(costs) + sum(SERIOUS for cost in costs if cost >= CROSSED)


def _options(
    line: Sequence[Point], size: tuple[float, float], clearings: Clearings, owner: int, shares: Sequence[float]
) -> list[tuple[float, Rect]]:
    """Places beside a line, each with what it costs but for other texts of its kind."""
    ruler = Ruler(line)
    found = _tried(ruler, size, clearings, owner, [(share, rank * 0.6) for rank, share in enumerate(shares)], _LIFTS)
    if min(found)[0] >= CROSSED:
        fine = [(share, 4 + abs(share - 0.5) * 12) for share in _FINE_SHARES]
        found += _tried(ruler, size, clearings, owner, fine, _FINE_LIFTS)
    return found


def _tried(  # noqa: PLR0913, PLR0917  what a place is judged by
    ruler: Ruler,
    size: tuple[float, float],
    clearings: Clearings,
    owner: int,
    shares: Sequence[tuple[float, float]],
    lifts: Sequence[float],
) -> list[tuple[float, Rect]]:
    """Places at shares of a line, each share with how little it is liked."""
    found = []
    for share, dislike in shares:
        point, direction = ruler.at(share)
        for lift in lifts:
            for side in (-1, 1):
                rect = _beside(point, direction, side * lift, *size)
                liking = dislike + (lift - _LIFTS[0]) * 0.3 + (0.3 if side > 0 else 0.0)
                found.append((clearings.cost(rect, owner) + liking, rect))
    return found


def _beside(point: Point, direction: Point, lift: float, width: float, height: float) -> Rect:
    """A rectangle of a size beside a point of a line: above it, or left of it, for a negative lift."""
    dx, dy = direction
    reach = abs(dy) * width / 2 + abs(dx) * height / 2
    distance = lift + (reach if lift > 0 else -reach)
    nx, ny = -dy, dx
    if ny < 0 or (ny == 0 and nx < 0):
        nx, ny = -nx, -ny
    x, y = point[0] + nx * distance, point[1] + ny * distance
    return Rect(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
