"""Drawing an architecture: it becomes scenes, each is laid out, and what is laid out becomes a picture."""

from __future__ import annotations

from archlint.draw.changing import differing, with_changes
from archlint.draw.context import Context
from archlint.draw.drawing import draw, draw_scenes
from archlint.draw.errors import DrawingError
from archlint.draw.formats import FORMATS, format_names, format_of, is_binary, is_whole
from archlint.draw.look import Look
from archlint.draw.noting import outlined, with_notes
from archlint.draw.scene import Scene
from archlint.draw.userimages import IconError, with_images
from archlint.draw.views import Choice, View, views

__all__ = [
    "FORMATS",
    "Choice",
    "Context",
    "DrawingError",
    "IconError",
    "Look",
    "Scene",
    "View",
    "differing",
    "draw",
    "draw_scenes",
    "format_names",
    "format_of",
    "is_binary",
    "is_whole",
    "outlined",
    "views",
    "with_changes",
    "with_images",
    "with_notes",
]
