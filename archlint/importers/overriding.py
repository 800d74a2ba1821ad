"""The sidecar: what a description beside infrastructure code says of what is read from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from archlint.importers.arrows import ChainError, Link, parse_chain
from archlint.importers.draft import Draft, Override
from archlint.importers.grouping import put
from archlint.importers.problems import Problems
from archlint.importers.values import ValueReader
from archlint.model import Component, Confidence, Connection, Properties, Site, Style
from archlint.model.record import replace
from archlint.source import Document, Fields
from archlint.vocabulary import nearest, vocabulary

if TYPE_CHECKING:
    from archlint.importers.infrastructure import Stack

_KEYS = ("services", "components", "connections", "remove")
_CONFIDENCES = {confidence.word: confidence for confidence in Confidence}
_SHOWN = {Style.SYNC: "=>", Style.ASYNC: "->", Style.ERROR: "!>"}


class OverrideReader:
    """Reads every ``overrides`` of a draft. What it speaks of has to be there: else it is a problem."""

    def __init__(self, draft: Draft, problems: Problems, values: ValueReader) -> None:
        self._draft = draft
        self._problems = problems
        self._values = values

    def group(self, stacks: list[Stack]) -> None:
        """Put stacks, files and components into the services that an override names, before they are assembled."""
        for override, fields in self._each():
            for service, items in self._lists(override, fields, "services"):
                for node, pattern in items:
                    if not put(stacks, service, pattern):
                        known = {name for stack in stacks for name in _names(stack)}
                        self._problems.unknown(override.document, node, "stack, file or component", pattern, known)

    def apply(self) -> None:
        """Change what has been read, once everything is assembled and the connections of descriptions are not."""
        for override, fields in self._each():
            for name, (key, _) in fields.items():
                if name not in _KEYS:
                    self._problems.unknown(override.document, key, "key of `overrides`", name, _KEYS)
            for id_, (_, node) in self._section(override, fields, "components"):
                self._component(override.document, id_, node)
            for node in self._items(override, fields, "connections"):
                self._connection(override.document, node)
            for node in self._items(override, fields, "remove"):
                self._remove(override.document, node)

    def _each(self) -> Iterator[tuple[Override, Fields]]:
        for override in self._draft.overrides:
            yield override, self._values.fields(override.document, override.node, "`overrides`")

    def _section(self, override: Override, fields: Fields, name: str) -> Iterator[tuple[str, tuple[ScalarNode, Node]]]:
        if name in fields:
            yield from self._values.fields(override.document, fields[name][1], f"`{name}`").items()

    def _items(self, override: Override, fields: Fields, name: str) -> list[Node]:
        if name not in fields:
            return []
        node = fields[name][1]
        if isinstance(node, SequenceNode):
            return list(node.value)
        self._problems.at(override.document, node, f"`{name}` is no list", expected="a list")
        return []

    def _lists(self, override: Override, fields: Fields, name: str) -> Iterator[tuple[str, list[tuple[Node, str]]]]:
        for service, (_, node) in self._section(override, fields, name):
            items = node.value if isinstance(node, SequenceNode) else [node]
            yield service, [(item, self._values.text(override.document, item, "a name")) for item in items]

    def _component(self, document: Document, id_: str, node: Node) -> None:
        component = self._found(document, Site(document.path, ("overrides", "components", id_), key=True), id_)
        if component is None:
            return
        fields = self._values.fields(document, node, f"the override of `{id_}`")
        known = vocabulary().types[component.type].properties
        said = self._values.properties(document, fields, known, f"`{component.type}`")
        label = said.get("label")
        changed = replace(
            component,
            properties={**component.properties, **said},
            label=label if isinstance(label, str) else component.label,
        )
        self._draft.components[component.id] = changed
        self._rebind(component, changed)

    def _rebind(self, old: Component, new: Component) -> None:
        self._draft.connections = [
            replace(
                edge,
                source=new if edge.source is old else edge.source,
                target=new if edge.target is old else edge.target,
            )
            if old in (edge.source, edge.target)
            else edge
            for edge in self._draft.connections
        ]

    def _found(self, document: Document, site: Site, id_: str) -> Component | None:
        """The component of that id, or of that name if only one has it."""
        components = self._draft.components
        if id_ in components:
            return components[id_]
        named = self._draft.by_name().get(id_, [])
        if len(named) == 1:
            return named[0]
        message = f"`{id_[:80]}` is in several services" if named else f"there is no component `{id_[:80]}` to override"
        known = [component.id for component in named] or list(components)
        self._problems.at_site(document, site, message, suggestion=nearest(id_, known))
        return None

    def _connection(self, document: Document, node: Node) -> None:
        key, body = node, None
        if isinstance(node, MappingNode) and len(node.value) == 1:
            key, body = node.value[0]
        properties: Properties = {}
        if body is not None:
            fields = self._values.fields(document, body, "the properties of a connection")
            properties = self._values.properties(document, fields, vocabulary().connection_properties, "a connection")

        def change(edge: Connection, link: Link) -> Connection:
            assumed = vocabulary().assumed_action(edge.source.type, edge.target.type, link.style)
            action = link.action or (edge.action if link.style is edge.style else assumed)
            said = {name: value for name, value in properties.items() if name != "confidence"}
            confidence = _CONFIDENCES.get(str(properties.get("confidence")), Confidence.CERTAIN)
            return replace(
                edge,
                style=link.style,
                action=action,
                properties={**edge.properties, **said},
                confidence=confidence,
            )

        self._each_edge(document, key, change)

    def _remove(self, document: Document, node: Node) -> None:
        written = self._values.text(document, node, "what to remove")
        if " " in written.strip():
            self._each_edge(document, node, lambda _edge, _link: None)
            return
        component = self._found(document, self._site(document, node), written) if written else None
        if component is not None:
            del self._draft.components[component.id]
            self._draft.connections = [
                edge for edge in self._draft.connections if component not in (edge.source, edge.target)
            ]

    def _each_edge(
        self, document: Document, node: Node, change: Callable[[Connection, Link], Connection | None]
    ) -> None:
        """Change each connection that a chain names: those of its style, else whatever is between the two ends."""
        try:
            links = parse_chain(str(node.value)) if isinstance(node, ScalarNode) else []
        except ChainError as error:
            self._problems.at(document, node, str(error), expected=error.expected)
            return
        if not links:
            self._problems.at(document, node, "this is no connection", expected="`a => b`")
        for link in links:
            for source in link.sources:
                for target in link.targets:
                    self._change(document, node, (source.text, target.text), link, change)

    def _change(
        self,
        document: Document,
        node: Node,
        names: tuple[str, str],
        link: Link,
        change: Callable[[Connection, Link], Connection | None],
    ) -> None:
        ends = [self._found(document, self._site(document, node), name) for name in names]
        if ends[0] is None or ends[1] is None:
            return
        between = [edge for edge in self._draft.connections if [edge.source, edge.target] == ends]
        exact = [edge for edge in between if edge.style is link.style and link.action in {"", edge.action}]
        chosen = exact or [edge for edge in between if (edge.style is Style.ERROR) is (link.style is Style.ERROR)]
        if not chosen:
            shown = [f"{edge.source.id} {_SHOWN[edge.style]} {edge.target.id}" for edge in self._draft.connections]
            wanted = f"{ends[0].id} {_SHOWN[link.style]} {ends[1].id}"
            message = f"there is no connection `{wanted}` to override"
            self._problems.at(document, node, message, suggestion=nearest(wanted, shown))
            return
        changed = {edge: change(edge, link) for edge in chosen}
        self._draft.connections = [
            kept for edge in self._draft.connections if (kept := changed.get(edge, edge)) is not None
        ]

    def _site(self, document: Document, node: Node) -> Site:
        return Site(document.path, (), span=document.span_of(node))


def _names(stack: Stack) -> Iterator[str]:
    yield stack.name
    yield stack.site.document
    yield from stack.resources
