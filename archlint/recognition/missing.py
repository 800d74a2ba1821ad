"""What is missing for a match: in words, and as changes."""

from __future__ import annotations

from typing import NamedTuple

from archlint.facts import Graph
from archlint.model import AddComponent, AddConnection, Change, Component, Connection, SetProperty, Value
from archlint.pattern.conditions import satisfying
from archlint.pattern.terms import Path, Role, Step, Where
from archlint.vocabulary import vocabulary


class Missing(NamedTuple):
    """What does not hold: what is missing in words, and the changes that would make it hold.

    ``weight`` is how many clauses that are: a new connection with two conditions is three.
    """

    words: str
    changes: tuple[Change, ...]
    weight: int = 1


def unmet_by(graph: Graph, component: Component, role: Role) -> tuple[Missing, ...] | None:
    """The conditions of a role that a component does not meet; None if one cannot be met by setting a property."""
    found = []
    known = vocabulary().types[component.type].properties
    for name, condition in role.where:
        written = graph.written_value(component, name)
        if condition.holds(graph.component_value(component, name), written) is True:
            continue
        value = satisfying(condition)
        if value is None or name not in known:
            return None
        words = f"{name.replace('_', ' ')} {known[name].show(value)} on {component.id}"
        found.append(Missing(words, (SetProperty(name, value, component=component.id),)))
    return tuple(found)


def unmet_on(graph: Graph, edge: Connection, where: Where) -> tuple[Missing, ...] | None:
    """The conditions of a step that a connection does not meet; None if one cannot be met by setting a property."""
    found = []
    known = vocabulary().connection_properties
    for name, condition in where:
        if condition.holds(graph.connection_value(edge, name), graph.written_value(edge, name)) is True:
            continue
        value = satisfying(condition)
        if value is None or name not in known:
            return None
        words = f"{name.replace('_', ' ')} {known[name].show(value)} on {shown_connection(edge)}"
        found.append(Missing(words, (set_on_connection(edge, name, value),)))
    return tuple(found)


def shown_connection(edge: Connection) -> str:
    """A connection as a description writes it."""
    return f"{edge.source.id} {edge.style.arrow} {edge.target.id}"


def missing_connection(edge: Connection, link: Step | Path) -> Missing:
    """A connection that a step asks for and that is not there."""
    return Missing(_connection_words(edge), (addition(edge),), 1 + len(link.where))


def _connection_words(edge: Connection) -> str:
    return f"a connection {shown_connection(edge)}"


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


def _adds(other: Change, change: SetProperty) -> bool:
    if isinstance(other, AddComponent):
        return other.id == change.component
    if isinstance(other, AddConnection) and change.connection is not None:
        source, target, style, _ = change.connection
        return (other.source, other.target, other.style) == (source, target, style)
    return False
