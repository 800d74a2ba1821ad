"""An architecture in the making: what has been declared so far, over several files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from yaml import Node

from archlint.model import Architecture, Component, Connection, Service, Site, Suppression, Value
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


@dataclass(slots=True)
class Draft:
    """Everything declared so far. ``declared`` says where each name was, for the message about a second one."""

    name: str = ""
    description: str = ""
    components: dict[str, Component] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    connections: list[Connection] = field(default_factory=list)
    settings: dict[str, Value] = field(default_factory=dict)
    suppressions: list[Suppression] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    pending: list[Pending] = field(default_factory=list)
    overrides: list[Override] = field(default_factory=list)
    ignored: list[tuple[Document, Node, tuple[str | int, ...]]] = field(default_factory=list)
    declared: dict[str, tuple[Document, Site]] = field(default_factory=dict)

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
