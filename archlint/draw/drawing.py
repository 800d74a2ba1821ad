"""From a scene to the bytes of a picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archlint.draw.arranging import Arrangement
from archlint.draw.context import Context
from archlint.draw.formats import writer
from archlint.draw.look import Look
from archlint.draw.scene import Scene
from archlint.draw.sheet import Sheet, with_places
from archlint.draw.views import Choice, views
from archlint.model import Architecture


def draw(architecture: Architecture, format_: str, look: Look | None = None, context: Context | None = None) -> bytes:
    """All of an architecture as one picture, in one of the formats of :mod:`archlint.draw.formats`.

    Raises :class:`archlint.draw.DrawingError`.
    """
    scene = views(architecture, Choice(everything=True))[0].scene
    return next(draw_scenes([scene], format_, look or Look(), context or Context(architecture)))


def draw_scenes(scenes: Iterable[Scene], format_: str, look: Look, context: Context | None = None) -> Iterator[bytes]:
    """A picture of each scene, in order. Raises :class:`archlint.draw.DrawingError`."""
    for scene in scenes:
        yield picture(scene, None, format_, look, context)


def picture(
    scene: Scene, geometry: Arrangement | None, format_: str, look: Look, context: Context | None = None
) -> bytes:
    """The picture of a scene, laid out already or not. Raises :class:`archlint.draw.DrawingError`."""
    context = context or Context()
    return writer(format_)(Sheet(with_places(scene, context), look, context, geometry))
