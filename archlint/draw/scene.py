"""What is drawn: nodes, boxes and arrows with their texts, from an architecture and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from archlint.draw.metrics import wrapped
from archlint.model import Architecture, Component, Connection, Style, Value, is_unknown
from archlint.vocabulary import show_duration, vocabulary

_LONGEST = 400
_NAME_WIDTH = 118
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
NAME_SIZE, DETAIL_SIZE, LABEL_SIZE = 11.5, 9.5, 9.5


class Node(NamedTuple):
    """A component: its icon's class, the lines of its name and the small line under it."""

    id: str
    icon: str
    name: tuple[str, ...]
    detail: tuple[str, ...]
    title: str
    external: bool


class Box(NamedTuple):
    """A service with the ids of its components."""

    name: str
    members: tuple[str, ...]


class Line(Enum):
    """How an arrow is drawn: by its style, but for an alarm that watches, which sends nothing."""

    SYNC = "sync"
    ASYNC = "async"
    ERROR = "error"
    WATCH = "watch"


class Arrow(NamedTuple):
    """A connection between two nodes; ``is_dead_letter`` if it leads to a queue of failures in the same box."""

    source: str
    target: str
    line: Line
    label: str
    is_dead_letter: bool


class Scene(NamedTuple):
    """A whole picture."""

    title: str
    source: str
    nodes: tuple[Node, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def make_scene(architecture: Architecture) -> Scene:
    """The scene of a whole architecture, in file order."""
    nodes = tuple(_node(component) for component in architecture.components)
    boxes = tuple(
        Box(clean(name), tuple(component.id for component in members))
        for name in architecture.services
        if (members := architecture.by_service.get(name))
    )
    arrows = tuple(_merged(architecture))
    return Scene(clean(architecture.name), clean(", ".join(architecture.documents)), nodes, boxes, arrows)


def clean(text: str) -> str:
    """Text without control characters, cut to a length that a picture can hold."""
    plain = _CONTROL.sub(" ", text[: _LONGEST * 2]).strip()
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"


def _node(component: Component) -> Node:
    type_ = vocabulary().types[component.type]
    name = wrapped(clean(component.label) or component.name, NAME_SIZE, _NAME_WIDTH, 3)
    detail = wrapped(", ".join(_details(component)), DETAIL_SIZE, _NAME_WIDTH, 2)
    external = component.service is None
    return Node(component.id, type_.icon, name, detail, f"{component.id}: {type_.title}", external)


def _details(component: Component) -> Iterator[str]:
    """What matters about a component at a glance."""
    properties = component.properties
    for name, text in _DETAILS:
        value = properties.get(name)
        if value is not None and not is_unknown(value) and value is not False:
            yield text.format(_shown(name, value)) if "{}" in text else text


_DETAILS = (
    ("reserved_concurrency", "concurrency {}"),
    ("visibility_timeout", "visibility {}"),
    ("ttl", "TTL {}"),
    ("max_connections", "{} connections"),
    ("rate", "every {}"),
    ("fifo", "FIFO"),
)
_DURATIONS = frozenset({"visibility_timeout", "ttl", "rate"})


def _shown(name: str, value: Value) -> str:
    if name in _DURATIONS and isinstance(value, int | float):
        return show_duration(value)
    return clean(str(value))


def _merged(architecture: Architecture) -> Iterator[Arrow]:
    """The connections, parallel ones of one kind between the same two drawn as one with all their labels."""
    groups: dict[tuple[str, str, Line], list[Connection]] = {}
    for edge in architecture.connections:
        line = Line.WATCH if edge.action == "observe" else Line(edge.style.value)
        groups.setdefault((edge.source.id, edge.target.id, line), []).append(edge)
    for (source, target, line), edges in groups.items():
        labels = dict.fromkeys(label for edge in edges if (label := _label(edge)))
        text = ", ".join(labels)
        yield Arrow(source, target, line, text, _is_dead_letter(architecture, edges[0]))


def _is_dead_letter(architecture: Architecture, edge: Connection) -> bool:
    """Whether an error arrow is all that leads to its target, so that the target may stand beside its source."""
    arriving = architecture.incoming(edge.target)
    alone = all(other.style is Style.ERROR or other.action == "observe" for other in arriving)
    own = sum(other.style is Style.ERROR for other in arriving) == 1
    return edge.style is Style.ERROR and alone and own and edge.source.service == edge.target.service


def _label(edge: Connection) -> str:
    """What to say beside an arrow: the user's label, else the route, an unusual action or a number that matters."""
    properties = edge.properties
    for name, text in (("label", "{}"), ("route", "{}"), ("event", "{}")):
        value = properties.get(name)
        if isinstance(value, str):
            return clean(text.format(value))
    assumed = vocabulary().assumed_action(edge.source.type, edge.target.type, edge.style)
    if edge.style is Style.ERROR:
        receives = properties.get("max_receives")
        return f"after {receives} receives" if isinstance(receives, int) else ""
    if (batch := properties.get("batch_size")) is not None and isinstance(batch, int):
        return f"batch {batch}"
    if properties.get("instances") is not None:
        return f"\u00d7 {clean(str(properties['instances']))}"
    return "" if edge.action in (assumed, "invoke") else edge.action.replace("_", " ")
