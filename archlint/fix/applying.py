"""Changes applied to an architecture in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
    edges = list(architecture.connections)
    for change in changes:
        match change:
            case AddComponent(id_, type_, service, properties):
                site = _site_near(architecture, service)
                components[id_] = Component(id_, type_, service, properties, site, id_.rpartition(".")[2])
            case RemoveComponent(id_):
                components.pop(id_, None)
                edges = [edge for edge in edges if id_ not in (edge.source.id, edge.target.id)]
            case SetProperty(name, value, component=str(id_)) if id_ in components:
                found = components[id_]
                components[id_] = replace(found, properties={**found.properties, name: value})
            case SetProperty(name, value, connection=key) if key is not None:
                edges = [
                    replace(edge, properties={**edge.properties, name: value}) if edge_key(edge) == key else edge
                    for edge in edges
                ]
            case AddConnection(source, target) if source in components and target in components:
                edges.append(_edge(change, components[source], components[target]))
            case RemoveConnection(source, target, style, action):
                edges = [edge for edge in edges if edge_key(edge) != (source, target, style, action)]
            case _:
                pass
    rebound = (_rebound(edge, components) for edge in edges)
    kept = tuple(edge for edge in rebound if edge is not None)
    return replace(architecture, components=tuple(components.values()), connections=kept)


def _rebound(edge: Connection, components: Mapping[str, Component]) -> Connection | None:
    """The connection between components as they are now; None if one of them is gone."""
    source, target = components.get(edge.source.id), components.get(edge.target.id)
    if source is None or target is None:
        return None
    return edge if source is edge.source and target is edge.target else replace(edge, source=source, target=target)


def _edge(change: AddConnection, source: Component, target: Component) -> Connection:
    action = change.action or vocabulary().assumed_action(source.type, target.type, change.style)
    return Connection(source, target, change.style, action, change.properties, source.site)


def _site_near(architecture: Architecture, service: str | None) -> Site:
    members = architecture.by_service.get(service) or architecture.components
    return members[0].site if members else Site(next(iter(architecture.documents), ""), ())
