"""Both architectures as one, for a picture: the new one with what was removed from the old one still in its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archlint.diff.comparison import (
    Comparison,
    ComponentDifference,
    ConnectionDifference,
    ServiceDifference,
    Status,
)
from archlint.model import Architecture, Component, Connection, Service
from archlint.model.record import replace
from archlint.model.tuples import NamedTuple


class United(NamedTuple):
    """An architecture of everything in either, with what became of each element of it.

    ``components`` are by the id that a component has here, ``services`` by their names. The new architecture's elements
    are its own objects; those of the old one that are left are copies between the united components.
    """

    comparison: Comparison
    architecture: Architecture
    components: Mapping[str, ComponentDifference]
    connections: Mapping[Connection, ConnectionDifference]
    services: Mapping[str, ServiceDifference]


def united(comparison: Comparison) -> United:
    """Unite the two sides. What is gone keeps its id, unless something new has it now."""
    homes = {found.old.name: found.new.name for found in comparison.services if found.old and found.new}
    taken = set(comparison.new.by_id)
    gone = {
        found.old: _moved(found.old, homes, taken)
        for found in comparison.components
        if found.old is not None and found.new is None
    }
    here = {found.old: found.new for found in comparison.components if found.old is not None and found.new is not None}
    components = _in_place(comparison, {**here, **gone}, gone)
    connections = dict(_connections(comparison, {**here, **gone}))
    services = dict(comparison.new.services)
    lost = {found.old.name: found.old for found in comparison.services if found.old and found.new is None}
    for component in gone.values():
        if component.service is not None and component.service not in services:
            services[component.service] = lost.get(component.service) or Service(component.service, component.site)
    architecture = replace(
        comparison.new,
        components=tuple(components),
        connections=tuple(connections),
        services=services,
    )
    differences = {found.new or gone[found.component]: found for found in comparison.components}
    return United(
        comparison,
        architecture,
        {component.id: found for component, found in differences.items()},
        connections,
        {found.service.name: found for found in comparison.services},
    )


def _moved(component: Component, homes: Mapping[str, str], taken: set[str]) -> Component:
    """A component that is gone, in what became of its service, under an id that is free."""
    service = homes.get(component.service, component.service) if component.service is not None else None
    base = component.id if service == component.service else f"{service}.{component.name}"
    id_, number = base, 1
    while id_ in taken:
        number += 1
        id_ = f"{base} ({number})"  # no id that can be written has a blank
    taken.add(id_)
    return replace(component, id=id_, service=service, label=component.label or component.name)


def _in_place(
    comparison: Comparison, sides: Mapping[Component, Component], gone: Mapping[Component, Component]
) -> list[Component]:
    """The new components in their order, each one that is gone behind what stood before it."""
    following: dict[Component | None, list[Component]] = {}
    before: Component | None = None
    for component in comparison.old.components:
        if component in gone:
            following.setdefault(before, []).append(gone[component])
        else:
            before = sides[component]
    found = list(following.get(None, ()))
    for component in comparison.new.components:
        found += [component, *following.get(component, ())]
    return found


def _connections(
    comparison: Comparison, sides: Mapping[Component, Component]
) -> Iterator[tuple[Connection, ConnectionDifference]]:
    ends = {(edge.source, edge.target) for edge in comparison.new.connections}
    for found in comparison.connections:
        if found.new is not None:
            yield found.new, found
        elif found.old is not None:
            source, target = sides[found.old.source], sides[found.old.target]
            # One that is no difference although it has no counterpart is said by another between the same ends.
            if found.status is not Status.SAME or (source, target) not in ends:
                yield replace(found.old, source=source, target=target), found
