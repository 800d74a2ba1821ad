"""What is missing for a match: in words, and as changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from archlint.facts import Graph
from archlint.model import AddComponent, AddConnection, Change, Component, Connection, SetProperty, Value
from archlint.model.tuples import NamedTuple
from archlint.pattern.conditions import satisfying
from archlint.pattern.terms import Path, Role, Step, Where
from archlint.search.elements import of_link
from archlint.vocabulary import vocabulary


class Missing(NamedTuple):
    """What does not hold: what is missing in words, and the changes that would make it hold.

    ``weight`` is what it costs: one for a component together with its connections, a connection with its properties, or
    a property. ``elements`` is how many parts of the pattern that are. ``made`` is the id of a component that is added.
    """

    words: str
    changes: tuple[Change, ...]
    weight: int = 1
    elements: int = 1
    made: str = ""


STATED = frozenset({"role", "mode", "instances"})
"""Properties that say what something is or does. A change of them makes nothing so: what is written is not altered."""


def unmet_by(graph: Graph, component: Component, role: Role) -> tuple[Missing, ...] | None:
    """The conditions of a role that a component does not meet; None if one cannot be met by setting a property."""
    found = []
    known = vocabulary().types[component.type].properties
    for name, condition in role.where:
        written = graph.written_value(component, name)
        if condition.holds(graph.component_value(component, name), written) is True:
            continue
        value = satisfying(condition)
        if value is None or name not in known or (name in STATED and written is not None):
            return None
        words = f"{name.replace('_', ' ')} {known[name].show(value)} on {component.id}"
        found.append(Missing(words, (SetProperty(name, value, component=component.id),)))
    return tuple(found)


def unmet_on(graph: Graph, edge: Connection, where: Where) -> tuple[Missing, ...] | None:
    """The conditions of a step that a connection does not meet; None if one cannot be met by setting a property."""
    found = []
    known = vocabulary().connection_properties
    for name, condition in where:
        written = graph.written_value(edge, name)
        if condition.holds(graph.connection_value(edge, name), written) is True:
            continue
        value = satisfying(condition)
        if value is None or name not in known or (name in STATED and written is not None):
            return None
        words = f"{name.replace('_', ' ')} {known[name].show(value)} on {shown_connection(edge)}"
        found.append(Missing(words, (set_on_connection(edge, name, value),)))
    return tuple(found)


def shown_connection(edge: Connection) -> str:
    """A connection as a description writes it."""
    return f"{edge.source.id} {edge.style.arrow} {edge.target.id}"


def missing_connection(edge: Connection, link: Step | Path, made: Collection[str]) -> Missing:
    """A connection that a step asks for and that is not there; one of what is ``made`` costs nothing more."""
    elements = of_link(link)
    if edge.source.id in made or edge.target.id in made:
        return Missing("", (addition(edge),), 0, elements)
    return Missing(f"a connection {shown_connection(edge)}", (addition(edge),), 1, elements)


def in_words(missing: Sequence[Missing]) -> tuple[str, ...]:
    """What is missing, a line each; a component that is made is told by what it is connected to."""
    made = {one.made for one in missing if one.made}
    links = [change for one in missing for change in one.changes if isinstance(change, AddConnection)]
    lines = Counter(
        f"{one.words}{_place(one.made, links, made)}" if one.made else one.words for one in missing if one.words
    )
    return tuple(line if count == 1 else f"{line} ({count} of them)" for line, count in lines.items())


def _place(id_: str, links: Sequence[AddConnection], made: Collection[str]) -> str:
    before = _listed(link.source for link in links if link.target == id_ and link.source not in made)
    after = _listed(link.target for link in links if link.source == id_ and link.target not in made)
    if before and after:
        return f" between {before} and {after}"
    if before:
        return f" for {before}"
    return f" in front of {after}" if after else ""


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(ids))


def adds_to(changes: Iterable[Change], change: Change) -> bool:
    """Whether a setting is one of something that the changes add."""
    return isinstance(change, SetProperty) and any(_adds(other, change) for other in changes)


def with_article(title: str) -> str:
    """A title with its article."""
    return f"an {title}" if title[:1].lower() in "aeiou" else f"a {title}"


def addition(edge: Connection) -> AddConnection:
    """The change that adds a connection."""
    assumed = vocabulary().assumed_action(edge.source.type, edge.target.type, edge.style)
    action = "" if edge.action == assumed else edge.action
    return AddConnection(edge.source.id, edge.target.id, edge.style, action, edge.properties)


def set_on_connection(edge: Connection, name: str, value: Value) -> SetProperty:
    """The change that sets a property of a connection."""
    return SetProperty(name, value, connection=(edge.source.id, edge.target.id, edge.style, edge.action))


def merged(changes: list[Change]) -> tuple[Change, ...]:
    """Settings of what is added become part of the addition; doubled changes are left out."""
    merged: list[Change] = []
    for change in changes:
        if isinstance(change, SetProperty):
            place = next((index for index, other in enumerate(merged) if _adds(other, change)), None)
            if place is not None:
                other = merged[place]
                assert isinstance(other, AddComponent | AddConnection)
                merged[place] = other._replace(properties={**other.properties, change.name: change.value})
                continue
        if change not in merged:
            merged.append(change)
    return tuple(merged)


def opened(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """With what is added and used by other services made a part of its own service's interface."""
    used = {change.target for change in changes if isinstance(change, AddConnection) and _crosses(change)}
    known = vocabulary().types
    return tuple(
        change._replace(properties={**change.properties, "interface": True})
        if isinstance(change, AddComponent)
        and change.service is not None
        and change.id in used
        and "interface" in known[change.type].properties
        else change
        for change in changes
    )


def _crosses(change: AddConnection) -> bool:
    return change.source.rpartition(".")[0] not in {"", change.target.rpartition(".")[0]}


def _adds(other: Change, change: SetProperty) -> bool:
    if isinstance(other, AddComponent):
        return other.id == change.component
    if isinstance(other, AddConnection) and change.connection is not None:
        source, target, style, _ = change.connection
        return (other.source, other.target, other.style) == (source, target, style)
    return False
