"""Drawing an architecture: it becomes scenes, each is laid out, and what is laid out becomes a picture."""

from __future__ import annotations

from archlint.draw.drawing import draw, draw_views
from archlint.draw.errors import DrawingError
from archlint.draw.formats import FORMATS, format_names, format_of, is_binary
from archlint.draw.look import Look
from archlint.draw.notes import Notes
from archlint.draw.noting import outlined, with_notes
from archlint.draw.scene import Scene
from archlint.draw.userimages import IconError, with_images
from archlint.draw.views import Choice, View, views

__all__ = [
    "FORMATS",
    "Choice",
    "DrawingError",
    "IconError",
    "Look",
    "Notes",
    "Scene",
    "View",
    "draw",
    "draw_views",
    "format_names",
    "format_of",
    "is_binary",
    "outlined",
    "views",
    "with_images",
    "with_notes",
]
