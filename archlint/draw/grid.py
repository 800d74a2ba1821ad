"""Rectangles found by where they are, so that looking for neighbours costs the same in a picture of any size."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Generic, TypeVar

from archlint.draw.shapes import Rect

_CELL = 64

T = TypeVar("T", bound=Hashable)


class RectGrid(Generic[T]):
    """Rectangles, each with something it stands for."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], dict[tuple[T, Rect], None]] = {}

    def add(self, rect: Rect, value: T) -> None:
        """Put a rectangle in."""
        for cell in _cells(rect):
            self._cells.setdefault(cell, {})[value, rect] = None

    def remove(self, rect: Rect, value: T) -> None:
        """Take a rectangle out that was put in."""
        for cell in _cells(rect):
            del self._cells[cell][value, rect]

    def near(self, rect: Rect) -> dict[tuple[T, Rect], None]:
        """What may touch a rectangle, each once, in the order in which it was put in."""
        found: dict[tuple[T, Rect], None] = {}
        for cell in _cells(rect):
            found.update(self._cells.get(cell, {}))
        return found


def _cells(rect: Rect) -> Iterator[tuple[int, int]]:
    for x in range(int(rect.left // _CELL), int(rect.right // _CELL) + 1):
        for y in range(int(rect.top // _CELL), int(rect.bottom // _CELL) + 1):
            yield x, y
