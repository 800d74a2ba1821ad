"""The answer of a comparison: every element of both architectures with its status."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cached_property

from archlint.model import Architecture, Component, Connection, Service, Value
from archlint.model.record import record
from archlint.model.tuples import NamedTuple


class Status(Enum):
    """What became of an element."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"

    __hash__ = object.__hash__


class PropertyChange(NamedTuple):
    """A property with another value; None is absent. Type, style, action and confidence count as properties."""

    name: str
    old: Value
    new: Value


class ComponentDifference(NamedTuple):
    """A component of either architecture, or one of both. ``because`` says how two of different ids were matched."""

    status: Status
    old: Component | None
    new: Component | None
    changes: tuple[PropertyChange, ...] = ()
    because: str = ""

    @property
    def component(self) -> Component:
        """The newer one of the two, if there are two."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def renamed(self) -> bool:
        """Whether it has another id than it had."""
        return self.old is not None and self.new is not None and self.old.id != self.new.id


class ConnectionDifference(NamedTuple):
    """A connection of either architecture, or one of both."""

    status: Status
    old: Connection | None
    new: Connection | None
    changes: tuple[PropertyChange, ...] = ()

    @property
    def connection(self) -> Connection:
        """The newer one of the two, if there are two."""
        found = self.new or self.old
        assert found is not None
        return found


class ServiceDifference(NamedTuple):
    """A service of either architecture, or one of both; one with another name has ``old`` and ``new`` differ in it."""

    status: Status
    old: Service | None
    new: Service | None
    changes: tuple[PropertyChange, ...] = ()

    @property
    def service(self) -> Service:
        """The newer one of the two, if there are two."""
        found = self.new or self.old
        assert found is not None
        return found


@record(eq=False)
class Comparison:
    """Two architectures and every element of both, those of the new one first, each in file order."""

    old: Architecture
    new: Architecture
    components: tuple[ComponentDifference, ...]
    connections: tuple[ConnectionDifference, ...]
    services: tuple[ServiceDifference, ...]
    settings: tuple[PropertyChange, ...] = ()

    @cached_property
    def is_same(self) -> bool:
        """Whether there is no difference at all."""
        return not self.settings and self.statuses <= {Status.SAME}

    @cached_property
    def statuses(self) -> frozenset[Status]:
        """Every status that an element has."""
        groups = (self.components, self.connections, self.services)
        return frozenset(element.status for group in groups for element in group)

    @cached_property
    def _of_components(self) -> Mapping[Component, ComponentDifference]:
        return {side: found for found in self.components for side in (found.old, found.new) if side is not None}

    @cached_property
    def _of_connections(self) -> Mapping[Connection, ConnectionDifference]:
        return {side: found for found in self.connections for side in (found.old, found.new) if side is not None}

    def inverted(self) -> Comparison:
        """The same comparison told the other way round."""
        turned = {Status.ADDED: Status.REMOVED, Status.REMOVED: Status.ADDED}

        def changes(found: tuple[PropertyChange, ...]) -> tuple[PropertyChange, ...]:
            return tuple(PropertyChange(name, new, old) for name, old, new in found)

        return Comparison(
            self.new,
            self.old,
            tuple(
                ComponentDifference(
                    turned.get(one.status, one.status), one.new, one.old, changes(one.changes), one.because
                )
                for one in self.components
            ),
            tuple(
                ConnectionDifference(turned.get(one.status, one.status), one.new, one.old, changes(one.changes))
                for one in self.connections
            ),
            tuple(
                ServiceDifference(turned.get(one.status, one.status), one.new, one.old, changes(one.changes))
                for one in self.services
            ),
            changes(self.settings),
        )

    def of_component(self, component: Component) -> ComponentDifference:
        """What became of a component of either architecture."""
        return self._of_components[component]

    def of_connection(self, connection: Connection) -> ConnectionDifference:
        """What became of a connection of either architecture."""
        return self._of_connections[connection]

    def counterpart(self, component: Component) -> Component | None:
        """The component of the other architecture that it was matched with."""
        found = self._of_components[component]
        return found.new if component is found.old else found.old
