"""Finding what a pattern asks for in a graph: exact matches and near ones."""

from __future__ import annotations

from archlint.search.budget import OutOfBudgetError, steps_for
from archlint.search.search import Expanded, Search
from archlint.search.state import Solution

__all__ = ["Expanded", "OutOfBudgetError", "Search", "Solution", "steps_for"]
