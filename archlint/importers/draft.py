"""An architecture in the making: what has been declared so far, over several files."""

from __future__ import annotations

from yaml import Node

from archlint.model import Architecture, Component, Connection, Service, Site, Suppression, Value
from archlint.model.record import fresh, record
from archlint.model.tuples import NamedTuple
from archlint.source import Document


class Pending(NamedTuple):
    """A connection entry that is read once every component is known; ``service`` is where it stands."""

    document: Document
    node: Node
    route: tuple[str | int, ...]
    service: str | None


class Override(NamedTuple):
    """The ``overrides`` of a description: what it says of things that other files declare."""

    document: Document
    node: Node


@record(frozen=False)
class Draft:
    """Everything declared so far. ``declared`` says where each name was, for the message about a second one."""

    name: str = ""
    description: str = ""
    components: dict[str, Component] = fresh(factory=dict)
    services: dict[str, Service] = fresh(factory=dict)
    connections: list[Connection] = fresh(factory=list)
    settings: dict[str, Value] = fresh(factory=dict)
    suppressions: list[Suppression] = fresh(factory=list)
    documents: dict[str, Document] = fresh(factory=dict)
    pending: list[Pending] = fresh(factory=list)
    overrides: list[Override] = fresh(factory=list)
    ignored: list[tuple[Document, Node, tuple[str | int, ...]]] = fresh(factory=list)
    declared: dict[str, tuple[Document, Site]] = fresh(factory=dict)

    def by_name(self) -> dict[str, list[Component]]:
        """The components by their names, each with and without what stands before its last dot inside its service."""
        found: dict[str, list[Component]] = {}
        for component in self.components.values():
            inside = component.id.removeprefix(f"{component.service}.")
            for name in {component.name, inside}:
                found.setdefault(name, []).append(component)
        return found

    def architecture(self) -> Architecture:
        """The finished, immutable architecture."""
        return Architecture(
            name=self.name,
            components=tuple(self.components.values()),
            connections=tuple(self.connections),
            services=self.services,
            description=self.description,
            settings=self.settings,
            suppressions=tuple(self.suppressions),
            documents=tuple(self.documents),
        )
