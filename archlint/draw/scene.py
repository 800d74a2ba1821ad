"""What is drawn: nodes, boxes and arrows with their texts, from an architecture and nothing else.

A scene holds no position: :func:`archlint.draw.layout.lay_out` makes an :class:`~archlint.draw.arranging.Arrangement`
of it, which has one for each node (by id), box, arrow and label (by their place in the scene). Every format is made
of these two.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from types import MappingProxyType

from archlint.diff import Status
from archlint.draw.metrics import balanced, is_covered, wrapped
from archlint.draw.wording import clean, details, label_of
from archlint.model import Architecture, Component, Confidence, Connection, Severity, Style
from archlint.model.tuples import NamedTuple
from archlint.vocabulary import vocabulary

NAME_SIZE, DETAIL_SIZE, LABEL_SIZE, TITLE_SIZE = 12.0, 10.0, 10.0, 13.0
TAG_SIZE = 10.0
NAME_WIDTH, LABEL_WIDTH, _TITLE_WIDTH = 116.0, 104.0, 260.0


class Line(Enum):
    """How an arrow is drawn: the three of the pattern diagrams, and the light one of an alarm."""

    SYNC = "sync"
    ASYNC = "async"
    ERROR = "error"
    WATCH = "watch"


class Mark(NamedTuple):
    """A finding's number and severity, where the finding is: on a node, an arrow or a box."""

    number: int
    severity: Severity


class Change(NamedTuple):
    """What became of a part between two versions; ``words`` are lines that say in short what ``text`` says whole."""

    status: Status
    words: tuple[str, ...] = ()
    text: str = ""


class Note(NamedTuple):
    """A finding in the list below the picture."""

    number: int
    severity: Severity
    rule: str
    text: str


class Node(NamedTuple):
    """A component: its icon, the lines of its name and the small lines under it.

    ``icon`` is ``module.Class`` of ``diagrams.aws``, a key of the scene's ``images``, or empty for the plain shape.
    ``title`` is the text shown when the pointer rests on the node; ``starts`` says that it belongs at the beginning,
    as clients do; ``loops`` counts its arrows to itself. In an overview a node may stand for a whole service: then
    ``component`` is None, ``service`` and ``members`` say which service and which of its components, ``icons`` are
    those of its most frequent types, ``tint`` is its colour as of a box, and ``id`` begins with ``service`` and a
    blank, which no component's does. ``link`` is the address of what it stands for, or empty.
    """

    id: str
    icon: str
    name: tuple[str, ...]
    detail: tuple[str, ...]
    title: str
    starts: bool = False
    planned: bool = False
    loops: int = 0
    component: Component | None = None
    icons: tuple[str, ...] = ()
    tint: int = 0
    service: str = ""
    members: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    link: str = ""
    change: Change | None = None


class Box(NamedTuple):
    """A service with the ids of its nodes in this scene.

    ``name`` is what is written, ``service`` the service's name, ``tint`` its place among all services, which says its
    colour; ``foreign`` says that only neighbours of what the picture is about are in it.
    """

    name: str
    members: tuple[str, ...]
    service: str = ""
    tint: int = 0
    foreign: bool = False
    marks: tuple[Mark, ...] = ()
    change: Change | None = None


class Arrow(NamedTuple):
    """One or more connections between two nodes that look the same, as one arrow.

    ``source`` and ``target`` are ids of nodes; ``label`` its lines of text, none if nothing is said beside it;
    ``connections`` what it stands for, in file order; ``is_dead_letter`` if it leads to a queue of failures in the
    same box.
    """

    source: str
    target: str
    line: Line
    label: tuple[str, ...]
    title: str
    is_dead_letter: bool
    connections: tuple[Connection, ...] = ()
    marks: tuple[Mark, ...] = ()
    link: str = ""
    change: Change | None = None

    @property
    def is_guess(self) -> bool:
        """Whether nothing that it stands for is more than a guess."""
        return bool(self.connections) and all(edge.confidence is Confidence.GUESS for edge in self.connections)


class Outline(NamedTuple):
    """A pattern that is there whole, drawn around the nodes that are its members."""

    name: str
    members: tuple[str, ...]


class Image(NamedTuple):
    """A user's icon: its bytes, which are a checked PNG."""

    data: bytes


