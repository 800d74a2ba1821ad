"""From a scene to the bytes of a picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archlint.draw.arranging import Arrangement
from archlint.draw.errors import DrawingError
from archlint.draw.layout import lay_out
from archlint.draw.look import Look
from archlint.draw.painting import paint
from archlint.draw.scene import Scene
from archlint.draw.views import Choice, views
from archlint.model import Architecture

_MOST_PIXELS = 16_000
_MOST_AREA = 100_000_000


def draw(architecture: Architecture, format_: str, look: Look | None = None) -> bytes:
    """All of an architecture as one picture, ``png`` or ``svg``. Raises :class:`DrawingError`."""
    look = look or Look()
    scene = views(architecture, Choice(everything=True))[0].scene
    return next(draw_scenes([scene], format_, look))


def draw_scenes(scenes: Iterable[Scene], format_: str, look: Look) -> Iterator[bytes]:
    """A picture of each scene, in order, ``png`` or ``svg``. Raises :class:`DrawingError`."""
    for scene in scenes:
        yield picture(scene, lay_out(scene, look.direction), format_, look)


def picture(scene: Scene, geometry: Arrangement, format_: str, look: Look) -> bytes:
    """The picture of a scene that is laid out, ``png`` or ``svg``. Raises :class:`DrawingError`."""
    painted = paint(scene, geometry, look)
    if format_ == "svg":
        return painted.text.encode()
    width, height = painted.width * look.scale, painted.height * look.scale
    if max(width, height) > _MOST_PIXELS or width * height > _MOST_AREA:
        message = (
            f"the PNG would have {width:,.0f} by {height:,.0f} pixels, more than viewers take; "
            "draw it as SVG, or draw a part of the architecture"
        )
        raise DrawingError(message)
    from archlint.draw.png import rasterised  # noqa: PLC0415  only for this format

    return rasterised(painted.text, look.scale)
