"""The strokes that an arrow is drawn with: one, or the two of a synchronous request."""

from __future__ import annotations

from collections.abc import Sequence

from archlint.draw.lines import beside
from archlint.draw.scene import Line
from archlint.draw.shapes import Point
from archlint.model.tuples import NamedTuple

PAIR = 3.3
"""Half the distance between the two lines of a synchronous request."""


class Stroke(NamedTuple):
    """A line from tail to tip, with a head of the given length at its tip."""

    points: Sequence[Point]
    width: float
    head: float
    dashes: str = ""


_WIDTHS = {Line.ASYNC: (2.8, 12.5, ""), Line.ERROR: (1.9, 9.5, "6 3.5"), Line.WATCH: (1.3, 7.0, "1.5 3")}


def strokes(line: Line, points: Sequence[Point]) -> tuple[Stroke, ...]:
    """How an arrow along points is drawn."""
    if line is Line.SYNC:
        return Stroke(beside(points, -PAIR), 1.15, 7.5), Stroke(beside(points, PAIR)[::-1], 1.15, 7.5)
    width, head, dashes = _WIDTHS[line]
    return (Stroke(points, width, head, dashes),)
