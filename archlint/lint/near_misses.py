"""The relation ``near_misses``: patterns of which exactly one part is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from archlint.facts import Evidence, Graph, Row
from archlint.model import AddComponent, Component, Possible
from archlint.recognition import Matched, recognise
from archlint.recognition.choices import Reach
from archlint.recognition.loose import LooseEnds
from archlint.recognition.near import Near, Nearness, nearness
from archlint.rulebook import Entry, Form, Rulebook
from archlint.search import Search
from archlint.search.conjunctions import Conjunction
from archlint.vocabulary import vocabulary

LEAST = 0.8
"""The share of a pattern that has to be there."""

_TOO_COMMON = frozenset({"circuit-breaker"})
"""Patterns whose remains are everywhere, beside the generic ones: a table and a third party make no breaker."""

_TOLERANCE = 1e-9


def near_misses(graph: Graph, rulebook: Rulebook) -> Sequence[Row]:
    """A row for each component that would be the anchor of a pattern if one thing were added, the nearest pattern's."""
    search = Search(graph)
    recognition = recognise(search, rulebook)
    whole = recognition.whole
    asking = Nearness(search, LooseEnds(graph), Reach(), least=LEAST)
    best: dict[Component, Near] = {}
    for near in _all(search, rulebook, whole, recognition.possible, asking):
        if near.anchor not in best or nearness(near) > nearness(best[near.anchor]):
            best[near.anchor] = near
    known = set(graph.architecture.components)
    return [_row(near, known) for near in best.values()]


def _all(
    search: Search, rulebook: Rulebook, whole: Sequence[Matched], possible: Sequence[Possible], asking: Nearness
) -> Iterator[Near]:
    """Every near miss of what is neither part of a whole pattern nor may be the pattern itself."""
    spoken_for = {component for matched in whole for component in matched.components if not matched.entry.generic}
    undecided = {
        (pattern, id_) for one in possible for pattern in one.patterns for ids in one.roles.values() for id_ in ids
    }
    for entry in rulebook.catalog.values():
        if entry.generic or entry.status != "current" or entry.id in _TOO_COMMON:
            continue
        for anchor in _anchors(search, entry):
            if anchor in spoken_for or (entry.id, anchor.id) in undecided:
                continue
            for form in entry.forms:
                if form.suggested and _could_be(search, entry, form, anchor):
                    yield from (near for near in asking.nearest(entry, form, anchor) if _is_a_miss(near))


def _anchors(search: Search, entry: Entry) -> Iterable[Component]:
    found = (one for form in entry.forms for one in search.candidates.components(form.roles[entry.anchor]))
    return dict.fromkeys(found)


def _could_be(search: Search, entry: Entry, form: Form, anchor: Component) -> bool:
    """Whether at most one component is missing right beside the anchor: a quick look before the search."""
    return any(
        _vacant(search, conjunction, entry.anchor, anchor) <= 1
        for conjunction in search.expand(form.roles, form.clauses)
    )


def _vacant(search: Search, conjunction: Conjunction, name: str, anchor: Component) -> int:
    """How many components the required roles lack that a step ties to the anchor; all if it is none itself."""
    roles = conjunction.roles
    if anchor.type not in roles[name].types:
        return len(roles)
    vacant: dict[str, int] = {}
    for step in conjunction.steps:
        if name not in (step.source, step.target) or step.source == step.target:
            continue
        forward = step.source == name
        other = roles[step.target if forward else step.source]
        edges = search.candidates.leaving(anchor, step) if forward else search.candidates.arriving(anchor, step)
        there = {end for edge in edges if (end := edge.target if forward else edge.source).type in other.types}
        if other.required:
            vacant[other.name] = max(vacant.get(other.name, 0), max(other.least, 1) - len(there))
    return sum(vacant.values())


def _is_a_miss(near: Near) -> bool:
    return (
        len(near.words) == 1
        and near.share + _TOLERANCE >= LEAST
        and not any(isinstance(change, AddComponent) and change.type in _doors() for change in near.changes)
    )


def _doors() -> frozenset[str]:
    """What stands in front of a system: that it is not there is no part missing, but another architecture."""
    return vocabulary().members("api") | vocabulary().members("actor")


def _row(near: Near, known: set[Component]) -> Row:
    members = tuple(component for component in near.solution.components if component in known)
    edges = tuple(edge for edge in near.solution.used if edge.source in known and edge.target in known)
    values = {
        "pattern": near.entry.id,
        "name": near.entry.name,
        "service": near.anchor.service,
        "missing": near.words[0],
    }
    return Row(values, component=near.anchor, key=near.entry.id, evidence=Evidence((near.anchor, *members), edges))
