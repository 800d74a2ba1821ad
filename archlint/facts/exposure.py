"""Whether everybody may call what is behind an API."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from archlint.facts.provenance import imported
from archlint.model import UNKNOWN, Component, Connection, Style, Value, is_unknown

if TYPE_CHECKING:
    from archlint.facts.graph import Graph

_HANDSHAKE = "$connect"
"""The route on which a WebSocket API authorizes, once for the connection."""
_OPEN_BY_NATURE = (
    r"(?i)(?:(?:GET|HEAD) /(?:\S*/)?(?:health(?:z|-?check)?|ping|favicon\.ico|robots\.txt)"
    r"|(?:GET|HEAD) /\.well-known/\S+"
    r"|(?:GET|POST) /(?:\S*/)?(?:log-?in|sign-?in|sign-?up|forgot-?password|reset-?password))/?"
)
"""Routes that have to be open to serve at all. A template has no place to say so; a description has ``public``."""


def open_to_all(graph: Graph, edge: Connection) -> Value:
    """Whether an API's connection can be used without authorization and is not open on purpose.

    False for what does not start at an API; unknown where a value that decides is.
    """
    api = edge.source
    if api.type not in graph.vocabulary.members("api"):
        return False
    return _and(
        _is(graph.component_value(api, "auth"), "none"),
        _is(graph.component_value(api, "private"), wanted=False),
        _isnt(graph.component_value(api, "endpoint"), "private"),
        _is(graph.connection_value(edge, "public"), wanted=False),
        _is(graph.connection_value(edge, "signature"), wanted=False),
        _is_no_preflight(edge),
        not (imported(graph, api) and re.fullmatch(_OPEN_BY_NATURE, str(edge.properties.get("route", "")))),
        _is_unchecked(graph, edge),
        _callers_are_anybody(graph, api),
    )


def _is(value: Value, wanted: Value) -> Value:
    return UNKNOWN if is_unknown(value) else value == wanted


def _isnt(value: Value, unwanted: Value) -> Value:
    return UNKNOWN if is_unknown(value) else value != unwanted


def _and(*values: Value) -> Value:
    if any(value is False for value in values):
        return False
    return UNKNOWN if any(is_unknown(value) for value in values) else True


def _is_no_preflight(edge: Connection) -> Value:
    route = edge.properties.get("route")
    return UNKNOWN if is_unknown(route) else not (isinstance(route, str) and route.upper().startswith("OPTIONS "))


def _is_unchecked(graph: Graph, edge: Connection) -> Value:
    """Whether no authorizer decides on the route: one without a route decides on all of them."""
    route = edge.properties.get("route")
    checked = [check.properties.get("route") for check in graph.outgoing(edge.source) if check.action == "authorize"]
    if not checked:
        return True
    if route is None or any(one in (None, _HANDSHAKE) for one in checked):
        return False
    return _and(*(UNKNOWN if is_unknown(one) or is_unknown(route) else one != route for one in checked))


def _callers_are_anybody(graph: Graph, api: Component) -> Value:
    """Whether no caller's connection says that the API is open on purpose, and one that no signature is checked."""
    calls = [edge for edge in graph.incoming(api) if edge.style is not Style.ERROR and edge.action != "observe"]
    meant = _any(graph.connection_value(call, "public") for call in calls)
    unsigned = _any(_is(graph.connection_value(call, "signature"), wanted=False) for call in calls) if calls else True
    return _and(_is(meant, wanted=False), unsigned)


def _any(values: Iterable[Value]) -> Value:
    listed = list(values)
    if any(value is True for value in listed):
        return True
    return UNKNOWN if any(is_unknown(value) for value in listed) else False
