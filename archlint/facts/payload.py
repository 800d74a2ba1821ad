"""The largest message that a connection carries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.model import UNKNOWN, Connection, Style, Value, is_unknown

if TYPE_CHECKING:
    from archlint.facts.graph import Graph

KB, MB = 1024, 1024 * 1024

INTO = {
    "eventbridge_bus": MB,
    "kinesis": MB,
    "step_functions": 256 * KB,
    "websocket_api": 128 * KB,
    "rest_api": 10 * MB,
    "http_api": 10 * MB,
}
"""What a target of the type takes.

https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html"""
OUT_OF = {"step_functions": 256 * KB, "websocket_api": 128 * KB, "rest_api": 10 * MB, "http_api": 10 * MB}
"""What a source of the type hands on."""
ITEM = 400 * KB
"""https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html"""
INVOKED, EVENT, BEHIND_A_BALANCER = 6 * MB, MB, MB
"""https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"""


def payload_limit(graph: Graph, edge: Connection) -> Value:
    """The bytes that fit into one message of the connection; None if nothing limits them, unknown if a limit is."""
    limits = [limit for limit in _limits(graph, edge) if limit is not None]
    known = [limit for limit in limits if isinstance(limit, int | float)]
    return UNKNOWN if any(is_unknown(limit) for limit in limits) else min(known, default=None)


def _limits(graph: Graph, edge: Connection) -> Iterator[Value]:
    source, target = edge.source, edge.target
    yield INTO.get(target.type)
    yield OUT_OF.get(source.type)
    if target.type == "dynamodb" and edge.action != "read":
        yield ITEM
    if target.type in {"sqs", "sns"}:
        yield graph.component_value(target, "max_message_size")
    if source.type in {"sqs", "sns"} and edge.style is Style.ASYNC and edge.action in {"poll", "deliver"}:
        yield graph.component_value(source, "max_message_size")
    if target.type in graph.vocabulary.members("function"):
        yield from _invocation(graph, edge)


def _invocation(graph: Graph, edge: Connection) -> Iterator[Value]:
    if edge.action == "poll":
        return
    if edge.source.type == "alb":
        yield BEHIND_A_BALANCER
    if edge.style is Style.ASYNC or edge.properties.get("async_invocation") is True:
        yield EVENT
    elif edge.style is Style.SYNC and graph.component_value(edge.source, "streaming") is not True:
        yield INVOKED
