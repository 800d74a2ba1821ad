"""One stack in the making."""

from __future__ import annotations

from collections.abc import Mapping

from archlint.importers.infrastructure.ends import End, Exported, Inside, Local, Named, Output, Stored
from archlint.model import Confidence, Properties, Site, Style, Value
from archlint.model.record import fresh, record
from archlint.model.tuples import NamedTuple


class Resource(NamedTuple):
    """A component of a stack; ``name`` is its physical name where that is written down, else empty."""

    id: str
    type: str
    properties: Properties
    site: Site
    label: str
    name: str


class Wire(NamedTuple):
    """A connection of a stack, its ends not yet looked up.

    ``style`` None is an invocation of which nothing says whether the caller waits: it is guessed once all is read.
    """

    source: End
    target: End
    style: Style | None
    action: str
    properties: Properties
    site: Site
    confidence: Confidence


class Note(NamedTuple):
    """Something that could not be read and was left aside, at its place."""

    message: str
    site: Site


@record(frozen=False, eq=False)
class Stack:
    """What one stack, state or serverless.yml deploys together: one service, unless components say otherwise.

    ``exports`` and ``stored`` say what the stack gives to others by export name and SSM parameter; ``properties`` are
    the keys of its service (``stack``, ``owner``). ``services`` puts components, by id, into services of other names (a
    tag, the configuration). ``outside`` lists components outside every service. ``aliases`` says for ids that are no
    components (a function's alias, an API's stage) which end they stand for. ``outputs`` are what it gives to the stack
    around it, ``nested`` the stacks inside it, by id. ``mentioned`` lists components that the code refers to in a way
    that is no connection, ``tags`` are those of components whose values are known. ``mistyped`` are ends that nothing
    declares and whose alias is the nearest that is declared: a connection of theirs is a guess.
    """

    name: str
    site: Site
    title: str = ""
    properties: dict[str, Value] = fresh(factory=dict)
    resources: dict[str, Resource] = fresh(factory=dict)
    wires: list[Wire] = fresh(factory=list)
    exports: dict[str, End] = fresh(factory=dict)
    stored: dict[str, End] = fresh(factory=dict)
    services: dict[str, str] = fresh(factory=dict)
    outside: set[str] = fresh(factory=set)
    aliases: dict[str, End] = fresh(factory=dict)
    outputs: dict[str, End] = fresh(factory=dict)
    nested: dict[str, Stack] = fresh(factory=dict)
    notes: list[Note] = fresh(factory=list)
    mentioned: set[str] = fresh(factory=set)
    tags: dict[str, Mapping[str, str]] = fresh(factory=dict)
    mistyped: set[End] = fresh(factory=set)

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
        kept = _said(properties)
        self.resources[id_] = Resource(id_, type_, kept, site, label or id_, name)

    def connect(  # noqa: PLR0913  what a connection is made of
        self,
        source: End,
        target: End,
        style: Style | None,
        site: Site,
        *,
        action: str = "",
        properties: Mapping[str, Value] | None = None,
        confidence: Confidence = Confidence.CERTAIN,
    ) -> None:
        """Add a connection; an empty action is the one that the format assumes, no style an invocation of either."""
        kept = _said(properties)
        self.wires.append(Wire(source, target, style, action, kept, site, confidence))

    def set(self, end: End, name: str, value: Value) -> None:
        """Set a property of a component of this stack, if it is one; None leaves it as it is."""
        for _ in range(8):
            if not isinstance(end, Local) or end.id not in self.aliases:
                break
            end = self.aliases[end.id]
        if value is not None and isinstance(end, Local) and end.id in self.resources:
            known = self.resources[end.id]
            self.resources[end.id] = known._replace(properties={**known.properties, name: _number(value)})

    def call(self, id_: str, name: str) -> None:
        """Give a component its physical name, unless it has one."""
        known = self.resources.get(id_)
        if known is not None and name and not known.name:
            self.resources[id_] = known._replace(name=name)

    def type_of(self, end: End) -> str:
        """The type of what an end means, as far as this stack and those nested in it say; else ``other``."""
        stack = self
        for _ in range(8):
            match end:
                case Local(id_) if id_ in stack.resources:
                    return stack.resources[id_].type
                case Local(id_) if id_ in stack.aliases:
                    end = stack.aliases[id_]
                case Inside(inner, passed):
                    stack, end = inner, passed
                case Output(output, nested) if nested in stack.nested and output in stack.nested[nested].outputs:
                    stack, end = stack.nested[nested], stack.nested[nested].outputs[output]
                case Named(type_) | Exported(_, type_) | Stored(_, type_) | Output(_, _, type_):
                    return type_
                case _:
                    break
        return "other"

    def unconnected(self) -> frozenset[str]:
        """The components that no wire of this stack starts or ends at, one that only watches left out."""
        found: set[str] = set()
        for wire in self.wires:
            if wire.action != "observe":
                found |= self._components_of(wire)
        return frozenset(self.resources) - found

    def half_connected(self) -> frozenset[str]:
        """The components with a wire whose other end is in this stack and no component: it is not drawn."""
        found: set[str] = set()
        for wire in self.wires:
            if any(isinstance(end, Local) and not self._holds(end) for end in (wire.source, wire.target)):
                found |= self._components_of(wire)
        return frozenset(found)

    def _components_of(self, wire: Wire) -> frozenset[str]:
        ends = [self.aliases.get(end.id, end) for end in (wire.source, wire.target) if isinstance(end, Local)]
        return frozenset(end.id for end in ends if isinstance(end, Local) and end.id in self.resources)

    def _holds(self, end: Local) -> bool:
        return end.id in self.resources or end.id in self.aliases

    def note(self, message: str, site: Site) -> None:
        """Note what could not be read."""
        self.notes.append(Note(message, site))


def _said(properties: Mapping[str, Value] | None) -> dict[str, Value]:
    """The properties that are said at all."""
    return {key: _number(value) for key, value in (properties or {}).items() if value is not None}


def _number(value: Value) -> Value:
    """A whole number is written without a fraction, whatever it was worked out from."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return int(value) if isinstance(value, int) or value.is_integer() else float(value)
