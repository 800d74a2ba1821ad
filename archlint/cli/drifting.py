"""Which of two inputs describes and which one builds."""

from __future__ import annotations

from archlint.diff import IMPLEMENTATION, Comparison, compare
from archlint.importers import Reading


def drift_of(checked: Reading, against: Reading) -> Comparison:
    """The comparison of what is described with what is built.

    Infrastructure code builds what a description describes, whichever of the two is checked. Of two of a kind, the one
    that is checked is held against the other.
    """
    if checked.is_described and not against.is_described:
        return compare(checked.architecture, against.architecture, IMPLEMENTATION)
    return compare(against.architecture, checked.architecture, IMPLEMENTATION)
