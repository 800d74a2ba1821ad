"""How long a search may go on: dense graphs have more ways to bind a pattern than anybody could wait for."""

from __future__ import annotations

from archlint.model import Architecture

_LEAST = 200_000
_OF_EACH = 100
"""Steps for each component and connection; what real architectures take is about ten."""


class OutOfBudgetError(Exception):
    """A search has taken all the steps that it was given."""


def steps_for(architecture: Architecture) -> int:
    """The steps that one rule may take: some seconds on a small architecture, in proportion to the size of a large."""
    return _LEAST + _OF_EACH * (len(architecture.components) + len(architecture.connections))
