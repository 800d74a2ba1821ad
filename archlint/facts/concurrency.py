"""How many instances of a function may run at once, and how many connections a database is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from archlint.facts.fact import Evidence
from archlint.facts.invocation import is_push
from archlint.model import UNKNOWN, Component, Connection, Style, Value, is_unknown

if TYPE_CHECKING:
    from archlint.facts.graph import Graph

BATCHES_PER_POLLER = 10
"""Concurrent invocations of one provisioned SQS poller.

https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html"""

_ACCESS = frozenset({"read", "write", "read_write", "invoke"})
_ADMIN_SHARE = 0.1


def ceiling(graph: Graph, function: Component) -> Value:
    """The most instances that may run at once; None if nothing limits them, unknown if a limit is not known.

    The least of the function's reserved concurrency and, where nothing but pollers invokes it, the sum of what its
    event source mappings allow.
    """
    reserved = graph.component_value(function, "reserved_concurrency")
    return _least((reserved, _mapped(graph, function)))


def _mapped(graph: Graph, function: Component) -> Value:
    triggers = [edge for edge in graph.incoming(function) if edge.style is not Style.ERROR and edge.action != "observe"]
    mappings = [edge for edge in triggers if edge.action == "poll"]
    if not mappings or len(mappings) != len(triggers) or any(is_push(edge) for edge in triggers):
        return None
    return _total(mapping_ceiling(graph, edge) for edge in mappings)


def mapping_ceiling(graph: Graph, mapping: Connection) -> Value:
    """The most batches one event source mapping runs at once; None if nothing limits it.

    https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
    """
    if mapping.source.type == "kinesis":
        if graph.component_value(mapping.source, "mode") == "on_demand":
            return None
        shards = graph.component_value(mapping.source, "shards")
        return _product(shards, graph.connection_value(mapping, "parallelization_factor"))
    if mapping.source.type in graph.vocabulary.members("queue"):
        pollers = graph.connection_value(mapping, "provisioned_pollers")
        maximum = pollers.get("maximum") if isinstance(pollers, dict) else pollers
        batches = _product(maximum, BATCHES_PER_POLLER) if maximum is not None else None
        return _least((graph.connection_value(mapping, "maximum_concurrency"), batches))
    return None


def connections_to(graph: Graph, store: Component) -> list[Connection]:
    """The functions' own connections to a database: not through a proxy or the Data API, and none that cannot be."""
    functions = graph.vocabulary.members("function")
    return [
        edge
        for edge in graph.incoming(store)
        if edge.source.type in functions
        and edge.style is not Style.ERROR
        and edge.action in _ACCESS
        and graph.connection_value(edge, "via") not in {"data_api", "proxy"}
        and graph.connection_value(edge, "refuted") is False
    ]


def peak_connections(graph: Graph, store: Component) -> Value:
    """The connections that all functions together may hold open; None if one of them has no ceiling.

    Unknown where it is not known how a function reaches the store: the Data API has no connections.
    """
    shares = [_share(graph, function) for function in _functions(graph, store)]
    reached = [graph.connection_value(edge, "via") for edge in connections_to(graph, store)]
    return _total([*shares, *(UNKNOWN for via in reached if is_unknown(via))])


def connectors(graph: Graph, store: Component) -> Evidence:
    """The functions that connect, and their connections."""
    edges = connections_to(graph, store)
    return Evidence(_functions(graph, store), tuple(edges))


def _functions(graph: Graph, store: Component) -> tuple[Component, ...]:
    return tuple(dict.fromkeys(edge.source for edge in connections_to(graph, store)))


def _share(graph: Graph, function: Component) -> Value:
    ceiling_ = graph.component_value(function, "ceiling")
    return _product(ceiling_, graph.component_value(function, "connections_per_instance"))


def demand(graph: Graph, proxy: Component) -> Value:
    """The connections that all functions together may ask of a proxy; None if one of them has no ceiling."""
    return _total(_share(graph, function) for function in _pooled(graph, proxy))


def askers(graph: Graph, proxy: Component) -> Evidence:
    """The functions that connect through a proxy."""
    return Evidence((proxy, *_pooled(graph, proxy)))


def pool(graph: Graph, proxy: Component) -> Value:
    """The connections that a proxy may open: its share of what its database accepts; None unless it has one."""
    databases = _databases(graph, proxy)
    if len(databases) != 1:
        return None
    connections = graph.component_value(databases[0], "max_connections")
    percent = graph.component_value(proxy, "max_connections_percent")
    product = _product(connections, percent)
    return int(product // 100) if isinstance(product, int | float) else product


def _databases(graph: Graph, proxy: Component) -> list[Component]:
    limited = graph.vocabulary.members("connection_limited")
    return [
        edge.target for edge in graph.outgoing(proxy) if edge.style is not Style.ERROR and edge.target.type in limited
    ]


def _pooled(graph: Graph, proxy: Component) -> tuple[Component, ...]:
    """The functions that connect to a proxy, and those that reach its database through the only proxy there is."""
    found = [edge.source for edge in graph.incoming(proxy) if edge.style is not Style.ERROR]
    for database in _databases(graph, proxy):
        before = [edge for edge in graph.incoming(database) if edge.style is not Style.ERROR]
        if sum(edge.source.type == proxy.type for edge in before) == 1:
            found += [edge.source for edge in before if graph.connection_value(edge, "via") == "proxy"]
    functions = graph.vocabulary.members("function")
    return tuple(dict.fromkeys(source for source in found if source.type in functions))


def usable_connections(graph: Graph, store: Component) -> Value:
    """The connections left for functions: the maximum less what is reserved for administration (default a tenth)."""
    maximum = graph.component_value(store, "max_connections")
    if not isinstance(maximum, int | float):
        return maximum
    reserved = graph.component_value(store, "reserved_for_admin")
    if reserved is None:
        return int(maximum - maximum * _ADMIN_SHARE)
    return maximum - reserved if isinstance(reserved, int | float) else UNKNOWN


def _least(values: Iterable[Value]) -> Value:
    present = [value for value in values if value is not None]
    known = [value for value in present if isinstance(value, int | float)]
    if len(known) < len(present):
        return UNKNOWN
    return min(known, default=None)


def _total(values: Iterable[Value]) -> Value:
    total = 0.0
    unknown = False
    for value in values:
        if value is None:
            return None
        if isinstance(value, int | float):
            total += value
        else:
            unknown = True
    return UNKNOWN if unknown else int(total)


def _product(left: Value, right: Value) -> Value:
    if is_unknown(left) or is_unknown(right):
        return UNKNOWN
    if isinstance(left, int | float) and isinstance(right, int | float):
        return left * right
    return None
