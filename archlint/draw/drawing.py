"""From an architecture to the bytes of pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archlint.draw.formats import writer
from archlint.draw.look import Look
from archlint.draw.notes import Notes
from archlint.draw.sheet import Sheet, with_places
from archlint.draw.views import Choice, View, views
from archlint.model import Architecture


def draw(architecture: Architecture, format_: str, look: Look | None = None, notes: Notes | None = None) -> bytes:
    """All of it as one picture in one of the formats of :mod:`archlint.draw.formats`. Raises :class:`DrawingError`."""
    whole = views(architecture, Choice(everything=True))
    return next(draw_views(architecture, whole, format_, look or Look(), notes or Notes()))


def draw_views(
    architecture: Architecture, found: Iterable[View], format_: str, look: Look, notes: Notes
) -> Iterator[bytes]:
    """A picture of each view, in order. Raises :class:`DrawingError`."""
    write = writer(format_)
    for view in found:
        yield write(Sheet(architecture, with_places(view.scene, architecture, notes), look, notes))
