"""What a function cannot reach: in a VPC, and from outside of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.provenance import imported
from archlint.model import UNKNOWN, Component, Confidence, Connection, Style, Value, is_unknown

if TYPE_CHECKING:
    from archlint.facts.graph import Graph

_PUBLIC = (
    "function",
    "sqs",
    "topic",
    "bus",
    "kinesis",
    "firehose",
    "workflow",
    "dynamodb",
    "s3",
    "s3_vectors",
    "s3_tables",
    "timestream",
    "athena",
    "config",
    "bedrock",
    "ses",
    "identity",
)
"""What has a public address of AWS that an endpoint in the VPC can stand in for."""
_PRIVATE = ("connection_limited", "elasticache", "memorydb", "dax", "efs", "rds_proxy")
"""What has an address in a VPC, unless it says otherwise."""
_GATEWAYS = ("rest_api", "http_api", "websocket_api", "appsync", "function_url")


def stranded(graph: Graph, edge: Connection) -> Value:
    """Whether a function in a VPC calls something outside of it while nothing described leads out.

    False where no network is described at all, where there is a NAT gateway, or an endpoint that serves the target's
    type or does not say what it serves. https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html
    """
    if edge.style is Style.ERROR or edge.action in {"authorize", "observe"}:
        return False
    if edge.source.type not in graph.vocabulary.members("function") or not _leads_out(graph, edge.target):
        return False
    by_type = graph.architecture.by_type
    if "nat" in by_type or not _is_described(graph, edge.source):
        return False
    inside = graph.component_value(edge.source, "vpc")
    if inside is not True:
        return UNKNOWN if is_unknown(inside) else False
    return _unserved(graph, edge.target)


def refuted(graph: Graph, edge: Connection) -> bool:
    """Whether a connection is a guess that cannot be true: no network leads from its function to its target.

    A role that several functions share, or a permission for everything, says of none of them that it connects. What is
    not known refutes nothing. https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
    """
    if edge.confidence is not Confidence.GUESS or edge.source.type not in graph.vocabulary.members("function"):
        return False
    private = frozenset().union(*(graph.vocabulary.members(name) for name in _PRIVATE))
    if edge.target.type not in private or graph.connection_value(edge, "via") is not None:
        return False
    outside = [graph.component_value(edge.source, name) is False for name in ("vpc", "managed_instances")]
    inside = [graph.component_value(edge.target, name) in (None, False) for name in ("public", "data_api")]
    return all((*outside, *inside))


def _is_described(graph: Graph, function: Component) -> bool:
    """Whether the network is described; code with an endpoint alone is about somebody else's VPC, and its ways out."""
    by_type = graph.architecture.by_type
    if imported(graph, function):
        return "vpc" in by_type
    return any(type_ in by_type for type_ in graph.vocabulary.members("network"))


def _leads_out(graph: Graph, target: Component) -> bool:
    public = frozenset().union(*(graph.vocabulary.members(name) for name in (*_PUBLIC, "external_system")))
    return target.type in public or (target.type in _GATEWAYS and graph.component_value(target, "private") is not True)


def _unserved(graph: Graph, target: Component) -> Value:
    """Whether no endpoint serves the target; unknown if one may."""
    unserved: Value = True
    if target.type in graph.vocabulary.members("external_system"):
        return unserved
    for endpoint in graph.architecture.by_type.get("vpc_endpoint", ()):
        serves = graph.component_value(endpoint, "serves")
        if is_unknown(serves):
            unserved = UNKNOWN
        elif serves is None or not isinstance(serves, tuple) or target.type in serves:
            return False
    return unserved
