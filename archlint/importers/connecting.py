"""Reading connections, once every component is known."""

from __future__ import annotations

from collections.abc import Iterator

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from archlint.importers.arrows import ChainError, Link, Name, parse_chain
from archlint.importers.draft import Draft, Pending
from archlint.importers.problems import Problems
from archlint.importers.values import ValueReader
from archlint.model import Component, Confidence, Connection, InputError, Problem, Properties, Site, Style
from archlint.model.elements import no_properties
from archlint.source import Document, scalar
from archlint.vocabulary import nearest, vocabulary

_LONG_FORM = frozenset({"from", "to", "style", "action"})
_STYLES = {style.value: style for style in Style}
_CONFIDENCES = {confidence.word: confidence for confidence in Confidence}
_NO_PROPERTIES: Properties = no_properties()


class ConnectionReader:
    """Reads every form of a connection: a chain, a chain with properties, and the long form."""

    def __init__(self, draft: Draft, problems: Problems, values: ValueReader, most: int) -> None:
        self._draft = draft
        self._left = self._most = most
        self._problems = problems
        self._values = values
        self._vocabulary = vocabulary()
        self._resolved: dict[tuple[str | None, str], Component | None] = {}
        self._sidecars = {override.document.path for override in draft.overrides}
        self._by_name: dict[str, list[Component]] | None = None

    def read(self, pending: Pending) -> None:
        """Add the connections of one entry to the draft."""
        node = pending.node
        if isinstance(node, ScalarNode):
            self._draft.connections.extend(self._chain(pending, node, pending.route, None))
        elif isinstance(node, MappingNode):
            self._mapping(pending, node)
        else:
            self._problems.at(pending.document, node, "this is no connection", expected="`a => b`")

    def _mapping(self, pending: Pending, node: MappingNode) -> None:
        fields = self._values.fields(pending.document, node, "a connection")
        if "from" in fields or "to" in fields:
            self._draft.connections.extend(self._long(pending, node))
            return
        if len(fields) != 1:
            message = "a connection with properties has one key" if fields else "this is no connection"
            self._problems.at(pending.document, node, message, expected="`a -> b: {property: value}`")
            return
        (text, (key, value)) = next(iter(fields.items()))
        self._draft.connections.extend(self._chain(pending, key, (*pending.route, text), value))

    def _chain(
        self, pending: Pending, node: ScalarNode, route: tuple[str | int, ...], body: Node | None
    ) -> Iterator[Connection]:
        document = pending.document
        keyed = body is not None
        try:
            links = parse_chain(node.value)
        except ChainError as error:
            site = Site(document.path, route, error.part, key=keyed)
            self._problems.at_site(document, site, str(error), expected=error.expected)
            return
        properties = _NO_PROPERTIES
        if body is not None:
            if len(links) > 1:
                message = "properties belong to one arrow, and this chain has several"
                self._problems.at(document, node, message, expected="an entry of its own for that arrow")
                return
            fields = self._values.fields(document, body, "the properties of a connection")
            properties = self._values.properties(
                document, fields, self._vocabulary.connection_properties, "a connection"
            )
        for link in links:
            yield from self._link(pending, link, route, properties, keyed=keyed)

    def _link(
        self, pending: Pending, link: Link, route: tuple[str | int, ...], properties: Properties, *, keyed: bool
    ) -> Iterator[Connection]:
        document = pending.document
        if link.action and link.action not in self._vocabulary.actions:
            part = (link.action_start, link.action_start + len(link.action))
            self._problems.at_site(
                document,
                Site(document.path, route, part, key=keyed),
                f"unknown action `{link.action}`",
                suggestion=nearest(link.action, self._vocabulary.actions),
            )
        sources = [self._component(pending, name, route, keyed=keyed) for name in link.sources]
        targets = [self._component(pending, name, route, keyed=keyed) for name in link.targets]
        site = Site(document.path, route, link.part, key=keyed)
        self._count(len(sources), len(targets), document, site)
        for source in sources:
            for target in targets:
                if source is not None and target is not None:
                    yield self._connection((source, target), link.style, link.action, properties, site)

    def _connection(
        self, ends: tuple[Component, Component], style: Style, action: str, properties: Properties, site: Site
    ) -> Connection:
        source, target = ends
        action = action or self._vocabulary.assumed_action(source.type, target.type, style)
        word = properties.get("confidence")
        if word is None:
            return Connection(source, target, style, action, properties, site)
        others = {name: value for name, value in properties.items() if name != "confidence"}
        confidence = _CONFIDENCES.get(str(word), Confidence.GUESS)  # an unknown one is surely no more
        return Connection(source, target, style, action, others, site, confidence)

    def _component(
        self, pending: Pending, name: Name, route: tuple[str | int, ...], *, keyed: bool
    ) -> Component | None:
        found = self.resolve(name.text, pending.service, pending.document)
        if found is None and not self._is_declared(name.text, pending.service):
            site = Site(pending.document.path, route, (name.start, name.end), key=keyed)
            self._problems.unknown_component(pending.document, site, name.text, self._draft.components, pending.service)
        return found

    def _is_declared(self, name: str, service: str | None) -> bool:
        """Whether a component of that name is there and could not be read, which has been said already."""
        declared = self._draft.declared
        return f"component {service}.{name}" in declared or f"component {name}" in declared

    def resolve(self, name: str, service: str | None, document: Document) -> Component | None:
        """What a name means: the service's own component, else one at the top level, else a full id.

        In a sidecar, which does not say itself what belongs where, the name is enough that only one service has.
        """
        key = (service, name)
        if key not in self._resolved:
            components = self._draft.components
            own = components.get(f"{service}.{name}") if service is not None else None
            self._resolved[key] = own or components.get(name)
        found = self._resolved[key]
        return self._only(name) if found is None and document.path in self._sidecars else found

    def _only(self, name: str) -> Component | None:
        """The component of a name that only one service has."""
        if self._by_name is None:
            self._by_name = self._draft.by_name()
        named = self._by_name.get(name, [])
        return named[0] if len(named) == 1 else None

    def _long(self, pending: Pending, node: MappingNode) -> Iterator[Connection]:
        document = pending.document
        fields = self._values.fields(document, node, "a connection")
        whole = True
        for name in ("from", "to", "style"):
            if name not in fields:
                self._problems.at(document, node, f"this connection lacks `{name}`", expected=f"`{name}: …`")
                whole = False
        style = self._style(document, fields["style"][1]) if "style" in fields else None
        action = self._action(document, fields["action"][1]) if "action" in fields else ""
        properties = self._values.properties(
            document, fields, self._vocabulary.connection_properties, "a connection", _LONG_FORM
        )
        if not whole or style is None:
            return
        sources = self._named(pending, fields["from"][1])
        targets = self._named(pending, fields["to"][1])
        site = Site(document.path, (*pending.route, "from"), key=True)
        self._count(len(sources), len(targets), document, site)
        for source in sources:
            for target in targets:
                yield self._connection((source, target), style, action, properties, site)

    def _count(self, sources: int, targets: int, document: Document, site: Site) -> None:
        """Raise :class:`InputError` before lists on both sides have made more connections than they may."""
        self._left -= max(sources * targets - sources - targets, 0)
        if self._left < 0:
            message = f"lists on both sides of arrows make more than {self._most:,} connections"
            raise InputError([Problem(message, document.span(site))])

    def _style(self, document: Document, node: Node) -> Style | None:
        word = self._values.text(document, node, "`style`")
        if word and word not in _STYLES:
            self._problems.unknown(document, node, "style", word, _STYLES)
        return _STYLES.get(word)

    def _action(self, document: Document, node: Node) -> str:
        word = self._values.text(document, node, "`action`")
        if word and word not in self._vocabulary.actions:
            self._problems.unknown(document, node, "action", word, self._vocabulary.actions)
        return word

    def _named(self, pending: Pending, node: Node) -> list[Component]:
        nodes = node.value if isinstance(node, SequenceNode) else [node]
        found = []
        for item in nodes:
            if not isinstance(item, ScalarNode) or not isinstance(scalar(item), str):
                self._problems.at(pending.document, item, "this is no name", expected="a component's name")
                continue
            for name in (part.strip() for part in item.value.split(",")):
                component = self.resolve(name, pending.service, pending.document)
                if component is None and self._is_declared(name, pending.service):
                    continue
                if component is None:
                    self._problems.unknown_component(
                        pending.document, item, name, self._draft.components, pending.service
                    )
                else:
                    found.append(component)
        return found
