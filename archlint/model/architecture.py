"""A whole architecture, immutable and indexed both ways once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias, TypeVar

from archlint.model.elements import Component, Connection, Service, no_properties
from archlint.model.levels import Style
from archlint.model.places import Site
from archlint.model.record import fresh, record
from archlint.model.tuples import NamedTuple
from archlint.model.values import Properties

EdgeKind = tuple[Style, str, str, str]
"""Style, action, source type and target type: what a step of a pattern can be told apart by."""

K = TypeVar("K")
V = TypeVar("V")

_NO_CONNECTIONS: Sequence[Connection] = ()


Subject: TypeAlias = "str | tuple[str, str, Style, str]"
"""What a finding is about: the id of a component or service, or a connection's source, target, style and action."""


class Suppression(NamedTuple):
    """A finding that somebody has judged: an ``ignore`` entry of a description, or a comment.

    ``component`` None means everywhere. ``subjects`` are those on the line of a comment; None for an entry.
    """

    rule: str
    component: str | None
    reason: str
    site: Site
    subjects: frozenset[Subject] | None = None


@record(eq=False)
class Architecture:
    """Components, connections and services, in the order of their files.

    ``settings`` holds what a file says about the whole system: ``observability`` and ``limits``.
    ``documents`` are the paths that were read, in order.
    """

    name: str
    components: tuple[Component, ...]
    connections: tuple[Connection, ...]
    services: Mapping[str, Service]
    description: str = ""
    settings: Properties = fresh(factory=no_properties)
    suppressions: tuple[Suppression, ...] = ()
    documents: tuple[str, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Component]:
        """Components by full id."""
        return {component.id: component for component in self.components}

    @cached_property
    def order(self) -> Mapping[Component, int]:
        """The place of each component in file order."""
        return {component: place for place, component in enumerate(self.components)}

    @cached_property
    def by_type(self) -> Mapping[str, Sequence[Component]]:
        """Components by type, in file order."""
        return _grouped((component.type, component) for component in self.components)

    @cached_property
    def by_service(self) -> Mapping[str | None, Sequence[Component]]:
        """Components by the service that owns them, in file order."""
        return _grouped((component.service, component) for component in self.components)

    @cached_property
    def by_kind(self) -> Mapping[EdgeKind, Sequence[Connection]]:
        """Connections by kind: what makes the cost of a search follow the number of candidates."""
        return _grouped(
            ((edge.style, edge.action, edge.source.type, edge.target.type), edge) for edge in self.connections
        )

    @cached_property
    def _outgoing(self) -> Mapping[str, Sequence[Connection]]:
        return _grouped((edge.source.id, edge) for edge in self.connections)

    @cached_property
    def _incoming(self) -> Mapping[str, Sequence[Connection]]:
        return _grouped((edge.target.id, edge) for edge in self.connections)

    def outgoing(self, component: Component) -> Sequence[Connection]:
        """The connections that start at a component, in file order."""
        return self._outgoing.get(component.id, _NO_CONNECTIONS)

    def incoming(self, component: Component) -> Sequence[Connection]:
        """The connections that end at a component, in file order."""
        return self._incoming.get(component.id, _NO_CONNECTIONS)


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    groups: dict[K, list[V]] = {}
    for key, value in pairs:
        if (group := groups.get(key)) is None:
            groups[key] = [value]
        else:
            group.append(value)
    return groups
