"""From an architecture to the bytes of a picture."""

from __future__ import annotations

from archlint.draw.errors import DrawingError
from archlint.draw.layout import lay_out
from archlint.draw.look import Look
from archlint.draw.painting import paint
from archlint.draw.scene import make_scene
from archlint.model import Architecture

_MOST_PIXELS = 16_000
_MOST_AREA = 100_000_000


def draw(architecture: Architecture, format_: str, look: Look | None = None) -> bytes:
    """The picture as ``png`` or ``svg``. Raises :class:`DrawingError`."""
    look = look or Look()
    scene = make_scene(architecture)
    if not scene.nodes:
        message = "there is nothing to draw: the architecture has no components"
        raise DrawingError(message)
    picture = paint(scene, lay_out(scene, look.direction), look)
    if format_ == "svg":
        return picture.text.encode()
    width, height = picture.width * look.scale, picture.height * look.scale
    if max(width, height) > _MOST_PIXELS or width * height > _MOST_AREA:
        message = (
            f"the PNG would have {width:,.0f} by {height:,.0f} pixels, more than viewers take; "
            "draw it as SVG, or draw a part of the architecture"
        )
        raise DrawingError(message)
    from archlint.draw.png import rasterised  # noqa: PLC0415  only for this format

    return rasterised(picture.text, look.scale)
