"""Drawing an architecture."""

from __future__ import annotations

from archlint.draw.drawing import draw
from archlint.draw.errors import DrawingError
from archlint.draw.look import Look

__all__ = ["DrawingError", "Look", "draw"]
