"""The rules of event buses: those that are components, and those that connections of a bus name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from archlint.facts.fact import Evidence
from archlint.facts.relation import Row
from archlint.model import Component, Connection

if TYPE_CHECKING:
    from archlint.facts.graph import Graph


def event_rules(graph: Graph) -> Sequence[Row]:
    """A row for each ``rule`` of a classic bus, by name, with how many ``targets`` it delivers to."""
    found: dict[tuple[Component, str], list[Connection]] = {}
    for edge in graph.architecture.connections:
        name = _rule(graph, edge)
        if name is not None and _is_classic(graph, edge.source):
            found.setdefault((edge.source, name), []).append(edge)
    return [_row(source, name, edges) for (source, name), edges in found.items()]


def _rule(graph: Graph, edge: Connection) -> str | None:
    if edge.action != "deliver":
        return None
    if edge.source.type == "eventbridge_rule":
        return edge.source.id
    name = edge.properties.get("rule")
    return name if edge.source.type in graph.vocabulary.members("bus") and isinstance(name, str) else None


def _is_classic(graph: Graph, source: Component) -> bool:
    """Whether neither the rule nor its bus is, or may be, of the kind whose subscribers have one target each."""
    buses = [edge.source for edge in graph.incoming(source) if edge.source.type in graph.vocabulary.members("bus")]
    return all(graph.component_value(one, "version") in {None, "classic"} for one in (source, *buses))


def _row(source: Component, name: str, edges: Sequence[Connection]) -> Row:
    components = (source, *(edge.target for edge in edges))
    return Row(
        {"rule": name, "targets": len(edges)}, component=source, key=name, evidence=Evidence(components, tuple(edges))
    )
