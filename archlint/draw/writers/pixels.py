"""The PNG: the SVG's pixels."""

from __future__ import annotations

from archlint.draw.errors import DrawingError
from archlint.draw.png import rasterised
from archlint.draw.sheet import Sheet

_MOST_PIXELS = 16_000
_MOST_AREA = 100_000_000


def write(sheet: Sheet) -> bytes:
    """A PNG, ``look.scale`` pixels a point. Raises :class:`DrawingError` if viewers could not show it."""
    picture, scale = sheet.fine_picture, sheet.look.scale
    width, height = picture.width * scale, picture.height * scale
    if max(width, height) > _MOST_PIXELS or width * height > _MOST_AREA:
        message = (
            f"the PNG would have {width:,.0f} by {height:,.0f} pixels, more than viewers take; "
            "draw it as SVG, with a smaller --scale, or draw a part of the architecture"
        )
        raise DrawingError(message)
    return rasterised(picture.text, scale)
