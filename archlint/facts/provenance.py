"""Where an element is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.model import Component, Connection, Site

if TYPE_CHECKING:
    from archlint.facts.graph import Graph

_SECTIONS = frozenset({"services", "components", "connections"})
"""The sections of a description that hold elements."""


def imported(graph: Graph, component: Component) -> bool:
    """Whether the component comes from infrastructure code, where much that people know is not written down."""
    del graph
    return _is_code(component.site)


def declared_in(graph: Graph, connection: Connection) -> str | None:
    """The service that declares a connection: the section or the stack it stands in; None if that is no service's."""
    route = connection.site.route
    if len(route) > 1 and route[0] == "services":
        return str(route[1])
    if not _is_code(connection.site):
        return None
    services = [
        service.name
        for service in graph.architecture.services.values()
        if service.site.document == connection.site.document
    ]
    return services[0] if len(services) == 1 else None


def _is_code(site: Site) -> bool:
    """Whether a place is in infrastructure code and not in a description."""
    return not site.route or site.route[0] not in _SECTIONS
