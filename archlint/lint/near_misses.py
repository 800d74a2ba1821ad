"""The relation ``near_misses``: patterns of which exactly one part is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from archlint.facts import Evidence, Graph, Row
from archlint.model import AddComponent, AddConnection, Component
from archlint.recognition import recognise
from archlint.recognition.choices import Reach
from archlint.recognition.loose import LooseEnds
from archlint.recognition.matching import match_form
from archlint.recognition.near import Near, Nearness, nearness
from archlint.recognition.recognise import Recognition
from archlint.rulebook import Entry, Form, Rulebook
from archlint.rulebook.sketches import nearby
from archlint.search import Search, Solution
from archlint.vocabulary import vocabulary

LEAST = 0.8
"""The share of a pattern that has to be there."""

_TOO_COMMON = frozenset({"circuit-breaker"})
"""Patterns whose remains are everywhere, beside the generic ones: a table and a third party make no breaker."""

_TOLERANCE = 1e-9


def near_misses(graph: Graph, rulebook: Rulebook) -> Sequence[Row]:
    """A row for each component that would be the anchor of a pattern if one thing were added, the nearest pattern's.

    Most components are nowhere near a pattern that they do not follow: that is seen at once, and costs nothing more.
    """
    search = Search(graph, expanded=rulebook.expanded)
    places = [
        (rulebook.catalog[id_], anchors)
        for id_, anchors in nearby(graph.architecture, rulebook.sketches, LEAST)
        if id_ not in _TOO_COMMON
    ]
    found = list(_all(search, places))
    if not found:
        return ()
    may_be = _Recognised(recognise(search, rulebook))
    best: dict[Component, Near] = {}
    for near in found:
        if may_be.new(near) and (near.anchor not in best or nearness(near) > nearness(best[near.anchor])):
            best[near.anchor] = near
    known = set(graph.architecture.components)
    return [_row(near, known) for near in best.values()]


def _all(search: Search, places: Sequence[tuple[Entry, Mapping[Component, Mapping[int, float]]]]) -> Iterator[Near]:
    """Every near miss at what is no part of a whole pattern that has been looked for."""
    whole: set[Component] = set()
    open_: list[tuple[Entry, Component, Mapping[int, float]]] = []
    for entry, anchors in places:
        for anchor, shares in anchors.items():
            matches = (
                _match(entry, entry.forms[place], anchor, search) for place, share in shares.items() if share >= 1
            )
            match = next(filter(None, matches), None)
            if match is None:
                open_.append((entry, anchor, shares))
            else:
                whole.update(match.components)
    asking = Nearness(search, LooseEnds(search.graph), Reach(joins=False), least=LEAST)
    for entry, anchor, shares in open_:
        if anchor not in whole:
            for place in shares:
                if (form := entry.forms[place]).suggested:
                    yield from (
                        near
                        for near in asking.nearest(entry, form, anchor)
                        if _is_a_miss(near) and not near.adds_a_purpose(search.graph)
                    )


def _match(entry: Entry, form: Form, anchor: Component, search: Search) -> Solution | None:
    found = match_form(entry, form, anchor, search)
    return found if found is not None and found.truth is True else None


class _Recognised:
    """What is there whole, or may be."""

    def __init__(self, recognition: Recognition) -> None:
        self._taken = {one for match in recognition.whole for one in match.components if not match.entry.generic}
        self._undecided = {
            (pattern, id_)
            for one in recognition.possible
            for pattern in one.patterns
            for ids in one.roles.values()
            for id_ in ids
        }

    def new(self, near: Near) -> bool:
        """Whether the anchor is neither part of a whole pattern nor may be the pattern itself."""
        return near.anchor not in self._taken and (near.entry.id, near.anchor.id) not in self._undecided


def _is_a_miss(near: Near) -> bool:
    """Whether one component or property is missing, and not just a connection between what has its own business."""
    return (
        len(near.words) == 1
        and near.share + _TOLERANCE >= LEAST
        and any(not isinstance(change, AddConnection) for change in near.changes)
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
