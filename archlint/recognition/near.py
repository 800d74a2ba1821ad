"""How near an anchor is to a form of a pattern: the cheapest way to bind what is there and make up the rest.

The search grows from the anchor along its own connections. Each clause that does not hold costs one: a connection
that is missing (with the component at its end, if that is missing too), a condition on a property, an expression that
says how it can be fixed. What is made up is a virtual component or connection, so that every later clause can be asked
of it as of a real one.
"""

from __future__ import annotations

from typing import NamedTuple

from archlint.model import Change, Component
from archlint.pattern.terms import When
from archlint.recognition.drafts import is_required
from archlint.recognition.growing import Growth
from archlint.recognition.matching import Matched
from archlint.recognition.missing import Missing, merged
from archlint.rulebook import Entry, Form
from archlint.search import Search, Solution
from archlint.search.conjunctions import Conjunction


class Near(NamedTuple):
    """A form nearly matched at an anchor. ``clauses`` is how many the form has in all."""

    entry: Entry
    form: Form
    anchor: Component
    solution: Solution
    missing: tuple[Missing, ...]
    clauses: int

    @property
    def share(self) -> float:
        """The part of the clauses that hold."""
        return 1 - self.weight / self.clauses

    @property
    def weight(self) -> int:
        """How many clauses do not hold."""
        return sum(missing.weight for missing in self.missing)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change, settings of what is added merged into its addition."""
        return merged([change for missing in self.missing for change in missing.changes])

    def completed(self) -> Matched:
        """The match as it will be."""
        return Matched(self.entry, self.form, self.anchor, self.solution)


def nearest(entry: Entry, form: Form, anchor: Component, search: Search, budget: int | None) -> Near | None:
    """The nearest way to complete the form at the anchor; None beyond the budget of missing clauses."""
    best: Near | None = None
    for conjunction in search.expand(form.roles, form.clauses):
        clauses = count_clauses(conjunction, entry.anchor)
        limit = budget if budget is not None else clauses
        if best is not None:
            limit = min(limit, best.weight - 1)
        draft = Growth(search, conjunction, entry.anchor, anchor, limit).best()
        if draft is not None:
            best = Near(entry, form, anchor, draft.solution(), draft.missing, clauses)
    return best


def count_clauses(conjunction: Conjunction, anchor: str) -> int:
    """How many clauses there are to hold: the anchor, required connections, conditions and expressions."""
    roles = conjunction.roles
    required = [link for link in conjunction.links if is_required(link, roles)]
    used = {anchor, *(end for link in required for end in (link.source, link.target))}
    conditions = sum(len(roles[name].where) for name in used) + sum(len(link.where) for link in required)
    more = sum(max(roles[name].least - 1, 0) for name in used if roles[name].plural)
    each = sum(len(roles[name].each) for name in used)
    whens = sum(isinstance(test, When) for test in conjunction.tests)
    return 1 + len(required) + conditions + more + each + whens
