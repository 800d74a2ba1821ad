"""What can go wrong while drawing."""

from __future__ import annotations


class DrawingError(Exception):
    """The picture cannot be made; the message says why and what to do."""
