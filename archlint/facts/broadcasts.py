"""What a function tells other services one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from archlint.facts.fact import Evidence
from archlint.facts.relation import Row
from archlint.model import Component, Connection, Style

if TYPE_CHECKING:
    from archlint.facts.graph import Graph

_TOLD = ("function", "queue", "workflow", "api")


def broadcasts(graph: Graph) -> Sequence[Row]:
    """A row for each function and event: whom it ``told``, how many ``targets`` in how many other ``services``.

    Messages without an ``event`` are one row. What goes to one of several targets, or to many instances, tells nobody.
    """
    functions = graph.vocabulary.members("function")
    told = frozenset().union(*(graph.vocabulary.members(group) for group in _TOLD))
    found: dict[tuple[Component, str | None], list[Connection]] = {}
    for edge in graph.architecture.connections:
        if edge.source.type in functions and edge.target.type in told and _tells(edge):
            event = edge.properties.get("event")
            if event is None or isinstance(event, str):
                found.setdefault((edge.source, event), []).append(edge)
    return [_row(function, event, edges) for (function, event), edges in found.items()]


def _tells(edge: Connection) -> bool:
    service, other = edge.source.service, edge.target.service
    return (
        edge.style is Style.ASYNC
        and edge.action in {"invoke", "send"}
        and None not in {service, other}
        and service != other
        and edge.properties.get("mode") in {None, "all"}
        and "instances" not in edge.properties
    )


def _row(function: Component, event: str | None, edges: Sequence[Connection]) -> Row:
    targets = tuple(dict.fromkeys(edge.target for edge in edges))
    values = {
        "event": event,
        "told": tuple(target.id for target in targets),
        "targets": len(targets),
        "services": len({target.service for target in targets}),
    }
    return Row(values, component=function, key=event or "", evidence=Evidence((function, *targets), tuple(edges)))
