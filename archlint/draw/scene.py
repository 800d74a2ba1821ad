"""What is drawn: nodes, boxes and arrows with their texts, from an architecture and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from archlint.draw.metrics import balanced, is_covered, wrapped
from archlint.draw.wording import clean, details, label_of
from archlint.model import Architecture, Component, Connection, Style
from archlint.vocabulary import vocabulary

NAME_SIZE, DETAIL_SIZE, LABEL_SIZE, TITLE_SIZE = 12.0, 10.0, 10.0, 13.0
_NAME_WIDTH, _LABEL_WIDTH, _TITLE_WIDTH = 116.0, 104.0, 260.0


class Line(Enum):
    """How an arrow is drawn: the three of the pattern diagrams, and the light one of an alarm."""

    SYNC = "sync"
    ASYNC = "async"
    ERROR = "error"
    WATCH = "watch"


class Node(NamedTuple):
    """A component: its icon's class, the lines of its name and the small lines under it.

    ``title`` is the text shown when the pointer rests on it; ``starts`` says that it belongs at the beginning, as
    clients do; ``loops`` counts its arrows to itself; ``link`` is the address of its text.
    """

    id: str
    icon: str
    name: tuple[str, ...]
    detail: tuple[str, ...]
    title: str
    starts: bool = False
    planned: bool = False
    loops: int = 0
    link: str = ""


class Box(NamedTuple):
    """A service with the ids of its components."""

    name: str
    members: tuple[str, ...]


class Arrow(NamedTuple):
    """A connection between two nodes; ``is_dead_letter`` if it leads to a queue of failures in the same box."""

    source: str
    target: str
    line: Line
    label: tuple[str, ...]
    title: str
    is_dead_letter: bool
    link: str = ""


class Scene(NamedTuple):
    """A whole picture; ``source`` names the files it was made from, without their folders."""

    title: str
    source: str
    nodes: tuple[Node, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def make_scene(architecture: Architecture) -> Scene:
    """The scene of a whole architecture, in file order."""
    arrows = tuple(_merged(architecture))
    loops: dict[str, int] = {}
    for arrow in arrows:
        if arrow.source == arrow.target:
            loops[arrow.source] = loops.get(arrow.source, 0) + 1
    nodes = tuple(_node(component, loops.get(component.id, 0)) for component in architecture.components)
    boxes = tuple(
        Box("".join(wrapped(clean(name), TITLE_SIZE, _TITLE_WIDTH, 1)), tuple(component.id for component in members))
        for name in architecture.services
        if (members := architecture.by_service.get(name))
    )
    files = ", ".join(path.replace("\\", "/").rpartition("/")[2] for path in architecture.documents)
    return Scene(clean(architecture.name), clean(files), nodes, boxes, arrows)


def _node(component: Component, loops: int) -> Node:
    words = vocabulary()
    type_ = words.types[component.type]
    shown = clean(component.label) or component.name
    name = balanced(shown, NAME_SIZE, _NAME_WIDTH, 3)
    # A label that no bundled font can show may be blank on a machine without fonts; an id is always readable.
    more = () if is_covered(shown) else (component.name,)
    detail = wrapped(", ".join((*more, *details(component))), DETAIL_SIZE, _NAME_WIDTH, 2)
    starts = component.type in words.members("actor")
    planned = component.properties.get("planned") is True
    return Node(component.id, type_.icon, name, detail, f"{component.id}: {type_.title}", starts, planned, loops)


def _merged(architecture: Architecture) -> Iterator[Arrow]:
    """The connections; parallel ones that look the same are one arrow with all their labels."""
    groups: dict[tuple[str, str, Line], list[Connection]] = {}
    for edge in architecture.connections:
        groups.setdefault((edge.source.id, edge.target.id, line_of(edge)), []).append(edge)
    for (source, target, line), edges in groups.items():
        labels = ", ".join(dict.fromkeys(label for edge in edges if (label := label_of(edge))))
        actions = ", ".join(dict.fromkeys(edge.action.replace("_", " ") for edge in edges))
        title = f"{source} {edges[0].style.arrow} {target}: {actions}"
        lines = balanced(clean(labels), LABEL_SIZE, _LABEL_WIDTH, 3)
        yield Arrow(source, target, line, lines, title, _is_dead_letter(architecture, edges[0]))


def line_of(edge: Connection) -> Line:
    """How a connection is drawn."""
    if edge.action == "observe" and edge.style is Style.ASYNC:
        return Line.WATCH
    return Line(edge.style.value)


def _is_dead_letter(architecture: Architecture, edge: Connection) -> bool:
    """Whether an error arrow is all that leads to its target, so that the target may stand beside its source."""
    arriving = architecture.incoming(edge.target)
    alone = all(other.style is Style.ERROR or other.action == "observe" for other in arriving)
    own = sum(other.style is Style.ERROR for other in arriving) == 1
    return edge.style is Style.ERROR and alone and own and edge.source.service == edge.target.service
