"""How often two services call each other and wait."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from archlint.facts.fact import Evidence
from archlint.facts.relation import Row
from archlint.model import UNKNOWN, Component, Connection, Style, Value

if TYPE_CHECKING:
    from archlint.facts.graph import Graph

_TARGETS = ("function", "api", "external_system", "workflow")


def pairs(graph: Graph) -> Sequence[Row]:
    """A row for each two services with synchronous calls between them: ``calls`` one way, ``back`` the other.

    ``service`` is the one that calls more, the first in the file where both call as often. The calls of an aggregator
    are left out: to ask several interfaces at once is what it is for.
    """
    found: dict[tuple[str, str], list[Connection]] = {}
    for edge in graph.architecture.connections:
        source, target = edge.source.service, edge.target.service
        if source is None or target is None or source == target or not _is_call(edge):
            continue
        if not _aggregates(graph, edge.source):
            found.setdefault((source, target), []).append(edge)
    order = list(graph.architecture.services)
    rows = []
    for (source, target), calls in found.items():
        back = found.get((target, source), [])
        if (len(calls), -order.index(source)) < (len(back), -order.index(target)):
            continue
        rows.append(_row(source, target, calls, back))
    return rows


def _is_call(edge: Connection) -> bool:
    return edge.style is Style.SYNC and edge.action in {"invoke", "orchestrate"}


def _aggregates(graph: Graph, function: Component) -> bool:
    """Whether the function says so, or may, or stands behind an API and asks two interfaces or more."""
    if graph.component_value(function, "aggregates") in (True, UNKNOWN):
        return True
    targets = frozenset().union(*(graph.vocabulary.members(group) for group in _TARGETS))
    apis = graph.vocabulary.members("api")
    asked = {edge.target for edge in graph.outgoing(function) if _is_call(edge) and edge.target.type in targets}
    fronted = any(_is_call(edge) and edge.source.type in apis for edge in graph.incoming(function))
    return fronted and len(asked) >= 2


def _row(service: str, other: str, calls: Sequence[Connection], back: Sequence[Connection]) -> Row:
    edges = (*calls, *back)
    components = tuple(dict.fromkeys(end for edge in edges for end in (edge.source, edge.target)))
    values: dict[str, Value] = {"service": service, "other": other, "calls": len(calls), "back": len(back)}
    return Row(values, service=service, key=other, evidence=Evidence(components, edges))
