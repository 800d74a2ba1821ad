"""Resources that are there several times and are one component: only what holds for each of them holds for it.

Where instances differ in a property it is not known; a connection that some of them have and others may lack is likely.
A single component that is connected with each of them says how many they are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import groupby

from archlint.importers.infrastructure import End, Local, Wire
from archlint.importers.terraform.blocks import Declared
from archlint.importers.terraform.world import World
from archlint.model import UNKNOWN, Confidence, Properties, Value
from archlint.model.tuples import NamedTuple

_TOLD = ("route", "rule", "subscription", "prefix", "suffix")
"""Properties that tell the connections of the same two components apart: each may be that of one instance."""
_NAMING = frozenset({*_TOLD, "attached_to", "event"})
"""Properties that say which connection it is and not how it works."""


class _Made(NamedTuple):
    """What an instance, by its place among those of the resource, has made: wires by number, and properties."""

    item: Declared
    place: int
    wires: range
    given: Mapping[str, Mapping[str, Value]]


class Agreement:
    """Keeps in mind which instance made what; :meth:`settle` lets it hold for all of them, once all is made."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._made: list[_Made] = []

    def translated(self, item: Declared, place: int, wires: range) -> None:
        """Say which wires of the stack an instance has made, and that it has set what was set since."""
        self._made.append(_Made(item, place, wires, self._world.taken()))

    def settle(self) -> None:
        """Change what was made so far so that it holds for every instance."""
        self._settle_connections()
        self._settle_components()
        self._say_how_many()
        self._settle_confidence()

    # --- connections ------------------------------------------------------------------------------------------------

    def _settle_connections(self) -> None:
        """Properties in which the instances of one resource differ are not known of the connection they share."""
        for item, by_place in self._shared():
            numbers = [number for found in by_place.values() for number in found]
            wires = [self._wire(number) for number in numbers]
            own = Local(item.address) in (wires[0].source, wires[0].target)
            lacking = own and len(by_place) < len(item.blocks)
            for name in {name for wire in wires for name in wire.properties} - _NAMING:
                values = [[self._wire(number).properties.get(name) for number in found] for found in by_place.values()]
                if lacking or any(value != values[0] for value in values):
                    for number in numbers:
                        self._change(number, {name: UNKNOWN})

    def _shared(self) -> Iterator[tuple[Declared, Mapping[int, list[int]]]]:
        """The wires of each connection that instances of one resource make, by the place of the instance."""
        for made_by_item in _by_item(self._made):
            groups: dict[Hashable, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
            for made in made_by_item:
                for number in made.wires:
                    groups[_key(self._wire(number), told=True)][made.place].append(number)
            for by_place in groups.values():
                yield made_by_item[0].item, by_place

    def _settle_confidence(self) -> None:
        """A connection that not every instance at its ends has for certain is likely."""
        certain = [number for number in self._numbers() if self._wire(number).confidence is Confidence.CERTAIN]
        counts = Counter(_key(self._wire(number), told=False) for number in certain)
        for number in certain:
            wire = self._wire(number)
            if counts[_key(wire, told=False)] < self._fewest(wire):
                self._world.stack.wires[number] = wire._replace(confidence=Confidence.LIKELY)

    def _say_how_many(self) -> None:
        """What leads from a single component to one that stands for several reaches each of them, or nobody knows."""
        counts = Counter(_key(self._wire(number), told=True) for number in self._numbers())
        for number, wire in enumerate(self._world.stack.wires):
            many = self._many(wire.target)
            if many is None or self._many(wire.source) is not None or "instances" in wire.properties:
                continue
            if counts[_key(wire, told=True)] >= self._fewest(wire):
                self._change(number, {"instances": many})
            elif not any(name in wire.properties for name in _TOLD):
                self._change(number, {"instances": UNKNOWN})

    def _fewest(self, wire: Wire) -> int:
        """How often a connection is made where each instance at its ends has it."""
        return max(self._blocks(wire.source), self._blocks(wire.target))

    def _blocks(self, end: End) -> int:
        item = self._world.declared.get(end.id) if isinstance(end, Local) else None
        return len(item.blocks) if item is not None else 1

    def _many(self, end: End) -> Value:
        item = self._world.declared.get(end.id) if isinstance(end, Local) else None
        return item.many if item is not None else None

    def _numbers(self) -> Iterator[int]:
        for made in self._made:
            yield from made.wires

    def _wire(self, number: int) -> Wire:
        return self._world.stack.wires[number]

    def _change(self, number: int, properties: Properties) -> None:
        wire = self._wire(number)
        self._world.stack.wires[number] = wire._replace(properties={**wire.properties, **properties})

    # --- components -------------------------------------------------------------------------------------------------

    def _settle_components(self) -> None:
        """What resources beside a component set for some of its instances alone, or differently, is not known."""
        said: dict[tuple[str, str, str], list[Value]] = defaultdict(list)
        for made in self._made:
            for id_, properties in made.given.items():
                for name, value in properties.items():
                    said[made.item.address, id_, name].append(value)
        for (_, id_, name), values in said.items():
            if len(values) < self._blocks(Local(id_)) or any(value != values[0] for value in values):
                self._world.stack.set(Local(id_), name, UNKNOWN)


def _by_item(made: Iterable[_Made]) -> Iterator[list[_Made]]:
    """What the instances of each resource that is there several times have made."""
    for _, found in groupby(made, key=lambda each: each.item.address):
        listed = list(found)
        if len(listed) > 1:
            yield listed


def _key(wire: Wire, *, told: bool) -> tuple[Hashable, ...]:
    names = [str(wire.properties.get(name, "")) for name in (*_TOLD, "attached_to")] if told else []
    return (wire.source, wire.target, wire.style, wire.action, *names)
