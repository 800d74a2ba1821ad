"""Naming the patterns that are there, and the change that would complete the nearest one."""

from __future__ import annotations

from archlint.suggest.applying import Applied, apply, best_of_each_service
from archlint.suggest.suggesting import Answer, suggest

__all__ = ["Answer", "Applied", "apply", "best_of_each_service", "suggest"]
