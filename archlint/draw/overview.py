"""The overview of a large architecture: one node for each service, with the connections between services counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from archlint.draw.metrics import balanced, wrapped
from archlint.draw.scene import (
    DETAIL_SIZE,
    NAME_SIZE,
    NAME_WIDTH,
    Arrow,
    Line,
    Node,
    Scene,
    component_node,
    line_of,
    source_of,
)
from archlint.draw.wording import clean
from archlint.model import Architecture, Component, Connection
from archlint.model.tuples import NamedTuple
from archlint.vocabulary import vocabulary

_ICONS = 4
_MANY = 30
"""From so many nodes on, arrows to hubs are said in words."""
_HUB = 12
"""With more neighbours than this, a node is a hub."""
_PREFIX = "service "


class Unit(NamedTuple):
    """What is one node of the overview and one picture: a service, or a part of a large one; ``members`` are ids."""

    name: str
    service: str
    members: tuple[str, ...]


def unit_id(unit: Unit) -> str:
    """The id of a unit's node, which no component can have."""
    return f"{_PREFIX}{unit.name}"


def overview(architecture: Architecture, units: Sequence[Unit]) -> Scene:
    """The scene of the units, of the components outside every service, and of what connects them."""
    tints = {name: place for place, name in enumerate(architecture.services)}
    homes = {member: unit_id(unit) for unit in units for member in unit.members}
    nodes = [_unit_node(architecture, unit, tints[unit.service]) for unit in units]
    nodes += [component_node(component) for component in architecture.by_service.get(None, ())]
    title = f"{clean(architecture.name)}: overview"
    arrows = list(_arrows(architecture, homes))
    if len(nodes) > _MANY:
        nodes, arrows = _without_hubs(nodes, arrows)
    return Scene(title, source_of(architecture), tuple(nodes), (), tuple(arrows))


def _without_hubs(nodes: Sequence[Node], arrows: Sequence[Arrow]) -> tuple[list[Node], list[Arrow]]:
    """Where something has connections to very many others, words instead of a star of arrows over all of them."""
    near: dict[str, dict[str, None]] = {node.id: {} for node in nodes}
    for arrow in arrows:
        near[arrow.source][arrow.target] = None
        near[arrow.target][arrow.source] = None
    hubs = {name for name, others in near.items() if len(others) > _HUB}
    kept = [arrow for arrow in arrows if arrow.source not in hubs and arrow.target not in hubs]
    said = []
    for node in nodes:
        if node.id in hubs:
            more = f"\u2194 {len(near[node.id])} others"
        else:
            names = ", ".join(name.removeprefix(_PREFIX) for name in near[node.id] if name in hubs)
            more = f"\u2194 {names}" if names else ""
        said.append(node._replace(detail=(*node.detail, *wrapped(more, DETAIL_SIZE, NAME_WIDTH, 2))) if more else node)
    return said, kept


def _unit_node(architecture: Architecture, unit: Unit, tint: int) -> Node:
    members = [architecture.by_id[member] for member in unit.members]
    shown = balanced(clean(unit.name), NAME_SIZE, NAME_WIDTH, 3)
    count = len(members)
    detail = (f"{count} component{'s' * (count != 1)}",)
    node = Node(unit_id(unit), "", shown, detail, unit_id(unit), icons=_icons(members), tint=tint)
    return node._replace(service=unit.service, members=unit.members)


def _icons(members: Sequence[Component]) -> tuple[str, ...]:
    """The icons that occur most, the first of equals first."""
    types = vocabulary().types
    counts = Counter(icon for component in members if (icon := types[component.type].icon))
    return tuple(icon for icon, _ in counts.most_common(_ICONS))


def _arrows(architecture: Architecture, homes: Mapping[str, str]) -> Iterator[Arrow]:
    groups: dict[tuple[str, str, Line], list[Connection]] = {}
    for edge in architecture.connections:
        source, target = homes.get(edge.source.id, edge.source.id), homes.get(edge.target.id, edge.target.id)
        if source != target:
            groups.setdefault((source, target, line_of(edge)), []).append(edge)
    for (source, target, line), edges in groups.items():
        label = (f"\u00d7 {len(edges)}",) if len(edges) > 1 else ()
        ends = [name.removeprefix(_PREFIX) for name in (source, target)]
        count = f"{len(edges)} connection{'s' * (len(edges) != 1)}"
        title = f"{ends[0]} {edges[0].style.arrow} {ends[1]}: {count}"
        yield Arrow(source, target, line, label, title, is_dead_letter=False, connections=tuple(edges))
