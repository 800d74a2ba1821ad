"""How connected a component is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.model import UNKNOWN, Component, Value

if TYPE_CHECKING:
    from archlint.facts.graph import Graph


def degree(graph: Graph, component: Component) -> Value:
    """How many connections start or end at a component; one to itself counts twice, an alarm that watches not.

    Unknown where there is none and the code refers to the component all the same: something uses it.
    """
    edges = (*graph.outgoing(component), *graph.incoming(component))
    count = sum(edge.action != "observe" for edge in edges)
    return UNKNOWN if count == 0 and component.mentioned else count
