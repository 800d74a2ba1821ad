"""One stack in the making."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from archlint.importers.infrastructure.ends import End
from archlint.model import Confidence, Properties, Site, Style, Value


class Resource(NamedTuple):
    """A component of a stack; ``name`` is its physical name where that is written down, else empty."""

    id: str
    type: str
    properties: Properties
    site: Site
    label: str
    name: str


class Wire(NamedTuple):
    """A connection of a stack, its ends not yet looked up."""

    source: End
    target: End
    style: Style
    action: str
    properties: Properties
    site: Site
    confidence: Confidence


class Note(NamedTuple):
    """Something that could not be read and was left aside, at its place."""

    message: str
    site: Site


@dataclass(slots=True)
class Stack:
    """What one stack, state or serverless.yml deploys together: one service, unless components say otherwise.

    ``exports`` and ``stored`` say what the stack gives to others by export name and SSM parameter; ``properties`` are
    the keys of its service (``stack``, ``owner``). ``services`` puts components, by id, into services of other names (a
    tag, the configuration). ``outside`` lists components outside every service.
    """

    name: str
    site: Site
    title: str = ""
    properties: dict[str, Value] = field(default_factory=dict)
    resources: dict[str, Resource] = field(default_factory=dict)
    wires: list[Wire] = field(default_factory=list)
    exports: dict[str, End] = field(default_factory=dict)
    stored: dict[str, End] = field(default_factory=dict)
    services: dict[str, str] = field(default_factory=dict)
    outside: set[str] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)

    def add(  # noqa: PLR0913  what a component is made of
        self,
        id_: str,
        type_: str,
        site: Site,
        properties: Mapping[str, Value] | None = None,
        *,
        label: str = "",
        name: str = "",
    ) -> None:
        """Add a component. ``properties`` are in canonical units (seconds, bytes); None means AWS's default.

        A second one of the same id replaces the first.
        """
        kept = {key: value for key, value in (properties or {}).items() if value is not None}
        self.resources[id_] = Resource(id_, type_, kept, site, label or id_, name)

    def connect(  # noqa: PLR0913  what a connection is made of
        self,
        source: End,
        target: End,
        style: Style,
        site: Site,
        *,
        action: str = "",
        properties: Mapping[str, Value] | None = None,
        confidence: Confidence = Confidence.CERTAIN,
    ) -> None:
        """Add a connection; an empty action means the one that the description format assumes."""
        kept = {key: value for key, value in (properties or {}).items() if value is not None}
        self.wires.append(Wire(source, target, style, action, kept, site, confidence))

    def note(self, message: str, site: Site) -> None:
        """Note what could not be read."""
        self.notes.append(Note(message, site))
