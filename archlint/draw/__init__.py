"""Drawing an architecture."""

from __future__ import annotations

from archlint.draw.drawing import draw
from archlint.draw.errors import DrawingError
from archlint.draw.formats import FORMATS, format_names, format_of, is_binary
from archlint.draw.look import Look
from archlint.draw.notes import Notes

__all__ = ["FORMATS", "DrawingError", "Look", "Notes", "draw", "format_names", "format_of", "is_binary"]
