"""From stacks to one architecture: ends are looked up across stacks; what is deployed elsewhere becomes external."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from archlint.importers.draft import Draft
from archlint.importers.infrastructure.ends import End, Exported, Local, Named, Stored
from archlint.importers.infrastructure.stack import Resource, Stack, Wire
from archlint.model import Component, Confidence, Connection, Properties, Service, Style, Value
from archlint.vocabulary import vocabulary

_ODD = re.compile(r"[^A-Za-z0-9_-]+")
_OUTSIDE = ("actor", "external_system")
_READ_WRITE = frozenset({"read", "write", "read_write"})
_TIMES = 8
"""How many exports in a row are followed: an export of a parameter of an export and so on."""


def assemble(stacks: Sequence[Stack], draft: Draft) -> None:
    """Add the stacks to a draft, each as a service; several keep their ids apart by it."""
    _Assembly(stacks, draft).run()


class _Assembly:
    def __init__(self, stacks: Sequence[Stack], draft: Draft) -> None:
        self._stacks = stacks
        self._draft = draft
        vocabulary_ = vocabulary()
        self._assumed = vocabulary_.assumed_action
        self._outside = frozenset().union(*(vocabulary_.members(group) for group in _OUTSIDE))
        self._qualified = len(stacks) > 1 or bool(draft.services)
        self._names = dict(zip(map(id, stacks), _distinct(stacks, draft.services), strict=True))
        self._found: dict[tuple[int, str], Component] = {}
        self._by_name: dict[tuple[str, str], tuple[Stack, str]] = {}
        self._exports: dict[str, tuple[Stack, End]] = {}
        self._stored: dict[str, tuple[Stack, End]] = {}
        self._edges: dict[tuple[str, str, Style, str], Connection] = {}

    def run(self) -> None:
        for stack in self._stacks:
            self._declare(stack)
        for stack in self._stacks:
            for wire in stack.wires:
                self._connect(stack, wire)
        self._draft.connections.extend(_without_repeats(self._edges))

    def _declare(self, stack: Stack) -> None:
        if not self._draft.name:
            self._draft.name = stack.title or stack.name
        for resource in stack.resources.values():
            self._component(stack, resource)
            if resource.name:
                self._by_name.setdefault((resource.type, resource.name), (stack, resource.id))
        for name, end in stack.exports.items():
            self._exports.setdefault(name, (stack, end))
        for name, end in stack.stored.items():
            self._stored.setdefault(name, (stack, end))

    def _component(self, stack: Stack, resource: Resource) -> None:
        outside = resource.id in stack.outside or resource.type in self._outside
        service = None if outside or resource.properties.get("external") is True else self._service(stack, resource.id)
        id_ = f"{service or self._names[id(stack)]}.{resource.id}" if self._qualified else resource.id
        component = Component(id_, resource.type, service, resource.properties, resource.site, resource.label)
        self._draft.components[id_] = self._found[id(stack), resource.id] = component

    def _service(self, stack: Stack, resource: str) -> str:
        name = stack.services.get(resource, self._names[id(stack)])
        if name not in self._draft.services:
            own = name == self._names[id(stack)]
            properties: Properties = stack.properties if own else {"stack": self._names[id(stack)]}
            self._draft.services[name] = Service(name, stack.site, properties)
        return name

    def _connect(self, stack: Stack, wire: Wire) -> None:
        source, target = self._end(stack, wire.source, wire), self._end(stack, wire.target, wire)
        if source is None or target is None:
            return
        action = wire.action or self._assumed(source.type, target.type, wire.style)
        key = (source.id, target.id, wire.style, action)
        route = wire.properties.get("route")
        key = key if route is None else (*key[:3], f"{action} {route}")
        edge = Connection(source, target, wire.style, action, wire.properties, wire.site, wire.confidence)
        earlier = self._edges.get(key)
        self._edges[key] = edge if earlier is None else _merged(earlier, edge)

    def _end(self, stack: Stack, end: End, wire: Wire) -> Component | None:
        for _ in range(_TIMES):
            if isinstance(end, Local):
                return self._found.get((id(stack), end.id))
            given = self._given(end)
            if given is None:
                return self._placeholder(end, wire)
            stack, end = given
        return None

    def _given(self, end: Named | Exported | Stored) -> tuple[Stack, End] | None:
        if isinstance(end, Exported):
            return self._exports.get(end.export)
        if isinstance(end, Stored):
            return self._stored.get(end.parameter)
        known = self._by_name.get((end.type, end.name))
        return (known[0], Local(known[1])) if known else None

    def _placeholder(self, end: Named | Exported | Stored, wire: Wire) -> Component:
        """What another stack, unread, owns: external, of the type that its ARN or its use says."""
        name = end.name if isinstance(end, Named) else end.export if isinstance(end, Exported) else end.parameter
        id_ = _identifier(name, end.type)
        while id_ in self._draft.components and not _is_placeholder(self._draft.components[id_], end.type):
            id_ += "-external"
        if id_ not in self._draft.components:
            properties: dict[str, Value] = {} if end.type in self._outside else {"external": True}
            self._draft.components[id_] = Component(id_, end.type, None, properties, wire.site, name)
        return self._draft.components[id_]


def _is_placeholder(component: Component, type_: str) -> bool:
    return component.service is None and component.type == type_


def _identifier(name: str, type_: str) -> str:
    """A name as an id of the description format."""
    base = _ODD.sub("-", name).strip("-")
    return base if base[:1].isalpha() else f"{type_}-{base}".rstrip("-")


def _distinct(stacks: Iterable[Stack], taken: Iterable[str]) -> list[str]:
    """A service name for each stack, all different."""
    used, names = set(taken), []
    for stack in stacks:
        base = _identifier(stack.name, "service")
        name, number = base, 2
        while name in used:
            name, number = f"{base}-{number}", number + 1
        used.add(name)
        names.append(name)
    return names


def _merged(first: Connection, second: Connection) -> Connection:
    """Two sayings of one connection: the surer one's place, the properties of both."""
    surer, other = (first, second) if first.confidence >= second.confidence else (second, first)
    return Connection(
        surer.source,
        surer.target,
        surer.style,
        surer.action,
        {**other.properties, **surer.properties},
        surer.site,
        surer.confidence,
    )


def _without_repeats(edges: dict[tuple[str, str, Style, str], Connection]) -> list[Connection]:
    """Reading and writing the same store is one connection; a guess beside something surer says nothing."""
    kept: dict[tuple[str, str, Style, str], Connection] = {}
    for key, edge in edges.items():
        if edge.action not in _READ_WRITE:
            kept[key] = edge
            continue
        group = (*key[:3], "store")
        earlier = kept.get(group)
        if earlier is None:
            kept[group] = edge
        elif earlier.confidence == edge.confidence and earlier.action != edge.action:
            both = _merged(earlier, edge)
            kept[group] = Connection(
                both.source, both.target, both.style, "read_write", both.properties, both.site, both.confidence
            )
        else:
            kept[group] = _merged(earlier, edge)
    pairs = {(edge.source.id, edge.target.id): Confidence.GUESS for edge in kept.values()}
    for edge in kept.values():
        pair = (edge.source.id, edge.target.id)
        pairs[pair] = max(pairs[pair], edge.confidence)
    return [
        edge
        for edge in kept.values()
        if edge.confidence is not Confidence.GUESS or pairs[edge.source.id, edge.target.id] is Confidence.GUESS
    ]
