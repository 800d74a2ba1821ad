"""Reading a description, format version 1: what it declares."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from archlint.importers.draft import Draft, Override, Pending
from archlint.importers.problems import Problems
from archlint.importers.values import ValueReader
from archlint.model import Component, Service, Site
from archlint.model.record import replace
from archlint.source import Document, Fields, scalar
from archlint.vocabulary import is_component_name, is_service_name, vocabulary

VERSION = 1
_TOP = (
    "archlint",
    "name",
    "description",
    "service",
    "services",
    "components",
    "connections",
    "ignore",
    "include",
    "overrides",
)
_SERVICE_PARTS = frozenset({"components", "connections", "patterns"})
_SERVICE_KEYS = frozenset({"name", "patterns"})
_TYPE = frozenset({"type"})
_OUTSIDE = ("actor", "external_system")

Include: TypeAlias = Callable[[Document, Node], None]
"""Called for each entry of ``include``."""


def is_description(document: Document) -> bool:
    """Whether a document is meant as a description: by its head, or by sections that nothing else has."""
    if not isinstance(document.root, MappingNode):
        return False
    keys = document.pairs(document.root).keys()
    return "archlint" in keys or ("components" in keys and ("connections" in keys or "services" in keys))


class DescriptionReader:
    """Reads one description and what it includes into a draft."""

    def __init__(self, draft: Draft, problems: Problems, values: ValueReader) -> None:
        self._draft = draft
        self._problems = problems
        self._values = values
        self._vocabulary = vocabulary()
        self._own: list[str] = []
        self._has_services = False
        self._head: tuple[str, Site] | None = None
        self._service_key: Service | None = None

    def read(self, document: Document, include: Include) -> None:
        """Declare what the file says and go on with what it includes."""
        fields = self._values.fields(document, document.root, "a description")
        self._check_head(document, fields)
        known = (*_TOP, *self._vocabulary.architecture_properties)
        for name, (key, _) in fields.items():
            if name not in known:
                self._problems.unknown(document, key, "key", name, known)
        settings = {name: field for name, field in fields.items() if name in self._vocabulary.architecture_properties}
        self._draft.settings |= self._values.properties(
            document, settings, self._vocabulary.architecture_properties, "the description"
        )
        self._has_services |= "services" in fields
        for name, (key, node) in self._section(document, fields, "services"):
            self._service(document, name, key, node)
        if "overrides" in fields:
            self._draft.overrides.append(Override(document, fields["overrides"][1]))
        if "service" in fields:
            self._one_service(document, *fields["service"], alone="services" not in fields)
        for name, (key, node) in self._section(document, fields, "components"):
            self._component(document, None, name, key, node, ("components", name))
        self._connections(document, fields, ("connections",), None)
        for route, node in self._items(document, fields, "ignore"):
            self._draft.ignored.append((document, node, route))
        for _, node in self._items(document, fields, "include"):
            include(document, node)

    def _check_head(self, document: Document, fields: Fields) -> None:
        if "archlint" not in fields:
            self._problems.at_site(document, Site(document.path, ()), "`archlint` is missing", expected="`archlint: 1`")
        else:
            _, node = fields["archlint"]
            version = scalar(node) if isinstance(node, ScalarNode) else None
            if isinstance(version, int) and not isinstance(version, bool) and version > VERSION:
                message = f"this is format version {version}, newer than this archlint knows"
                self._problems.at(document, node, message, expected=f"`archlint: {VERSION}`")
            elif version != VERSION or isinstance(version, bool):
                self._problems.at(document, node, "this is no format version", expected=f"`archlint: {VERSION}`")
        if "name" not in fields:
            self._problems.at_site(
                document, Site(document.path, ()), "`name` is missing", expected="a title for the architecture"
            )
            return
        name = self._values.text(document, fields["name"][1], "`name`")
        if self._head is None:
            self._head = (name, Site(document.path, ("name",)))
        if not self._draft.name:
            self._draft.name = name
            if "description" in fields:
                self._draft.description = self._values.text(document, fields["description"][1], "`description`")

    def _section(self, document: Document, fields: Fields, name: str) -> Iterator[tuple[str, tuple[ScalarNode, Node]]]:
        if name in fields:
            yield from self._values.fields(document, fields[name][1], f"`{name}`").items()

    def _items(self, document: Document, fields: Fields, name: str) -> Iterator[tuple[tuple[str | int, ...], Node]]:
        if name not in fields:
            return
        node = fields[name][1]
        if isinstance(node, SequenceNode):
            for index, item in enumerate(node.value):
                yield (name, index), item
        elif not (isinstance(node, ScalarNode) and scalar(node) is None):
            self._problems.at(document, node, f"`{name}` is no list", expected="a list")

    def _service(self, document: Document, name: str, key: ScalarNode, node: Node) -> None:
        route = ("services", name)
        site = Site(document.path, route, key=True)
        if not self._declare(document, name, key, site, self._draft.services):
            return
        fields = self._values.fields(document, node, f"service `{name}`")
        properties = self._values.properties(
            document, fields, self._vocabulary.service_properties, f"service `{name}`", _SERVICE_PARTS
        )
        patterns = tuple(
            self._values.text(document, item, "a pattern") for _, item in self._items(document, fields, "patterns")
        )
        self._draft.services[name] = Service(name, site, properties, patterns)
        for inner, (inner_key, inner_node) in self._section(document, fields, "components"):
            self._component(document, name, inner, inner_key, inner_node, (*route, "components", inner))
        self._connections(document, fields, (*route, "connections"), name)

    def _one_service(self, document: Document, key: ScalarNode, node: Node, *, alone: bool) -> None:
        """What a file without `services` says of the one service that it is."""
        if not alone or self._service_key is not None:
            message = "`service` is for a file that is one service" if not alone else "there is a second `service`"
            self._problems.at(document, key, message, expected="`services: {name: …}`")
            return
        route = ("service",)
        fields = self._values.fields(document, node, "`service`")
        properties = self._values.properties(
            document, fields, self._vocabulary.service_properties, "`service`", _SERVICE_KEYS
        )
        patterns = tuple(
            self._values.text(document, item, "a pattern") for _, item in self._items(document, fields, "patterns")
        )
        site, name = Site(document.path, route, key=True), ""
        if "name" in fields:
            written = fields["name"][1]
            name = self._values.text(document, written, "`name`")
            if name and isinstance(written, ScalarNode):
                self._declare(document, name, written, site, self._draft.services)
        self._service_key = Service(name, site, properties, patterns)

    def _component(  # noqa: PLR0913, PLR0917  one place that says all of it
        self,
        document: Document,
        service: str | None,
        name: str,
        key: ScalarNode,
        node: Node,
        route: tuple[str | int, ...],
    ) -> None:
        id_ = name if service is None else f"{service}.{name}"
        site = Site(document.path, route, key=True)
        if not self._declare(document, id_, key, site, self._draft.components):
            return
        component = self._described(document, id_, service, node, site)
        if component is not None:
            self._draft.components[id_] = component
            if service is None:
                self._own.append(id_)

    def _described(self, document: Document, id_: str, service: str | None, node: Node, site: Site) -> Component | None:
        if isinstance(node, ScalarNode):
            type_ = self._type(document, node, id_)
            return Component(id_, type_, service, {}, site, id_.rpartition(".")[2]) if type_ else None
        fields = self._values.fields(document, node, f"component `{id_}`")
        if "type" not in fields:
            self._problems.at(document, node, f"component `{id_}` has no `type`", expected="a component type")
            return None
        type_ = self._type(document, fields["type"][1], id_)
        if type_ is None:
            return None
        known = self._vocabulary.types[type_].properties
        properties = self._values.properties(document, fields, known, f"`{type_}`", _TYPE)
        label = properties.get("label")
        return Component(
            id_, type_, service, properties, site, label if isinstance(label, str) else id_.rpartition(".")[2]
        )

    def _type(self, document: Document, node: Node, id_: str) -> str | None:
        if not isinstance(node, ScalarNode) or not node.value:
            self._problems.at(document, node, f"the type of `{id_}` is no name", expected="a component type")
            return None
        if node.value not in self._vocabulary.types:
            self._problems.unknown_type(document, node, node.value)
            return None
        return str(node.value)

    def _declare(
        self,
        document: Document,
        id_: str,
        key: ScalarNode,
        site: Site,
        known: dict[str, Component] | dict[str, Service],
    ) -> bool:
        """Whether a name is a name and new; else the problem is noted."""
        name = key.value
        is_service = known is self._draft.services
        if not (is_service_name(name) if is_service else is_component_name(name)):
            expected = "a letter, then letters, digits, `_` and `-`"
            self._problems.at(document, key, f"`{name[:80]}` is no name", expected=expected)
            return False
        kind = "service" if is_service else "component"
        earlier = self._draft.declared.get(f"{kind} {id_}")
        if earlier is not None:
            place = earlier[0].span(earlier[1])
            self._problems.at(
                document, key, f"the {kind} `{id_}` is defined twice", related=[(place, "it is defined here")]
            )
            return False
        self._draft.declared[f"{kind} {id_}"] = (document, site)
        return True

    def _connections(
        self, document: Document, fields: Fields, route: tuple[str | int, ...], service: str | None
    ) -> None:
        for place, node in self._items(document, fields, "connections"):
            self._draft.pending.append(Pending(document, node, (*route, place[1]), service))

    def finish(self) -> None:
        """Make the one service of a description that declares none of what is its own."""
        written = self._service_key
        if self._has_services or self._head is None:
            return
        outside = frozenset().union(*(self._vocabulary.members(group) for group in _OUTSIDE))
        components = self._draft.components
        own = [
            components[id_]
            for id_ in self._own
            if components[id_].type not in outside and components[id_].properties.get("external") is not True
        ]
        if not own and written is None:
            return
        title, site = self._head
        written = written or Service("", site)
        name = _free_name(written.name or title, self._draft.services, verbatim=bool(written.name))
        self._draft.services[name] = replace(written, name=name)
        for component in own:
            components[component.id] = replace(component, service=name)


def service_name(title: str) -> str:
    """The name of the one service of a file with this title."""
    base = re.sub(r"[^A-Za-z0-9]+", "-", title).strip("-").lower()
    return base if base[:1].isalpha() else f"service-{base}".rstrip("-")


def _free_name(title: str, taken: dict[str, Service], *, verbatim: bool) -> str:
    base = title if verbatim else service_name(title)
    name, number = base, 2
    while name in taken:
        name = f"{base}-{number}"
        number += 1
    return name
