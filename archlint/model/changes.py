"""Changes to an architecture, as data: what a fix does and what a suggestion proposes."""

from __future__ import annotations

from typing import TypeAlias

from archlint.model.elements import no_properties
from archlint.model.levels import Style
from archlint.model.tuples import NamedTuple
from archlint.model.values import Properties, Value


class AddComponent(NamedTuple):
    """Add a component; ``id`` is the full id, ``service`` None puts it outside every service."""

    id: str
    type: str
    service: str | None
    properties: Properties = no_properties()


class RemoveComponent(NamedTuple):
    """Remove a component and every connection it has."""

    id: str


class SetProperty(NamedTuple):
    """Set a property of a component, or of the connection ``(source, target, style, action)``."""

    name: str
    value: Value
    component: str | None = None
    connection: tuple[str, str, Style, str] | None = None


class AddConnection(NamedTuple):
    """Add a connection between two full ids; ``action`` empty means the one the format assumes."""

    source: str
    target: str
    style: Style
    action: str = ""
    properties: Properties = no_properties()


class RemoveConnection(NamedTuple):
    """Remove the connection between two full ids."""

    source: str
    target: str
    style: Style
    action: str


Change: TypeAlias = AddComponent | RemoveComponent | SetProperty | AddConnection | RemoveConnection
