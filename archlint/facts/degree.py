"""How connected a component is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.model import Component

if TYPE_CHECKING:
    from archlint.facts.graph import Graph


def degree(graph: Graph, component: Component) -> int:
    """How many connections start or end at a component; one to itself counts twice, an alarm that watches not."""
    edges = (*graph.outgoing(component), *graph.incoming(component))
    return sum(edge.action != "observe" for edge in edges)
