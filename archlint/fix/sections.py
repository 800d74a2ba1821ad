"""Editing the sections of one description text."""

from __future__ import annotations

from collections.abc import Mapping

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from archlint.fix.applying import edge_key
from archlint.importers.arrows import Link, parse_chain
from archlint.model import (
    AddComponent,
    AddConnection,
    Architecture,
    Confidence,
    Connection,
    Properties,
    RemoveComponent,
    RemoveConnection,
    SetProperty,
    Style,
    Value,
)
from archlint.model.places import Route
from archlint.source import Document
from archlint.vocabulary import PropertyType, vocabulary

_INDENT = "  "


class Editor:
    """Makes one change to one document; every method gives the whole new text."""

    def __init__(self, document: Document, architecture: Architecture) -> None:
        self._document = document
        self._architecture = architecture
        self._text = document.text
        self._newline = "\r\n" if "\r\n" in document.text else "\n"

    def add_component(self, change: AddComponent) -> str:
        """Add a line to the components of its service, or to those outside every service."""
        known = vocabulary().types[change.type].properties
        name, body = change.id.rpartition(".")[2], change.type
        if change.properties:
            body = f"{{type: {change.type}, {_flow(change.properties, known)}}}"
        scoped = change.service is not None and change.id.startswith(f"{change.service}.")
        route: Route = ("services", change.service or "", "components") if scoped else ("components",)
        return self._insert_pair(route, name, body)

    def add_connection(self, change: AddConnection) -> str:
        """Add an item to the connections of the source's service, or to those between services."""
        service = self._scope(change.source) or self._scope(change.target)
        route: Route = ("services", service, "connections") if service else ("connections",)
        if service and service not in self._services():
            route, service = ("connections",), None
        source, target = self._short(change.source, service), self._short(change.target, service)
        written = f"{source} {arrow(change.style, change.action)} {target}"
        return self._insert_item(route, written, _flow(change.properties, vocabulary().connection_properties))

    def _services(self) -> Mapping[str, object]:
        _, node = self._document.node_at(("services",))
        return self._document.pairs(node) if isinstance(node, MappingNode) else {}

    def _scope(self, id_: str) -> str | None:
        return id_.rpartition(".")[0] or None

    def _short(self, id_: str, service: str | None) -> str:
        scope, _, name = id_.rpartition(".")
        return name if scope == (service or "") else id_

    def set_on_component(self, change: SetProperty) -> str:
        """Set one property of a component, whichever way the component is written."""
        component = self._architecture.by_id[change.component or ""]
        shown = vocabulary().types[component.type].properties[change.name].show(change.value)
        _, node = self._document.node_at(component.site.route)
        if isinstance(node, ScalarNode):
            return self._replace(node, f"{{type: {node.value}, {change.name}: {shown}}}")
        return self._set_pair(node, change.name, shown)

    def set_on_connection(self, change: SetProperty) -> str:
        """Set one property of a connection; an entry that makes several connections is split."""
        edge = self._edge(change.connection)
        shown = vocabulary().connection_properties[change.name].show(change.value)
        if edge.site.key and edge.site.route[-1] == "from":
            return self._set_pair(self._document.node_at(edge.site.route[:-1])[1], change.name, shown)
        key, value = self._document.node_at(edge.site.route)
        if edge.site.key and isinstance(key, ScalarNode) and _is_single(parse_chain(key.value)):
            if isinstance(value, MappingNode):
                return self._set_pair(value, change.name, shown)
            return self._replace(value, f"{{{change.name}: {shown}}}")
        properties = {**edge.properties, change.name: change.value}
        return self._rewrite(edge, self._written(edge, properties))

    def remove_connection(self, change: RemoveConnection) -> str:
        """Take one connection out of its entry, or the entry out of its list."""
        return self._rewrite(self._edge((change.source, change.target, change.style, change.action)), None)

    def remove_component(self, change: RemoveComponent) -> str:
        """Take a component's own lines out; its connections have to be gone."""
        component = self._architecture.by_id[change.id]
        key, value = self._document.node_at(component.site.route)
        if key is None:
            raise ValueError(change.id)
        _, parent = self._document.node_at(component.site.route[:-1])
        if isinstance(parent, MappingNode) and parent.flow_style:
            return self._cut_flow(key.start_mark.index, value.end_mark.index)
        start = self._text.rfind("\n", 0, key.start_mark.index) + 1
        return self._text[:start] + self._text[self._line_end(self._end(value)) :]

    def _edge(self, key: tuple[str, str, Style, str] | None) -> Connection:
        return next(edge for edge in self._architecture.connections if edge_key(edge) == key)

    def _written(self, edge: Connection, properties: Properties) -> tuple[str, str]:
        service = self._service_of(edge)
        assumed = vocabulary().assumed_action(edge.source.type, edge.target.type, edge.style)
        written_arrow = arrow(edge.style, "" if edge.action == assumed else edge.action)
        ends = self._short(edge.source.id, service), self._short(edge.target.id, service)
        return f"{ends[0]} {written_arrow} {ends[1]}", _flow(
            _said(edge, properties), vocabulary().connection_properties
        )

    def _service_of(self, edge: Connection) -> str | None:
        return str(edge.site.route[1]) if edge.site.route[0] == "services" else None

    def _rewrite(self, edge: Connection, instead: tuple[str, str] | None) -> str:
        """The entry of a connection without it, and what stands there instead as an entry of its own."""
        route = edge.site.route[: 4 if edge.site.route[0] == "services" else 2]
        key, value = self._document.node_at(edge.site.route)
        item = self._document.node_at(route)[1]
        if edge.site.key and edge.site.route[-1] == "from":
            pieces: list[tuple[str, str]] = []
        else:
            chain = key if edge.site.key and isinstance(key, ScalarNode) else value
            assert isinstance(chain, ScalarNode)
            said = _said(edge, edge.properties)
            body = _flow(said, vocabulary().connection_properties) if edge.site.key else ""
            pieces = self._pieces(chain.value, edge, instead, body)
        if instead is not None and not pieces:
            pieces = [instead]
        _, parent = self._document.node_at(route[:-1])
        flow = isinstance(parent, SequenceNode) and bool(parent.flow_style)
        return self._replace_item(item, pieces, flow=flow)

    def _pieces(
        self, chain: str, edge: Connection, instead: tuple[str, str] | None, body: str
    ) -> list[tuple[str, str]]:
        """The chain's links as entries, the connection taken out or put instead; links beside it stay together."""
        pieces: list[tuple[str, str]] = []
        links = parse_chain(chain)
        place = next(index for index, link in enumerate(links) if link.part == edge.site.part)
        if place > 0:
            pieces.append((chain[links[0].part[0] : links[place - 1].part[1]], body))
        link = links[place]
        service = self._service_of(edge)
        for source in link.sources:
            for target in link.targets:
                ends = (source.text, target.text)
                if self._is_edge(ends, edge, service):
                    pieces += [instead] if instead is not None else []
                else:
                    pieces.append((f"{source.text} {arrow(link.style, link.action)} {target.text}", body))
        if place + 1 < len(links):
            pieces.append((chain[links[place + 1].part[0] : links[-1].part[1]], body))
        return pieces

    def _is_edge(self, ends: tuple[str, str], edge: Connection, service: str | None) -> bool:
        ids = (edge.source.id, edge.target.id)
        return all(end in (id_, self._short(id_, service)) for end, id_ in zip(ends, ids, strict=True))

    def _replace_item(self, item: Node, pieces: list[tuple[str, str]], *, flow: bool) -> str:
        start, end = item.start_mark.index, self._end(item)
        if flow:
            if not pieces:
                return self._cut_flow(start, end)
            return self._text[:start] + ", ".join(_flow_item(*piece) for piece in pieces) + self._text[end:]
        if not pieces:
            begin = self._text.rfind("\n", 0, start) + 1
            return self._text[:begin] + self._text[self._line_end(end) :]
        dash = self._text.rfind("-", 0, start)
        indent = self._text[self._text.rfind("\n", 0, dash) + 1 : dash]
        first, *rest = (_block_item(*piece) for piece in pieces)
        more = "".join(f"{indent}- {line}{self._newline}" for line in rest)
        after = self._line_end(end)
        return self._text[:start] + first + self._text[end:after] + more + self._text[after:]

    def _cut_flow(self, start: int, end: int) -> str:
        """Cut an item out of a flow collection with the comma that belongs to it."""
        rest = self._text[end:]
        if rest.lstrip().startswith(","):
            return self._text[:start] + rest.lstrip()[1:].lstrip()
        return self._text[:start].rstrip().removesuffix(",") + rest

    def _set_pair(self, node: Node, name: str, shown: str) -> str:
        assert isinstance(node, MappingNode)
        pair = self._document.pairs(node).get(name)
        if pair is not None:
            return self._replace(pair[1], shown)
        return self._add_pair(node, name, shown)

    def _insert_pair(self, route: Route, name: str, body: str) -> str:
        _, node = self._section(route)
        if node is not None:
            return self._add_pair(node, name, body)
        return self._new_section(route, f"{name}: {body}", f"{{{name}: {body}}}", dash=False)

    def _insert_item(self, route: Route, written: str, properties: str) -> str:
        key, node = self._section(route)
        if node is None:
            return self._new_section(
                route, _block_item(written, properties), f"[{_flow_item(written, properties)}]", dash=True
            )
        assert isinstance(node, SequenceNode)
        if node.flow_style:
            close = node.end_mark.index - 1
            comma = ", " if node.value else ""
            return self._text[:close].rstrip() + comma + _flow_item(written, properties) + self._text[close:]
        del key
        last = node.value[-1]
        dash = self._text.rfind("-", 0, last.start_mark.index)
        indent = self._text[self._text.rfind("\n", 0, dash) + 1 : dash]
        return self._insert_line(self._end(last), f"{indent}- {_block_item(written, properties)}")

    def _section(self, route: Route) -> tuple[Node | None, MappingNode | SequenceNode | None]:
        parent: Node = self._document.root
        key: Node | None = None
        for part in route:
            if not isinstance(parent, MappingNode) or part not in (pairs := self._document.pairs(parent)):
                return None, None
            key, parent = pairs[str(part)]
        return key, parent if isinstance(parent, MappingNode | SequenceNode) else None

    def _add_pair(self, node: Node, name: str, body: str) -> str:
        assert isinstance(node, MappingNode)
        if node.flow_style:
            close = node.end_mark.index - 1
            comma = ", " if node.value else ""
            return self._text[:close].rstrip() + comma + f"{name}: {body}" + self._text[close:]
        column = node.value[0][0].start_mark.column
        return self._insert_line(self._end(node.value[-1][1]), f"{' ' * column}{name}: {body}")

    def _new_section(self, route: Route, block: str, flow: str, *, dash: bool) -> str:
        """Add a section with its first entry to the service or the file."""
        _, parent = self._document.node_at(route[:-1])
        if not isinstance(parent, MappingNode):
            raise ValueError(str(route[-1]))  # noqa: TRY004  it is the user's text that is of another shape
        if parent.flow_style:
            return self._add_pair(parent, str(route[-1]), flow)
        column = parent.value[0][0].start_mark.column
        margin = " " * column
        entry = f"- {block}" if dash else block
        line = f"{margin}{route[-1]}:{self._newline}{margin}{_INDENT}{entry}"
        return self._insert_line(self._end(parent.value[-1][1]), line)

    def _insert_line(self, after: int, line: str) -> str:
        """A line after the one that holds the place ``after``."""
        end = self._line_end(after)
        before = self._text[:end]
        if before and not before.endswith("\n"):
            before += self._newline
        return before + line + self._newline + self._text[end:]

    def _line_end(self, index: int) -> int:
        found = self._text.find("\n", index)
        return len(self._text) if found < 0 else found + 1

    def _end(self, node: Node) -> int:
        """Where a node's own text ends: a block collection's mark is beyond the blank lines that follow it."""
        while isinstance(node, MappingNode | SequenceNode) and not node.flow_style and node.value:
            last = node.value[-1]
            node = last[1] if isinstance(last, tuple) else last
        end: int = node.end_mark.index
        return len(self._text[:end].rstrip()) if isinstance(node, ScalarNode) and node.style in ("|", ">") else end

    def _replace(self, node: Node, shown: str) -> str:
        return self._text[: node.start_mark.index] + shown + self._text[node.end_mark.index :]


def arrow(style: Style, action: str) -> str:
    """An arrow as a description writes it."""
    shaft = style.arrow[0]
    return f"{shaft}{action}{shaft}>" if action else style.arrow


def _said(edge: Connection, properties: Properties) -> Properties:
    """What a description says of a connection: its confidence too, where that is less than certain."""
    sure = edge.confidence is Confidence.CERTAIN
    return properties if sure else {**properties, "confidence": edge.confidence.word}


def _flow(properties: Properties, known: Mapping[str, PropertyType]) -> str:
    return ", ".join(f"{name}: {_shown(known[name], value)}" for name, value in properties.items())


def _shown(property_: PropertyType, value: Value) -> str:
    shown = property_.show(value)
    if isinstance(value, str) and any(mark in shown for mark in ":#{}[],&*!|>'\"%@`"):
        return '"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return shown


def _block_item(written: str, properties: str) -> str:
    return f"{written}: {{{properties}}}" if properties else written


def _flow_item(written: str, properties: str) -> str:
    return f"{{{written}: {{{properties}}}}}" if properties else written


def _is_single(links: list[Link]) -> bool:
    return len(links) == 1 and len(links[0].sources) == 1 and len(links[0].targets) == 1
