"""From stacks to one architecture: ends are looked up across stacks; what is deployed elsewhere becomes external."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from archlint.importers.draft import Draft
from archlint.importers.infrastructure.admitting import admitted
from archlint.importers.infrastructure.ends import End, Exported, Inside, Local, Named, Output, Stored
from archlint.importers.infrastructure.logs import find_log_groups
from archlint.importers.infrastructure.settling import Edges
from archlint.importers.infrastructure.stack import Resource, Stack, Wire
from archlint.model import Component, Confidence, Connection, Service, Style, Value
from archlint.vocabulary import vocabulary

_Foreign: TypeAlias = Named | Exported | Stored | Output
_ODD = re.compile(r"[^A-Za-z0-9_-]+")
_OUTSIDE = ("actor", "external_system")
_DEFAULT_BUS = ("eventbridge_bus", "default")
"""Every account has it and no template makes it; its rules are those of the stacks."""
_TIMES = 16
"""How many steps an end is followed: an export of a parameter of an export and so on."""


def assemble(stacks: Sequence[Stack], draft: Draft) -> None:
    """Add the stacks to a draft, each as a service; several keep their ids apart by it."""
    find_log_groups(stacks)
    _Assembly(stacks, draft).run()


class _Assembly:
    def __init__(self, stacks: Sequence[Stack], draft: Draft) -> None:
        self._stacks = stacks
        self._draft = draft
        vocabulary_ = vocabulary()
        self._assumed = vocabulary_.assumed_action
        self._types = vocabulary_.types
        self._of_connections = vocabulary_.connection_properties
        self._outside = frozenset().union(*(vocabulary_.members(group) for group in _OUTSIDE))
        self._qualified = _several_services(stacks) or bool(draft.services)
        self._names = dict(zip(map(id, stacks), _distinct(stacks, draft.services), strict=True))
        self._outer = {id(inner): stack for stack in stacks for inner in stack.nested.values()}
        self._found: dict[tuple[int, str], Component] = {}
        self._by_name: dict[tuple[str, str, int], tuple[Stack, str]] = {}
        self._exports: dict[str, tuple[Stack, End]] = {}
        self._stored: dict[str, tuple[Stack, End]] = {}
        self._properties: dict[str, dict[str, Value]] = {}
        self._imports: dict[int, dict[str, None]] = {}
        self._alike: dict[str, dict[str, int]] = {}
        self._edges = Edges()

    def run(self) -> None:
        for stack in self._stacks:
            self._declare(stack)
        for stack in self._stacks:
            for wire in stack.wires:
                self._connect(stack, wire)
        self._draft.connections.extend(self._edges.settled())
        for stack in self._stacks:
            own = self._properties.get(self._names[id(stack)])
            if own is not None and id(stack) in self._imports:
                own["imports"] = tuple(self._imports[id(stack)])

    def _declare(self, stack: Stack) -> None:
        if not self._draft.name:
            self._draft.name = stack.title or stack.name
        for resource in stack.resources.values():
            properties = admitted(resource.properties, self._types[resource.type].properties)
            self._component(stack, resource._replace(properties=properties))
            if resource.name:
                self._by_name.setdefault(_name_key(stack, resource.type, resource.name), (stack, resource.id))
        for name, end in stack.exports.items():
            self._exports.setdefault(name, (stack, end))
        for name, end in stack.stored.items():
            self._stored.setdefault(name, (stack, end))

    def _component(self, stack: Stack, resource: Resource) -> None:
        elsewhere = resource.type in self._outside or resource.properties.get("external") is True
        if elsewhere or (self._qualified and resource.id in stack.outside):
            self._found[id(stack), resource.id] = self._add_outside(stack, resource)
            return
        service = self._service(stack, resource.id)
        id_ = f"{service}.{resource.id}" if self._qualified else resource.id
        if id_ in self._draft.components:  # two stacks in one service
            id_ = f"{id_}-{self._names[id(stack)]}"
        self._found[id(stack), resource.id] = self._add(
            id_, service, resource, mentioned=resource.id in stack.mentioned
        )

    def _add(self, id_: str, service: str | None, resource: Resource, *, mentioned: bool = False) -> Component:
        label = resource.properties.get("label")
        shown = label if isinstance(label, str) else resource.label
        component = Component(id_, resource.type, service, resource.properties, resource.site, shown, mentioned)
        self._draft.components[id_] = component
        return component

    def _add_outside(self, stack: Stack, resource: Resource) -> Component:
        """A component outside every service has a bare id. One outside system that several stacks name is one."""
        id_ = resource.id
        known = self._draft.components.get(id_)
        if known is not None and known.service is None and known.type == resource.type in self._outside:
            return known
        if known is not None:
            id_ = f"{self._names[id(stack)]}-{resource.id}"
        return self._add(id_, None, resource, mentioned=resource.id in stack.mentioned)

    def _service(self, stack: Stack, resource: str) -> str:
        name = stack.services.get(resource, self._names[id(stack)])
        if name not in self._draft.services:
            properties = dict(stack.properties) if name == self._names[id(stack)] else {}
            if stack.services:
                properties["stack"] = self._names[id(stack)]
            outermost = self._outermost(stack)
            if outermost is not stack and name == self._names[id(stack)]:
                properties["nested_in"] = self._names[id(outermost)]
            self._properties[name] = properties
            self._draft.services[name] = Service(name, stack.site, properties)
        return name

    def _outermost(self, stack: Stack) -> Stack:
        """The stack that another is nested in, through others or directly; one that is in none is its own."""
        while (outer := self._outer.get(id(stack))) is not None:
            stack = outer
        return stack

    def _connect(self, stack: Stack, wire: Wire) -> None:
        ends = self._end(stack, wire.source), self._end(stack, wire.target)
        if ends[0] is None or ends[1] is None:
            return
        source, target = (end if isinstance(end, Component) else self._placeholder(end, wire) for end in ends if end)
        style = wire.style or Style.SYNC
        action = wire.action or self._assumed(source.type, target.type, style)
        properties = admitted(wire.properties, self._of_connections)
        guessed = not stack.mistyped.isdisjoint((wire.source, wire.target))
        if guessed and source is target:
            return
        confidence = Confidence.GUESS if guessed else wire.confidence
        edge = Connection(source, target, style, action, properties, wire.site, confidence)
        self._edges.add(edge, undecided=wire.style is None)

    def _end(self, stack: Stack, end: End) -> Component | _Foreign | None:
        """The component that an end means, or what of it another stack, unread, must have; None if nothing is meant."""
        for _ in range(_TIMES):
            if isinstance(end, Local) and (id(stack), end.id) in self._found:
                return self._found[id(stack), end.id]
            given = self._given(stack, end)
            if given is None:
                return None if isinstance(end, Local | Inside) else end
            if isinstance(end, Exported) and given[0] is not stack:
                self._imports.setdefault(id(stack), {})[self._names[id(given[0])]] = None
            stack, end = given
        return None

    def _given(self, stack: Stack, end: End) -> tuple[Stack, End] | None:
        """One step from an end towards a component, and the stack to go on in."""
        match end:
            case Local(id_):
                return (stack, stack.aliases[id_]) if id_ in stack.aliases else None
            case Inside(inner, passed):
                return inner, passed
            case Output(output, nested):
                inner = stack.nested.get(nested, stack)
                return (inner, inner.outputs[output]) if inner is not stack and output in inner.outputs else None
            case Exported(export):
                return self._exports.get(export)
            case Stored(parameter):
                own = stack.stored.get(parameter)
                return (stack, own) if own is not None else self._stored.get(parameter)
            case Named(type_, name):
                known = self._by_name.get(_name_key(stack, type_, name))
                known = known or self._by_name.get(_name_key(stack, type_, f"${{{name}}}"))
                return (known[0], Local(known[1])) if known else None

    def _placeholder(self, end: _Foreign, wire: Wire) -> Component:
        """What another stack, unread, owns: external, of the type that its ARN or its use says."""
        name = end.nested if isinstance(end, Output) else end[1] if isinstance(end, Named) else end[0]
        id_ = self._numbered(_identifier(name, end.type), name)
        while id_ in self._draft.components and not _is_placeholder(self._draft.components[id_], end.type):
            id_ += "-external"
        if id_ not in self._draft.components:
            ours = end.type in self._outside or (end.type, name) == _DEFAULT_BUS
            properties: dict[str, Value] = {} if ours else {"external": True}
            service = None
            if (end.type, name) == _DEFAULT_BUS and not self._qualified:
                service = next(iter(self._draft.services), None)
            self._draft.components[id_] = Component(id_, end.type, service, properties, wire.site, name)
        return self._draft.components[id_]

    def _numbered(self, base: str, name: str) -> str:
        """The id of a placeholder, with a number where one of another name has it: `a.b` is not `a-b`."""
        alike = self._alike.setdefault(base, {})
        place = alike.setdefault(_OPEN_OR_SLASH.sub("", name), len(alike))
        return f"{base}-{place + 1}" if place else base


_OPEN_OR_SLASH = re.compile(r"\$\{|\}|^/")
"""What does not tell names apart: the braces of what is not known, and the slash that the ARN of a parameter lacks."""


def _several_services(stacks: Sequence[Stack]) -> bool:
    """Whether ids need their service in front."""
    full = [stack for stack in stacks if stack.resources]
    return len(full) > 1 or any(stack.services for stack in full)


_OWN = re.compile(r"\$\{(?!AWS\.(?:AccountId|Partition|Region|URLSuffix)\})")


def _name_key(stack: Stack, type_: str, name: str) -> tuple[str, str, int]:
    """A name with something unknown in it, such as a parameter, is one of its own in each stack.

    The ARN of an SSM parameter does not tell whether its name starts with a slash.
    """
    if type_ == "ssm_parameter":
        name = name.removeprefix("/")
    return type_, name, id(stack) if _OWN.search(name) else 0


def _is_placeholder(component: Component, type_: str) -> bool:
    return component.type == type_ and (component.service is None or component.id == _DEFAULT_BUS[1])


def _identifier(name: str, type_: str) -> str:
    """A name as an id of the description format."""
    base = _ODD.sub("-", name).strip("-")
    return base if base[:1].isalpha() else f"{type_}-{base}".rstrip("-")


def _distinct(stacks: Iterable[Stack], taken: Iterable[str]) -> list[str]:
    """A service name for each stack, all different."""
    used, numbers, names = set(taken), dict[str, int](), []
    for stack in stacks:
        base = _identifier(stack.name, "service")
        name, number = base, numbers.get(base, 2)
        while name in used:
            name, number = f"{base}-{number}", number + 1
        numbers[base] = number
        used.add(name)
        names.append(name)
    return names
