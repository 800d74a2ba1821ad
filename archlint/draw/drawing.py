"""From an architecture to the bytes of a picture."""

from __future__ import annotations

from archlint.draw.errors import DrawingError
from archlint.draw.formats import writer
from archlint.draw.look import Look
from archlint.draw.notes import Notes
from archlint.draw.scene import make_scene
from archlint.draw.sheet import Sheet, with_places
from archlint.model import Architecture


def draw(architecture: Architecture, format_: str, look: Look | None = None, notes: Notes | None = None) -> bytes:
    """The picture in one of the formats of :mod:`archlint.draw.formats`. Raises :class:`DrawingError`."""
    notes = notes or Notes()
    scene = with_places(make_scene(architecture), architecture, notes)
    if not scene.nodes:
        message = "there is nothing to draw: the architecture has no components"
        raise DrawingError(message)
    return writer(format_)(Sheet(architecture, scene, look or Look(), notes))
