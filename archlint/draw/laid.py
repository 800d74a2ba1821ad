"""What a layout answers."""

from __future__ import annotations

from collections.abc import Mapping

from archlint.draw.shapes import Point, Rect
from archlint.model.tuples import NamedTuple


class Laid(NamedTuple):
    """A layout: centres of the icons, rectangles of the boxes, Bézier points from end to end by an arrow's place."""

    centres: Mapping[str, Point]
    boxes: tuple[Rect, ...]
    paths: Mapping[int, tuple[Point, ...]]
