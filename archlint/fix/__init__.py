"""Changes carried out: on an architecture in memory, and on the text of the user's own description."""

from __future__ import annotations

from archlint.fix.applying import changed
from archlint.fix.differing import diffs_of_each, unified_diff
from archlint.fix.editing import edited_texts, writable
from archlint.fix.homes import EditError
from archlint.fix.previewing import ChangedLine, previews

__all__ = [
    "ChangedLine",
    "EditError",
    "changed",
    "diffs_of_each",
    "edited_texts",
    "previews",
    "unified_diff",
    "writable",
]
