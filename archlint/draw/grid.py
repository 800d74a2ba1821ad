"""Rectangles found by where they are, so that looking for neighbours costs the same in a picture of any size."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
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
        for cell in cells(rect, _CELL):
            self._cells.setdefault(cell, {})[value, rect] = None

    def remove(self, rect: Rect, value: T) -> None:
        """Take a rectangle out that was put in."""
        for cell in cells(rect, _CELL):
            del self._cells[cell][value, rect]

    def near(self, rect: Rect) -> Mapping[tuple[T, Rect], None]:
        """What may touch a rectangle, each once, in the order in which it was put in."""
        touched = [found for cell in cells(rect, _CELL) if (found := self._cells.get(cell))]
        if len(touched) < 2:
            return touched[0] if touched else {}
        return {key: None for found in touched for key in found}


def cells(rect: Rect, side: int) -> list[tuple[int, int]]:
    """The squares of a grid that a rectangle touches, by their place across and down."""
    left, top, right, bottom = rect
    downwards = range(int(top // side), int(bottom // side) + 1)
    return [(x, y) for x in range(int(left // side), int(right // side) + 1) for y in downwards]
