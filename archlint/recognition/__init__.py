"""Naming the patterns in an architecture."""

from __future__ import annotations

from archlint.recognition.matching import Matched, match_entry
from archlint.recognition.recognise import Recognition, recognise

__all__ = ["Matched", "Recognition", "match_entry", "recognise"]
