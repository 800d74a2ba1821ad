"""Changes applied to an architecture in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from archlint.model import (
    AddComponent,
    AddConnection,
    Architecture,
    Change,
    Component,
    Connection,
    RemoveComponent,
    RemoveConnection,
    SetProperty,
    Site,
    Style,
    Value,
)
from archlint.model.record import replace
from archlint.vocabulary import vocabulary

EdgeKey = tuple[str, str, Style, str]


def edge_key(edge: Connection) -> EdgeKey:
    """What tells a connection from others: its ends, style and action."""
    return edge.source.id, edge.target.id, edge.style, edge.action


def changed(architecture: Architecture, changes: Sequence[Change]) -> Architecture:
    """The architecture with the changes made, in order. A change of what is not there is left out."""
    components = dict(architecture.by_id)
    edges = _Edges(architecture.connections)
    for change in changes:
        match change:
            case AddComponent(id_, type_, service, properties):
                site = _site_near(architecture, service)
                components[id_] = Component(id_, type_, service, properties, site, id_.rpartition(".")[2])
            case RemoveComponent(id_):
                components.pop(id_, None)  # its connections go where they are bound again
            case SetProperty(name, value, component=str(id_)) if id_ in components:
                found = components[id_]
                components[id_] = replace(found, properties={**found.properties, name: value})
            case SetProperty(name, value, connection=key) if key is not None:
                edges.set(key, name, value)
            case AddConnection(source, target) if source in components and target in components:
                edges.add(_edge(change, components[source], components[target]))
            case RemoveConnection(source, target, style, action):
                edges.remove((source, target, style, action))
            case _:
                pass
    rebound = [
        _bound(edge, components[edge.source.id], components[edge.target.id])
        for edge in edges.left
        if edge.source.id in components and edge.target.id in components
    ]
    return replace(architecture, components=tuple(components.values()), connections=tuple(rebound))


class _Edges:
    """Connections that can be found by their key, so that a change costs what it changes."""

    def __init__(self, edges: Iterable[Connection]) -> None:
        self._edges: list[Connection | None] = list(edges)
        self._places: dict[EdgeKey, list[int]] | None = None

    @property
    def left(self) -> Iterator[Connection]:
        return (edge for edge in self._edges if edge is not None)

    def set(self, key: EdgeKey, name: str, value: Value) -> None:
        for place in self._found(key):
            edge = self._edges[place]
            assert edge is not None
            self._edges[place] = replace(edge, properties={**edge.properties, name: value})

    def add(self, edge: Connection) -> None:
        if self._places is not None:
            self._places.setdefault(edge_key(edge), []).append(len(self._edges))
        self._edges.append(edge)

    def remove(self, key: EdgeKey) -> None:
        for place in self._found(key):
            self._edges[place] = None
        if self._places is not None:
            self._places.pop(key, None)

    def _found(self, key: EdgeKey) -> Sequence[int]:
        if self._places is None:
            self._places = {}
            for place, edge in enumerate(self._edges):
                if edge is not None:
                    self._places.setdefault(edge_key(edge), []).append(place)
        return self._places.get(key, ())


def _bound(edge: Connection, source: Component, target: Component) -> Connection:
    if edge.source is source and edge.target is target:
        return edge
    return replace(edge, source=source, target=target)


def _edge(change: AddConnection, source: Component, target: Component) -> Connection:
    action = change.action or vocabulary().assumed_action(source.type, target.type, change.style)
    return Connection(source, target, change.style, action, change.properties, source.site)


def _site_near(architecture: Architecture, service: str | None) -> Site:
    members = architecture.by_service.get(service) or architecture.components
    return members[0].site if members else Site(next(iter(architecture.documents), ""), ())
