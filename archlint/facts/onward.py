"""Where a hop leads on to: not everything that enters a component comes out of it everywhere.

An API hands a request to the routes that take it, a bus delivers an event by its name, and a bucket tells of the
objects that its notifications are about. What enters such a component by a hop is its *mark* there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, TypeAlias

from archlint.facts.routes import is_catch_all, reaches_clients, takes
from archlint.model import Component, Connection, Value, is_unknown

if TYPE_CHECKING:
    from archlint.facts.graph import Graph

Mark: TypeAlias = tuple[Value, ...]
"""Of an API the route, of what hands events on the event's name, of a bucket prefix and suffix; empty for the rest."""

UNMARKED: Mark = ()
_CARRIERS = frozenset({"eventbridge_rule", "sns_subscription"})
_CREATED = r"(?i)(s3:)?object ?created(:\*|:put)?"


def mark(graph: Graph, edge: Connection, carried: Mark) -> Mark:
    """What is known of what a hop brings into its target; ``carried`` is the mark of what entered its source."""
    target = edge.target
    if target.type in graph.vocabulary.members("api"):
        route = edge.properties.get("route")
        return UNMARKED if route is None or is_catch_all(route) else (route,)
    if _names_events(graph, target):
        return carried if carried and _names_events(graph, edge.source) else (edge.properties.get("event"),)
    if target.type == "s3":
        return edge.properties.get("prefix"), edge.properties.get("suffix")
    return UNMARKED


def leads_on(graph: Graph, entered: Mark, edge: Connection) -> bool:
    """Whether what entered the source of a hop is known to leave by it, or nothing is said that forbids it."""
    source, properties = edge.source, edge.properties
    if source.type in graph.vocabulary.members("api"):
        return not entered or _routed(graph, entered[0], edge)
    if source.type == "s3" and edge.action == "deliver":
        prefix, suffix = entered or (None, None)
        return (
            _tells_of_writes(properties.get("event"))
            and _within(prefix, properties.get("prefix"), str.startswith)
            and _within(suffix, properties.get("suffix"), str.endswith)
        )
    if edge.action == "deliver" and (event := properties.get("event")) is not None:
        return _names_events(graph, source) and _meets(entered[0] if entered else None, event)
    return edge.target.type == "s3" or (properties.get("prefix") is None and properties.get("suffix") is None)


def _names_events(graph: Graph, component: Component) -> bool:
    members = graph.vocabulary.members
    return component.type in _CARRIERS or component.type in members("bus") or component.type in members("topic")


def _routed(graph: Graph, entering: Value, edge: Connection) -> bool:
    leaving = edge.properties.get("route")
    if edge.source.type == "websocket_api" and (is_unknown(entering) or reaches_clients(entering)):
        return False
    if edge.source.type == "appsync" and leaving is None:
        return False  # its fields are its routes, and nobody writes down what resolves them
    if leaving is None or is_catch_all(leaving):
        if leaving is None or edge.action == "authorize":
            return True
        explicit = {route for route in _routes(graph, edge.source) if not is_catch_all(route)}
        known = all(isinstance(route, str) for route in (entering, *explicit))
        return (known and entering not in explicit) or not explicit
    if not isinstance(entering, str) or not isinstance(leaving, str):
        return False
    if edge.action != "authorize" and entering in _routes(graph, edge.source):  # the route that says it exactly wins
        return leaving == entering
    return takes(leaving, entering)


def _routes(graph: Graph, api: Component) -> frozenset[Value]:
    """The routes that an API hands on; those of an authorizer are handed on by others."""
    return graph.remember(
        ("routes handed on", api),
        lambda: frozenset(
            route
            for edge in graph.outgoing(api)
            if edge.action != "authorize" and (route := edge.properties.get("route")) is not None
        ),
    )


def _tells_of_writes(event: Value) -> bool:
    return event is None or (isinstance(event, str) and any(re.fullmatch(_CREATED, name) for name in _names(event)))


def _within(written: Value, watched: Value, lies: Callable[[str, str], bool]) -> bool:
    """Whether objects of a written prefix (or suffix) may be among those that are watched."""
    if watched is None:
        return True
    if not isinstance(written, str) or not isinstance(watched, str):
        return False
    return lies(written, watched) or lies(watched, written)


def _meets(published: Value, wanted: Value) -> bool:
    if not isinstance(published, str) or not isinstance(wanted, str):
        return False
    return any(fnmatchcase(name, pattern) for name in _names(published) for pattern in _names(wanted))


def _names(event: str) -> list[str]:
    """The names in a text that lists several, as importers write them."""
    return [name.strip() for name in event.split(",")]
