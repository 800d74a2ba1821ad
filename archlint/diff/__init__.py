"""What two architectures have in common and what not: a pure comparison, told by reports, pictures and rules."""

from __future__ import annotations

from archlint.diff.comparing import compare
from archlint.diff.comparison import (
    Comparison,
    ComponentDifference,
    ConnectionDifference,
    PropertyChange,
    ServiceDifference,
    Status,
)
from archlint.diff.uniting import United, united
from archlint.diff.views import EXACT, IMPLEMENTATION, View

__all__ = [
    "EXACT",
    "IMPLEMENTATION",
    "Comparison",
    "ComponentDifference",
    "ConnectionDifference",
    "PropertyChange",
    "ServiceDifference",
    "Status",
    "United",
    "View",
    "compare",
    "united",
]
