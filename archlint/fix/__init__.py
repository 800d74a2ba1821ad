"""Changes carried out: on an architecture in memory, and on the text of the user's own description."""

from __future__ import annotations

from archlint.fix.applying import changed
from archlint.fix.differing import unified_diff
from archlint.fix.editing import EditError, edited_texts

__all__ = ["EditError", "changed", "edited_texts", "unified_diff"]
