"""The cycles of a graph, of components or of services.

Which cycle of a knot is told depends on names alone, so that another order of the file tells the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from archlint.facts import Graph
from archlint.facts.cycles import knots, shortest_through
from archlint.model import Component, Connection
from archlint.pattern.terms import Cycle, Role
from archlint.search.candidates import Candidates

N = TypeVar("N")
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
    edges: dict[tuple[Component, Component], Connection] = {}
    successors: dict[Component, list[Component]] = {}
    for edge in hops:
        if (edge.source, edge.target) not in edges:
            edges[edge.source, edge.target] = edge
            successors.setdefault(edge.source, []).append(edge.target)
    nodes = sorted(successors, key=graph.architecture.order.__getitem__)
    found: list[Ring] = []
    for following in successors.values():
        following.sort(key=lambda component: component.id)
    for member in nodes:
        if (member, member) in edges:  # a ring by itself, whatever others it is in
            found.append(((member,), (edges[member, member],)))
            successors[member].remove(member)
    for members in knots(nodes, successors):
        start = min(members, key=lambda component: component.id)
        ring = _turned(shortest_through(start, members, successors), graph.architecture.order.__getitem__)
        pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
        found.append((tuple(ring), tuple(edges[pair] for pair in pairs)))
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
