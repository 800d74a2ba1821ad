"""How a function is invoked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from archlint.model import UNKNOWN, Component, Connection, Style, Value, is_unknown

if TYPE_CHECKING:
    from archlint.facts.graph import Graph


def pushed(graph: Graph, function: Component) -> Value:
    """Whether something invokes the function asynchronously, so that Lambda queues and retries the event.

    A poller invokes synchronously, a workflow handles failures itself, an alarm watches.
    https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html
    """
    edges = graph.incoming(function)
    return any(is_push(edge) for edge in edges) or _unsaid(edges)


def polled(graph: Graph, function: Component) -> bool:
    """Whether an event source mapping reads a queue or stream for the function."""
    return any(edge.action == "poll" for edge in graph.incoming(function))


def called(graph: Graph, function: Component) -> Value:
    """Whether something invokes the function and waits for its answer."""
    edges = [edge for edge in graph.incoming(function) if edge.style is Style.SYNC and edge.action != "observe"]
    return any(edge.properties.get("async_invocation") in (None, False) for edge in edges) or _unsaid(edges)


def _unsaid(edges: Iterable[Connection]) -> Value:
    """Unknown where a caller may or may not wait, else False."""
    return UNKNOWN if any(is_unknown(edge.properties.get("async_invocation")) for edge in edges) else False


def is_push(edge: Connection) -> bool:
    """Whether a connection to a function is an asynchronous invocation of it."""
    if edge.style is Style.ERROR:
        return False
    if edge.style is Style.SYNC:
        return edge.properties.get("async_invocation") is True
    return edge.action not in {"poll", "observe", "orchestrate"}
