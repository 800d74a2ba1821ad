"""Changes carried out: on an architecture in memory, and on the text of the user's own description."""

from __future__ import annotations

from archlint.fix.applying import changed
from archlint.fix.differing import unified_diff
from archlint.fix.editing import edited_texts, writable
from archlint.fix.homes import EditError
from archlint.fix.previewing import ChangedLine, previews
from archlint.fix.together import texts_of_each

__all__ = [
    "ChangedLine",
    "EditError",
    "changed",
    "edited_texts",
    "previews",
    "texts_of_each",
    "unified_diff",
    "writable",
]
