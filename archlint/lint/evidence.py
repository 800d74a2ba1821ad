"""What the facts that a rule names rest on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.model import Confidence
from archlint.rulebook import Rule
from archlint.search import Search, Solution

if TYPE_CHECKING:
    from archlint.facts.fact import Evidence


def evidence_of(rule: Rule, search: Search, solution: Solution) -> Iterator[Evidence]:
    """The evidence of each fact of the rule, for each component that the solution gives the fact's role."""
    for name, fact in rule.evidence:
        for member in solution.members(name):
            yield search.graph.evidence(member, fact)


def sureness(rule: Rule, search: Search, solution: Solution) -> Confidence:
    """The confidence of what the rule's facts say: that of the least sure connection they rest on."""
    told = (edge.confidence for evidence in evidence_of(rule, search, solution) for edge in evidence.connections)
    return min(told, default=Confidence.CERTAIN)
