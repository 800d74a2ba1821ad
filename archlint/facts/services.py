"""How large a service is, and into how many parts it falls that have nothing to do with each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from archlint.facts.fact import Evidence
from archlint.facts.relation import Row
from archlint.model import Component, Style, Value, is_unknown

if TYPE_CHECKING:
    from archlint.facts.graph import Graph

_BESIDE = ("alarm", "config", "network", "cloudwatch_logs", "log_subscription")
"""What accompanies a service and does not make it larger."""


def sizes(graph: Graph) -> Sequence[Row]:
    """A row for each service: ``functions`` (those of one ``group`` count once), ``stores``, ``components``, ``parts``.

    A part is what hangs together by connections, has a function and a store; ``part_names`` are its first members'.
    """
    return [_row(graph, name, members) for name in graph.architecture.services if (members := _members(graph, name))]


def _members(graph: Graph, service: str) -> list[Component]:
    beside = frozenset().union(*(graph.vocabulary.members(group) for group in _BESIDE))
    return [
        component
        for component in graph.architecture.by_service.get(service, ())
        if component.type not in beside and component.properties.get("external") is not True
    ]


def _row(graph: Graph, service: str, members: Sequence[Component]) -> Row:
    functions = [member for member in members if member.type in graph.vocabulary.members("function")]
    groups = {_group(graph, function) for function in functions}
    parts = _parts(graph, members)
    values: dict[str, Value] = {
        "service": service,
        "functions": len(groups),
        "stores": sum(member.type in graph.vocabulary.members("store") for member in members),
        "components": len(members),
        "parts": len(parts),
        "part_names": tuple(part[0].name for part in parts),
    }
    return Row(values, service=service, evidence=Evidence(tuple(members)))


def _group(graph: Graph, function: Component) -> str:
    """What a function counts as; those of which the group is not known may all be one."""
    group = graph.component_value(function, "group")
    return "unknown" if is_unknown(group) else str(group) if group is not None else function.id


def _parts(graph: Graph, members: Sequence[Component]) -> list[list[Component]]:
    """The parts, each in file order; stores outside every service hold together what uses them."""
    inside = set(members)
    stores, functions = graph.vocabulary.members("store"), graph.vocabulary.members("function")
    leader: dict[Component, Component] = {}
    for member in members:
        for edge in (*graph.outgoing(member), *graph.incoming(member)):
            if edge.style is Style.ERROR or edge.action == "observe":
                continue
            ends = (edge.source, edge.target)
            if all(end in inside or (end.service is None and end.type in stores) for end in ends):
                leader[_lead(leader, edge.source)] = _lead(leader, edge.target)
    groups: dict[Component, list[Component]] = {}
    for member in members:
        groups.setdefault(_lead(leader, member), []).append(member)
    return [group for group in groups.values() if _has(group, stores) and _has(group, functions)]


def _lead(leader: dict[Component, Component], component: Component) -> Component:
    """The representative of a component's group; paths are halved on the way."""
    while (above := leader.get(component, component)) is not component:
        leader[component] = component = leader.get(above, above)
    return component


def _has(group: Iterable[Component], types: frozenset[str]) -> bool:
    return any(member.type in types for member in group)
