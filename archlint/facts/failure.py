"""Where failures go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.model import Component, Style

if TYPE_CHECKING:
    from archlint.facts.graph import Graph


def dead_letter(graph: Graph, queue: Component) -> bool:
    """Whether failures end in the queue: it is the target of an error connection."""
    return any(edge.style is Style.ERROR for edge in graph.incoming(queue))
