"""From files of any supported kind to one architecture."""

from __future__ import annotations

from archlint.importers.files import find_root
from archlint.importers.ignoring import KnownNames
from archlint.importers.reading import Reading, read, read_text

__all__ = ["KnownNames", "Reading", "find_root", "read", "read_text"]
