"""Changes of an architecture as edits of the description that it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from archlint.fix.joining import Edit
from archlint.fix.layout import Layout
from archlint.fix.spelling import Written, arrow, flow, said, short, written_addition, written_connection
from archlint.importers.arrows import Link, parse_chain
from archlint.model import AddComponent, AddConnection, Architecture, Connection, RemoveComponent, SetProperty
from archlint.model.places import Route
from archlint.source import Document
from archlint.vocabulary import vocabulary

Instead = Mapping[Connection, Written | None]
"""What stands instead of a connection; None: nothing."""


class Editor:
    """Makes the edits of one document. Raises KeyError or ValueError where the text is of an unexpected shape."""

    def __init__(self, document: Document, architecture: Architecture) -> None:
        self._document = document
        self._architecture = architecture
        self._layout = Layout(document)

    def add_component(self, change: AddComponent) -> Edit:
        """Add a line to the components of its service, or to those outside every service."""
        known = vocabulary().types[change.type].properties
        name, body = change.id.rpartition(".")[2], change.type
        if change.properties:
            body = f"{{type: {change.type}, {flow(change.properties, known)}}}"
        scoped = change.service is not None and change.id.startswith(f"{change.service}.")
        route: Route = ("services", change.service or "", "components") if scoped else ("components",)
        return self._layout.with_entry(route, name, body)

    def add_connections(self, changes: Sequence[AddConnection]) -> Iterator[Edit]:
        """Add items to the connections of each source's service, or to those between services."""
        homes: dict[str | None, list[AddConnection]] = {}
        for change in changes:
            homes.setdefault(self._home(change), []).append(change)
        for service, some in homes.items():
            route: Route = ("services", service, "connections") if service else ("connections",)
            yield self._layout.with_items(route, [written_addition(change, service) for change in some])

    def _home(self, change: AddConnection) -> str | None:
        """The service whose section a connection goes into, if this document has it."""
        service = change.source.rpartition(".")[0] or change.target.rpartition(".")[0]
        _, node = self._document.node_at(("services",))
        return service if service and isinstance(node, MappingNode) and service in self._document.pairs(node) else None

    def set_on_component(self, changes: Sequence[SetProperty]) -> Iterator[Edit]:
        """Set properties of one component, whichever way it is written."""
        component = self._architecture.by_id[changes[0].component or ""]
        known = vocabulary().types[component.type].properties
        pairs = {change.name: known[change.name].show(change.value) for change in changes}
        _, node = self._document.node_at(component.site.route)
        if isinstance(node, ScalarNode):
            body = ", ".join(f"{name}: {shown}" for name, shown in pairs.items())
            yield self._layout.replaced(node, f"{{type: {node.value}, {body}}}")
        else:
            yield from self._pairs(node, pairs)

    def remove_component(self, change: RemoveComponent) -> Edit:
        """Take a component's own lines out; its connections have to be gone."""
        component = self._architecture.by_id[change.id]
        key, value = self._document.node_at(component.site.route)
        if key is None:
            raise ValueError(change.id)
        _, parent = self._document.node_at(component.site.route[:-1])
        if isinstance(parent, MappingNode) and parent.flow_style:
            return self._layout.cut_from_flow(key.start_mark.index, value.end_mark.index)
        return self._layout.lines_cut(key.start_mark.index, self._layout.end(value))

    def set_on_connections(self, values: Mapping[Connection, Mapping[str, SetProperty]]) -> Iterator[Edit]:
        """Set properties of connections; an entry that makes several connections is split."""
        known = vocabulary().connection_properties
        split: dict[Connection, Written | None] = {}
        for edge, changes in values.items():
            pairs = {name: known[name].show(change.value) for name, change in changes.items()}
            key, value = self._document.node_at(edge.site.route)
            if edge.site.key and edge.site.route[-1] == "from":
                yield from self._pairs(self._document.node_at(edge.site.route[:-1])[1], pairs)
            elif edge.site.key and isinstance(key, ScalarNode) and _is_single(parse_chain(key.value)):
                if isinstance(value, MappingNode):
                    yield from self._pairs(value, pairs)
                else:
                    yield self._layout.replaced(
                        value, f"{{{', '.join(f'{one}: {two}' for one, two in pairs.items())}}}"
                    )
            else:
                properties = {**edge.properties, **{name: change.value for name, change in changes.items()}}
                split[edge] = written_connection(edge, properties, _service_of(edge))
        yield from self.rewrite(split)

    def rewrite(self, instead: Instead) -> Iterator[Edit]:
        """Other connections in place of some, or nothing: one edit for each entry that they stand in."""
        entries: dict[Route, dict[Connection, Written | None]] = {}
        for edge, written in instead.items():
            entries.setdefault(_entry_of(edge), {})[edge] = written
        for route, some in entries.items():
            item = self._document.node_at(route)[1]
            _, parent = self._document.node_at(route[:-1])
            flow_style = isinstance(parent, SequenceNode) and bool(parent.flow_style)
            yield self._layout.item_replaced(item, list(self._pieces(some)), flow=flow_style)

    def _pieces(self, instead: Instead) -> Iterator[Written]:
        """What an entry becomes; the links of its chain beside those that change stay together."""
        some = next(iter(instead))
        if some.site.key and some.site.route[-1] == "from":
            yield from (written for written in instead.values() if written is not None)
            return
        key, value = self._document.node_at(some.site.route)
        node = key if some.site.key and isinstance(key, ScalarNode) else value
        assert isinstance(node, ScalarNode)
        chain: str = node.value
        body = said(some, some.properties) if some.site.key else ""
        whole: list[Link] = []
        for link in parse_chain(chain):
            touched = {edge: written for edge, written in instead.items() if edge.site.part == link.part}
            if not touched:
                whole.append(link)
                continue
            yield from _together(chain, whole, body)
            whole = []
            yield from self._taken_apart(link, touched, body)
        yield from _together(chain, whole, body)

    def _taken_apart(self, link: Link, instead: Instead, body: str) -> Iterator[Written]:
        """Each connection of a comma list as an entry of its own, or what stands instead of it."""
        for source in link.sources:
            for target in link.targets:
                edge = next((one for one in instead if _is_edge((source.text, target.text), one)), None)
                if edge is None:
                    yield Written(f"{source.text} {arrow(link.style, link.action)} {target.text}", body)
                elif (written := instead[edge]) is not None:
                    yield written

    def _pairs(self, node: Node, pairs: Mapping[str, str]) -> Iterator[Edit]:
        for name, shown in pairs.items():
            yield self._layout.with_pair(node, name, shown)


def _entry_of(edge: Connection) -> Route:
    """The route of the item that a connection stands in."""
    return edge.site.route[: 4 if edge.site.route[0] == "services" else 2]


def _service_of(edge: Connection) -> str | None:
    return str(edge.site.route[1]) if edge.site.route[0] == "services" else None


def _is_edge(ends: tuple[str, str], edge: Connection) -> bool:
    service = _service_of(edge)
    ids = (edge.source.id, edge.target.id)
    return all(end in (id_, short(id_, service)) for end, id_ in zip(ends, ids, strict=True))


def _together(chain: str, links: Sequence[Link], body: str) -> Iterator[Written]:
    if links:
        yield Written(chain[links[0].part[0] : links[-1].part[1]], body)


def _is_single(links: list[Link]) -> bool:
    return len(links) == 1 and len(links[0].sources) == 1 and len(links[0].targets) == 1
