"""The patterns of a whole architecture: matched, subsumed, ambiguous."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from archlint.model import Architecture, Component, Possible, is_unknown
from archlint.model.tuples import NamedTuple
from archlint.pattern.terms import When
from archlint.recognition.matching import Matched, match_entry
from archlint.rulebook import Ambiguity, Entry, Form, Rulebook
from archlint.search import Search, Solution


class Contained(NamedTuple):
    """A whole pattern that is a part of a larger one."""

    matched: Matched
    within: Matched


class Recognition(NamedTuple):
    """``matched`` are whole patterns, ``contained`` those inside them, ``possible`` is what the input cannot settle.

    Of what is possible, ``undecided`` are the patterns that only an unknown value keeps from being whole.
    """

    matched: tuple[Matched, ...]
    possible: tuple[Possible, ...]
    contained: tuple[Contained, ...] = ()
    undecided: tuple[Matched, ...] = ()

    @property
    def whole(self) -> tuple[Matched, ...]:
        """Every whole pattern, part of another or not."""
        return (*self.matched, *(one.matched for one in self.contained))


def recognise(search: Search, rulebook: Rulebook) -> Recognition:
    """Match every entry of the catalog, in file order of the anchors."""
    found = [matched for entry in rulebook.catalog.values() for matched in match_entry(entry, search)]
    certain = [matched for matched in found if matched.solution.truth is True]
    hiders = _hiders(certain)
    kept = [matched for matched in certain if matched.place not in hiders]
    contained = [Contained(matched, hiders[matched.place]) for matched in certain if matched.place in hiders]
    order = search.graph.architecture.order
    kept.sort(key=lambda matched: (order[matched.anchor], matched.entry.id))
    undecided = list(_undecided(found, certain))
    possible = [*(_possible(search, matched) for matched in undecided), *_ambiguous(search, rulebook, certain)]
    return Recognition(tuple(kept), tuple(possible), tuple(contained), tuple(undecided))


def _hiders(found: Sequence[Matched]) -> dict[tuple[str, Component], Matched]:
    """By pattern and anchor, the match that contains the pattern and binds the anchor."""
    hiders: dict[tuple[str, Component], Matched] = {}
    for matched in found:
        for pattern in matched.entry.hides:
            for component in matched.components:
                hiders.setdefault((pattern, component), matched)
    return hiders


def _undecided(found: Iterable[Matched], certain: Sequence[Matched]) -> Iterator[Matched]:
    """What an unknown value keeps from being a match, unless something as specific matches there for certain."""
    taken = {component for matched in certain for component in matched.components}
    settled = {component for matched in certain if not _is_common(matched.entry) for component in matched.components}
    for matched in found:
        if matched.solution.truth is not True and matched.anchor not in (taken if matched.entry.generic else settled):
            yield matched


def _is_common(entry: Entry) -> bool:
    """Whether an entry says little about what else may be there: other patterns contain it, or it lies over them."""
    return entry.generic or entry.overlay


def _possible(search: Search, matched: Matched) -> Possible:
    match = matched.as_match()
    asked = _asked_of(search, matched.form)
    return Possible((match.pattern,), match.service, match.roles, _hint(matched.solution, asked))


def _asked_of(search: Search, form: Form) -> frozenset[str]:
    """The properties that decide whether a form matches."""
    asked = {name for role in form.roles.values() for name, _ in role.where}
    for clauses in (form.clauses, *(exemption.clauses for exemption in form.exemptions)):
        for part in search.expand(form.roles, clauses):
            asked.update(name for role in part.roles.values() for name, _ in role.where)
            asked.update(name for link in part.links for name, _ in link.where)
            asked.update(
                name for test in part.tests if isinstance(test, When) for _, name in test.expression.attributes
            )
    return frozenset(asked)


def _hint(solution: Solution, asked: Collection[str]) -> str:
    """What to say about unknown values: those asked of, or all if a fact hides which."""
    values = [
        (name, component.id, value) for component in solution.components for name, value in component.properties.items()
    ]
    values += [
        (name, f"{edge.source.id} {edge.style.arrow} {edge.target.id}", value)
        for edge in dict.fromkeys(solution.used)
        for name, value in edge.properties.items()
    ]
    unknown = [(name, whose) for name, whose, value in values if is_unknown(value)]
    told = [f"`{name}` of {whose}" for name, whose in [pair for pair in unknown if pair[0] in asked] or unknown]
    return f"say what {' and '.join(told)} is" if told else "a value is unknown"


def _ambiguous(search: Search, rulebook: Rulebook, certain: Sequence[Matched]) -> Iterator[Possible]:
    taken = {(matched.entry.id, component) for matched in certain for component in matched.components}
    for entry in rulebook.catalog.values():
        for ambiguity in entry.ambiguities:
            for anchor in search.candidates.components(ambiguity.roles[entry.anchor]):
                if any((pattern, anchor) in taken for pattern in ambiguity.patterns):
                    continue
                solution = _holds(search, entry, ambiguity, anchor)
                if solution is not None:
                    yield Possible(ambiguity.patterns, anchor.service, _roles(solution), ambiguity.hint)


def _holds(search: Search, entry: Entry, ambiguity: Ambiguity, anchor: Component) -> Solution | None:
    if search.candidates.fits(anchor, ambiguity.roles[entry.anchor]) is False:
        return None
    for solution in search.solutions(ambiguity.roles, ambiguity.clauses, Solution({entry.anchor: anchor}), strict=True):
        exempt = any(
            search.truth(ambiguity.roles, exemption.clauses, solution) is not False
            for exemption in ambiguity.exemptions
        )
        if not exempt:
            return solution
    return None


def _roles(solution: Solution) -> dict[str, tuple[str, ...]]:
    return {name: ids for name in solution.roles if (ids := tuple(member.id for member in solution.members(name)))}


def claims(architecture: Architecture) -> Iterator[tuple[str, str]]:
    """Every ``(service, pattern)`` that a description claims."""
    for service in architecture.services.values():
        for pattern in service.patterns:
            yield service.name, pattern
