"""Drawing an architecture: it becomes scenes, each is laid out, and what is laid out becomes a picture."""

from __future__ import annotations

from archlint.draw.drawing import draw, draw_scenes
from archlint.draw.errors import DrawingError
from archlint.draw.look import Look
from archlint.draw.noting import outlined, with_notes
from archlint.draw.views import Choice, View, views

__all__ = ["Choice", "DrawingError", "Look", "View", "draw", "draw_scenes", "outlined", "views", "with_notes"]
