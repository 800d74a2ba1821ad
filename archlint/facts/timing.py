"""How long a caller waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.model import Connection, Value

if TYPE_CHECKING:
    from archlint.facts.graph import Graph


def patience(graph: Graph, connection: Connection) -> Value:
    """Seconds the source waits for the answer: the connection's own ``timeout``, else the source's; None if neither."""
    own = connection.properties.get("timeout")
    return own if own is not None else graph.component_value(connection.source, "timeout")