class Scene(NamedTuple):
    """A whole picture; ``source`` names the files it was made from, without their folders.

    ``images`` are the users' icons by the name that nodes have in ``icon``; ``notes`` are the findings that the marks
    number; ``remark`` is a line below the title.
    """

    title: str
    source: str
    nodes: tuple[Node, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    outlines: tuple[Outline, ...] = ()
    notes: tuple[Note, ...] = ()
    images: Mapping[str, Image] = MappingProxyType({})
    remark: str = ""


class Part(NamedTuple):
    """A part of an architecture: the ids of the components to draw, and of those among them that the picture is about.

    Connections are drawn that have an end among the latter.
    """

    title: str
    shown: Collection[str]
    about: Collection[str]


def make_scene(architecture: Architecture, part: Part | None = None) -> Scene:
    """The scene of a whole architecture or of a part of it, in file order."""
    shown = {component.id for component in architecture.components} if part is None else part.shown
    about = shown if part is None else part.about
    edges = [
        edge
        for edge in architecture.connections
        if edge.source.id in shown and edge.target.id in shown and (edge.source.id in about or edge.target.id in about)
    ]
    arrows = tuple(_merged(architecture, edges))
    loops: dict[str, int] = {}
    for arrow in arrows:
        if arrow.source == arrow.target:
            loops[arrow.source] = loops.get(arrow.source, 0) + 1
    nodes = tuple(
        component_node(component, loops.get(component.id, 0))
        for component in architecture.components
        if component.id in shown
    )
    title = clean(architecture.name) if part is None else part.title
    return Scene(title, source_of(architecture), nodes, tuple(_boxes(architecture, shown, about)), arrows)


def source_of(architecture: Architecture) -> str:
    """The files that an architecture was read from, without their folders, each name once."""
    names = dict.fromkeys(path.replace("\\", "/").rpartition("/")[2] for path in architecture.documents)
    return clean(", ".join(name for name in names if not name.startswith("<")))  # standard input has no name


def box_title(name: str) -> str:
    """A service's name as it is written into its box."""
    return "".join(wrapped(clean(name), TITLE_SIZE, _TITLE_WIDTH, 1))


def _boxes(architecture: Architecture, shown: Collection[str], about: Collection[str]) -> Iterator[Box]:
    for tint, name in enumerate(architecture.services):
        members = [component.id for component in architecture.by_service.get(name, ()) if component.id in shown]
        if members:
            foreign = not any(member in about for member in members)
            yield Box(box_title(name), tuple(members), name, tint, foreign)


def component_node(component: Component, loops: int = 0, unsaid: Collection[str] = ()) -> Node:
    """The node of a component; ``loops`` counts its arrows to itself, ``unsaid`` are properties not to be told."""
    words = vocabulary()
    type_ = words.types[component.type]
    shown = clean(component.label) or component.name
    name = balanced(shown, NAME_SIZE, NAME_WIDTH, 3)
    # A label that no bundled font can show may be blank on a machine without fonts; an id is always readable.
    more = () if is_covered(shown) else (component.name,)
    detail = wrapped(", ".join((*more, *details(component, unsaid))), DETAIL_SIZE, NAME_WIDTH, 2)
    starts = component.type in words.members("actor")
    planned = component.properties.get("planned") is True
    return Node(
        component.id, type_.icon, name, detail, f"{component.id}: {type_.title}", starts, planned, loops, component
    )


def _merged(architecture: Architecture, connections: Iterable[Connection]) -> Iterator[Arrow]:
    """The connections; parallel ones that look the same are one arrow with all their labels."""
    groups: dict[tuple[str, str, Line], list[Connection]] = {}
    for edge in connections:
        groups.setdefault((edge.source.id, edge.target.id, line_of(edge)), []).append(edge)
    for edges in groups.values():
        yield arrow_of(architecture, edges)


def arrow_of(architecture: Architecture, edges: Sequence[Connection], unsaid: Collection[str] = ()) -> Arrow:
    """The arrow of one or more connections between the same ends that are drawn alike; ``unsaid`` are not told."""
    source, target = edges[0].source.id, edges[0].target.id
    labels = ", ".join(dict.fromkeys(label for edge in edges if (label := label_of(edge, unsaid))))
    actions = ", ".join(dict.fromkeys(edge.action.replace("_", " ") for edge in edges))
    title = f"{source} {edges[0].style.arrow} {target}: {actions}"
    lines = balanced(clean(labels), LABEL_SIZE, LABEL_WIDTH, 3)
    return Arrow(source, target, line_of(edges[0]), lines, title, _is_dead_letter(architecture, edges[0]), tuple(edges))


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
