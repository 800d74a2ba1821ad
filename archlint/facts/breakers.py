"""What a circuit breaker lacks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from archlint.model import Connection, Value

if TYPE_CHECKING:
    from archlint.facts.graph import Graph

PARTS = ("failure_threshold", "open_timeout", "half_open", "backoff")


def breaker_lacks(graph: Graph, connection: Connection) -> Value:
    """The parts that a described breaker leaves out; None where none is described, or something else looks after it."""
    del graph
    breaker = connection.properties.get("breaker")
    if not isinstance(breaker, Mapping) or "managed_by" in breaker:
        return None
    return tuple(part for part in PARTS if breaker.get(part) in {None, False})
