"""What a near match is to become: one alternative of a form, with all of it that can be worked out beforehand."""

from __future__ import annotations

from collections.abc import Sequence

from archlint.model import Component
from archlint.model.tuples import NamedTuple
from archlint.pattern.terms import Exemption, Exists, Path, Step, When
from archlint.search import Search, Solution
from archlint.search.conjunctions import Conjunction
from archlint.search.elements import is_required, of_pattern


class Goal(NamedTuple):
    """A conjunction with its anchor's role, how many ``elements`` it has, and the links that it requires.

    ``tests`` and ``nested`` clauses speak of the anchor alone and no change is known that would make them true, so that
    they are asked before anything is bound. What must not hold is asked later: with more bound, less of it may.
    """

    conjunction: Conjunction
    anchor: str
    exemptions: Sequence[Exemption]
    elements: int
    required: Sequence[Step | Path]
    tests: Sequence[When]
    nested: Sequence[Exists]

    def excludes(self, search: Search, anchor: Component) -> bool:
        """Whether a component cannot be the anchor, whatever is added around it."""
        alone = Solution({self.anchor: anchor})
        scope = search.scope(alone)
        if any(test.expression.truth(scope) is not True for test in self.tests):
            return True
        roles = self.conjunction.roles
        return any(search.truth(roles, one.clauses, alone) is not True for one in self.nested)


def goal(search: Search, conjunction: Conjunction, anchor: str, exemptions: Sequence[Exemption]) -> Goal:
    """The goal that a conjunction is, for the anchor's role."""
    return Goal(
        conjunction,
        anchor,
        exemptions,
        of_pattern(conjunction, anchor),
        [link for link in conjunction.links if is_required(link, conjunction.roles)],
        [
            test
            for test in conjunction.tests
            if isinstance(test, When) and test.fix is None and set(test.expression.names) <= {anchor}
        ],
        [one for one in conjunction.nested if one.wanted and _is_about(search, conjunction, anchor, one)],
    )


def _is_about(search: Search, conjunction: Conjunction, anchor: str, nested: Exists) -> bool:
    """Whether nested clauses share no role but the anchor's with the rest."""
    others = conjunction.named - {anchor}
    inner = search.expand(conjunction.roles, nested.clauses)
    return all(others.isdisjoint(part.named | part.tested) for part in inner)
