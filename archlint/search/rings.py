"""The cycles of a graph, of components or of services.

Which cycle of a knot is told depends on names alone, so that another order of the file tells the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from archlint.facts import Graph
from archlint.facts.cycles import knots, shortest_through
from archlint.facts.onward import UNMARKED, Mark, leads_on, mark
from archlint.model import Component, Connection
from archlint.pattern.terms import Cycle, Role
from archlint.search.candidates import Candidates
from archlint.vocabulary import vocabulary

N = TypeVar("N")
_State = tuple[Component, Mark]
Ring = tuple[tuple[Component, ...], tuple[Connection, ...]]


def rings(graph: Graph, candidates: Candidates, cycle: Cycle) -> list[Ring]:
    """One cycle for each knot: its members, the first in file order first, and the connections between them."""
    hops = list(_hops(graph, candidates, cycle))
    return _of_services(graph, hops) if cycle.of_services else _of_components(graph, hops)


def _hops(graph: Graph, candidates: Candidates, cycle: Cycle) -> Iterator[Connection]:
    """The connections that a cycle may use; what is unknown does not count as a hop."""
    drops = [Role(cycle.name, cycle.through, cycle.name, where) for where in cycle.without]
    passable: dict[Component, bool] = {}

    def passes(component: Component) -> bool:
        if component not in passable:
            dropped = any(candidates.fits(component, drop) is not False for drop in drops)
            passable[component] = component.type in cycle.through and not dropped
        return passable[component]

    for edge in graph.architecture.connections:
        if not any(arrow.admits(edge.style, edge.action) for arrow in cycle.arrows):
            continue
        dropped = any(candidates.suits(edge, where) is not False for where in cycle.without_connections)
        if not dropped and passes(edge.source) and passes(edge.target):
            yield edge


def _of_components(graph: Graph, hops: Sequence[Connection]) -> list[Ring]:
    outgoing: dict[Component, list[Connection]] = {}
    for edge in hops:
        outgoing.setdefault(edge.source, []).append(edge)
    nodes = sorted(outgoing, key=graph.architecture.order.__getitem__)
    for following in outgoing.values():
        following.sort(key=lambda edge: edge.target.id)
    within = {node: [edge.target for edge in following] for node, following in outgoing.items()}
    found: list[Ring] = []
    for members in knots(nodes, within):  # most systems have none, and are done here
        found += _of_knot(graph, members, outgoing)
    found.sort(key=lambda ring: (len(ring[0]) > 1, graph.architecture.order[ring[0][0]]))
    return found


def _of_knot(graph: Graph, members: Sequence[Component], outgoing: Mapping[Component, list[Connection]]) -> list[Ring]:
    """The rings of one knot, in which each hop leads on to the next: where one goes in, not everything comes out."""
    inside = set(members)
    states: list[_State] = [(member, UNMARKED) for member in members]
    known = set(states)
    hops: dict[tuple[_State, _State], Connection] = {}
    successors: dict[_State, list[_State]] = {}
    for state in states:  # which grows meanwhile
        component, entered = state
        for edge in outgoing[component]:
            if edge.target in inside and leads_on(graph, entered, edge):
                following = (edge.target, mark(graph, edge, entered))
                if (state, following) not in hops:
                    hops[state, following] = edge
                    successors.setdefault(state, []).append(following)
                if following not in known:
                    known.add(following)
                    states.append(following)
    found: list[Ring] = []
    for state in states:
        if (state, state) in hops:  # a ring by itself, whatever others it is in
            found.append(((state[0],), (hops[state, state],)))
            successors[state].remove(state)
    workers = vocabulary().members("compute")  # what runs is told before what only hands on
    for knot in knots(states, successors):
        start = min(knot, key=lambda state: (state[0].type not in workers, state[0].id))
        ring = _turned(shortest_through(start, knot, successors), lambda state: graph.architecture.order[state[0]])
        connections = tuple(hops[pair] for pair in zip(ring, [*ring[1:], ring[0]], strict=True))
        found.append((tuple(dict.fromkeys(component for component, _ in ring)), connections))
    return found


def _of_services(graph: Graph, hops: Sequence[Connection]) -> list[Ring]:
    edges: dict[tuple[str, str], Connection] = {}
    successors: dict[str, list[str]] = {}
    for edge in hops:
        source, target = edge.source.service, edge.target.service
        if source is None or target is None or source == target or (source, target) in edges:
            continue
        edges[source, target] = edge
        successors.setdefault(source, []).append(target)
    names = [name for name in graph.architecture.services if name in successors]
    places = {name: place for place, name in enumerate(names)}
    found = []
    for following in successors.values():
        following.sort()
    for members in knots(names, successors):
        ring = _turned(shortest_through(min(members), members, successors), places.__getitem__)
        connections = tuple(edges[pair] for pair in zip(ring, [*ring[1:], ring[0]], strict=True))
        found.append((tuple(edge.source for edge in connections), connections))
    return found


def _turned(ring: list[N], place: Callable[[N], int]) -> list[N]:
    """The ring from its first member in file order on."""
    first = ring.index(min(ring, key=place))
    return [*ring[first:], *ring[:first]]
