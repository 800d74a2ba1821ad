"""From an architecture to a description that, read again, is the same architecture."""

from __future__ import annotations

from archlint.writing.description import description_text

__all__ = ["description_text"]
