"""Where lines cross each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from archlint.draw.shapes import Point
from archlint.model.tuples import NamedTuple

_CELL = 48


class Crossing(NamedTuple):
    """Two pieces of lines that cross: the lines' places, the pieces' places within them, and where they meet."""

    first: int
    second: int
    first_piece: int
    second_piece: int
    point: Point


def crossings(lines: Sequence[Sequence[Point]]) -> list[Crossing]:
    """Every crossing of two lines, by the lines and then along the first of them."""
    pieces_in: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for owner, line in enumerate(lines):
        for number, (a, b) in enumerate(pairwise(line)):
            for cell in _cells(a, b):
                pieces_in.setdefault(cell, []).append((owner, number))
    met = set()
    for pieces in pieces_in.values():
        for place, (first, number) in enumerate(pieces):
            for second, other in pieces[place + 1 :]:
                if first != second:
                    met.add((first, second, number, other) if first < second else (second, first, other, number))
    found = []
    for first, second, number, other in sorted(met):
        point = _meeting(lines[first], number, lines[second], other)
        if point is not None:
            found.append(Crossing(first, second, number, other, point))
    return found


def _cells(a: Point, b: Point) -> Iterator[tuple[int, int]]:
    """The cells that the rectangle between two points touches."""
    for x in range(int(min(a[0], b[0]) // _CELL), int(max(a[0], b[0]) // _CELL) + 1):
        for y in range(int(min(a[1], b[1]) // _CELL), int(max(a[1], b[1]) // _CELL) + 1):
            yield x, y


def _meeting(first: Sequence[Point], number: int, second: Sequence[Point], other: int) -> Point | None:
    """Where two pieces cross; a piece's end belongs to the next piece."""
    (ax, ay), (bx, by) = first[number], first[number + 1]
    (cx, cy), (dx, dy) = second[other], second[other + 1]
    size = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
    if not size:
        return None
    t = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / size
    u = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / size
    return (ax + (bx - ax) * t, ay + (by - ay) * t) if 0 <= t < 1 and 0 <= u < 1 else None
