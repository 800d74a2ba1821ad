"""Where one catalog entry matches: at most one match for each anchor."""

from __future__ import annotations

from collections.abc import Iterator

from archlint.model import Component, Match
from archlint.model.record import replace
from archlint.model.tuples import NamedTuple
from archlint.pattern.truth import Truth, negated
from archlint.rulebook import Entry, Form
from archlint.search import Search, Solution


class Matched(NamedTuple):
    """A form of an entry found at an anchor; ``solution.truth`` None means that an unknown value decides."""

    entry: Entry
    form: Form
    anchor: Component
    solution: Solution

    @property
    def place(self) -> tuple[str, Component]:
        """What tells it from other matches: the pattern and the anchor."""
        return self.entry.id, self.anchor

    @property
    def components(self) -> tuple[Component, ...]:
        """Every component the match binds."""
        return self.solution.components

    def as_match(self) -> Match:
        """The match as it is reported."""
        roles = {name: ids for name in self.form.roles if (ids := _ids(self.solution, name))}
        return Match(
            self.entry.id,
            self.form.variant,
            self.anchor.service,
            self.anchor.id,
            roles,
            self.solution.confidence,
            self.form.because,
            tuple(self.entry.siblings.items()),
        )


def _ids(solution: Solution, role: str) -> tuple[str, ...]:
    return tuple(component.id for component in solution.members(role))


def match_entry(entry: Entry, search: Search) -> Iterator[Matched]:
    """The entry's matches in the order of their anchors: the first form that matches, else the first that may."""
    found: dict[Component, Matched] = {}
    for form in entry.forms:
        role = form.roles[entry.anchor]
        for anchor in search.candidates.components(role):
            known = found.get(anchor)
            if known is not None and known.solution.truth is True:
                continue
            solution = match_form(entry, form, anchor, search)
            if solution is not None and (known is None or solution.truth is True):
                found[anchor] = Matched(entry, form, anchor, solution)
    yield from (found[anchor] for anchor in search.candidates.in_order(found))


def match_form(entry: Entry, form: Form, anchor: Component, search: Search) -> Solution | None:
    """The first certain way to match the form at an anchor, else the first possible one."""
    role = form.roles[entry.anchor]
    fits = search.candidates.fits(anchor, role) if anchor.type in role.types else False
    if fits is False:
        return None
    outer = Solution({entry.anchor: anchor})
    possible = None
    for solution in search.solutions(form.roles, form.clauses, outer):
        truth = _whole(form, solution, search, fits)
        if truth is True:
            return solution
        if truth is None and possible is None:
            possible = replace(solution, truth=None)
    return possible


def _whole(form: Form, solution: Solution, search: Search, fits: Truth) -> Truth:
    truth: Truth = True if fits is True and solution.truth is True else None
    for exemption in form.exemptions:
        allowed = negated(search.truth(form.roles, exemption.clauses, solution))
        if allowed is False:
            return False
        if allowed is None:
            truth = None
    return truth
