"""Naming the patterns that are there, and the change that would complete the nearest one."""

from __future__ import annotations

from archlint.suggest.suggesting import Answer, suggest

__all__ = ["Answer", "suggest"]
