"""A small architecture drawn with characters: the traffic from left to right, a component once, the rest as branches.

A component that several lead to is drawn where it is reached first; others name it in parentheses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archlint.model import Architecture, Component, Connection, Style
from archlint.model.record import fresh, record
from archlint.model.tuples import NamedTuple
from archlint.report.paint import Paint, safe, width
from archlint.vocabulary import vocabulary

MOST = 98
"""The most columns of a drawing: a hundred with a margin of two."""
_NAME, _LABEL = 26, 16
_DEEPEST = 12


class Strokes(NamedTuple):
    """The characters of a drawing: an arrow's line and head by its kind, and those of the branches."""

    arrows: dict[str, tuple[str, str]]
    down: str
    branch: str
    last: str
    cut: str


UNICODE = Strokes(
    {
        "sync": ("\u2550", "\u25b6"),
        "async": ("\u2501", "\u25b6"),
        "error": ("\u254c", "\u25b7"),
        "watch": ("\u2508", ">"),
    },
    "\u2502",
    "\u251c",
    "\u2570",
    "\u2026",
)
ASCII = Strokes({"sync": ("=", ">"), "async": ("-", ">"), "error": ("!", ">"), "watch": (".", ">")}, "|", "|", "`", "~")

_LEGEND = {"sync": "synchronous", "async": "asynchronous", "error": "failures", "watch": "watches"}
_STYLES = {"error": "red", "watch": "dim"}


def strokes_for(encoding: str | None) -> Strokes:
    """The characters that an output can show."""
    drawn = "".join(line + head for line, head in UNICODE.arrows.values()) + "".join(UNICODE[1:])
    try:
        drawn.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return UNICODE


def drawing(architecture: Architecture, paint: Paint, strokes: Strokes = UNICODE) -> str:
    """The drawing with a legend, at most :data:`MOST` columns wide; empty if there are no components."""
    for labelled in (True, False):
        forest, grid = _grown(architecture, strokes, _DEEPEST, labelled=labelled)
        if grid.width <= MOST:
            break
    for depth in range(_DEEPEST - 1, 0, -1):
        if grid.width <= MOST:
            break
        forest, grid = _grown(architecture, strokes, depth, labelled=False)
    canvas = _Canvas(grid, strokes, paint)
    for tree in forest:
        canvas.add(tree)
    lines = canvas.lines()
    kinds = [kind for kind in _LEGEND if any(_kind(edge) == kind for edge in architecture.connections)]
    legend = "   ".join(f"{_styled(_line(kind, 3, strokes), kind, paint)} {_LEGEND[kind]}" for kind in kinds)
    return "\n".join([*lines, *(["", legend] if legend else []), ""]) if lines else ""


@record(frozen=False)
class _Tree:
    """A component as it is drawn: what leads to it, and what it leads to; ``again`` if it is drawn elsewhere."""

    name: str
    about: str
    kind: str = ""
    label: str = ""
    again: bool = False
    children: list[_Tree] = fresh(factory=list)


class _Grid(NamedTuple):
    """Where each column begins, and how wide all of it is."""

    starts: tuple[int, ...]
    width: int


def _grown(architecture: Architecture, strokes: Strokes, deepest: int, *, labelled: bool) -> tuple[list[_Tree], _Grid]:
    grower = _Grower(architecture, strokes, deepest, labelled=labelled)
    forest = list(grower.forest())
    return forest, _measured(forest)


class _Grower:
    """Makes trees of a graph: every connection once, every component once."""

    def __init__(self, architecture: Architecture, strokes: Strokes, deepest: int, *, labelled: bool) -> None:
        self._architecture = architecture
        self._cut = strokes.cut
        self._ascii = strokes is ASCII
        self._deepest = deepest
        self._labelled = labelled
        self._placed: set[str] = set()
        self._waiting: list[Component] = []
        names = [component.name for component in architecture.components]
        self._short = len(set(names)) == len(names)

    def forest(self) -> Iterator[_Tree]:
        """Clients first, alarms last; what a tree cut off comes right after it."""
        components = self._architecture.components
        actors, alarms = vocabulary().members("actor"), vocabulary().members("alarm")
        starts = [component for component in components if not self._architecture.incoming(component)]
        starts.sort(key=lambda component: (component.type in alarms) - (component.type in actors))
        for root in (*starts, *components):
            self._waiting.append(root)
            while self._waiting:
                component = self._waiting.pop(0)
                if component.id not in self._placed:
                    yield self._tree(component, 0)

    def _tree(self, component: Component, depth: int) -> _Tree:
        self._placed.add(component.id)
        name = self._text(component.name if self._short else component.id, _NAME)
        about = component.type.replace("_", " ")
        tree = _Tree(name, "" if about.lower() == name.lower() else about)
        for edge in self._outgoing(component):
            kind, label = _kind(edge), self._text(_label(edge), _LABEL) if self._labelled else ""
            target = edge.target
            if target.id in self._placed or depth == self._deepest:
                again = self._text(target.name if self._short else target.id, _NAME)
                child = _Tree(f"({again})", "", again=True)
                self._waiting.append(target)
            else:
                child = self._tree(target, depth + 1)
            child.kind, child.label = kind, label
            tree.children.append(child)
        return tree

    def _outgoing(self, component: Component) -> list[Connection]:
        """The connections that look different, failures last."""
        found = {(edge.target.id, _kind(edge), _label(edge)): edge for edge in self._architecture.outgoing(component)}
        return sorted(found.values(), key=lambda edge: edge.style is Style.ERROR)

    def _text(self, text: str, most: int) -> str:
        """A text that moves no cursor, cut to its room, with nothing but ASCII where there is nothing else."""
        plain = safe(" ".join(text.split()))
        if self._ascii:
            plain = plain.encode("ascii", "replace").decode("ascii")
        if width(plain) <= most:
            return plain
        while width(plain) > most - 1:
            plain = plain[:-1]
        return plain + self._cut


def _measured(forest: Sequence[_Tree]) -> _Grid:
    """Columns as wide as what stands in them, with room for the arrows between them."""
    names: list[int] = []
    arrows: list[int] = []

    def visit(tree: _Tree, depth: int) -> None:
        if depth == len(names):
            names.append(0)
            arrows.append(0)
        names[depth] = max(names[depth], width(tree.name), width(tree.about))
        arrows[depth] = max(arrows[depth], 3 + (width(tree.label) + 3 if tree.label else 0))
        for child in tree.children:
            visit(child, depth + 1)

    for tree in forest:
        visit(tree, 0)
    starts = [0]
    for name, arrow in zip(names, arrows[1:], strict=False):
        starts.append(starts[-1] + name + arrow + 2)
    return _Grid(tuple(starts), starts[-1] + (names[-1] if names else 0))


class _Canvas:
    """Lines of pieces: where each begins, its plain text and its style."""

    def __init__(self, grid: _Grid, strokes: Strokes, paint: Paint) -> None:
        self._grid = grid
        self._strokes = strokes
        self._paint = paint
        self._pieces: list[list[tuple[int, str, str]]] = []

    def add(self, tree: _Tree) -> None:
        """Draw a tree below what is there."""
        self._place(tree, 0, len(self._pieces) + (1 if self._pieces else 0))

    def _place(self, tree: _Tree, depth: int, line: int) -> int:
        """Draw a tree with its name on a line; the answer is the first free line below it."""
        x = self._grid.starts[depth]
        self._write(line, x, tree.name, "dim" if tree.again else "bold")
        if tree.about:
            self._write(line + 1, x, tree.about, "dim")
        own = line + (2 if tree.about else 1)
        free = own
        turns = []
        for number, child in enumerate(tree.children):
            if number == 0:
                self._arrow(line, x + width(tree.name) + 1, depth + 1, child)
                free = max(free, self._place(child, depth + 1, line))
            else:
                self._arrow(free, x + 1, depth + 1, child)
                turns.append(free)
                free = self._place(child, depth + 1, free)
        for at in range(own, turns[-1] if turns else own):
            self._write(at, x, self._strokes.branch if at in turns else self._strokes.down, "")
        if turns:
            self._write(turns[-1], x, self._strokes.last, "")
        return free

    def _arrow(self, line: int, x: int, depth: int, child: _Tree) -> None:
        room = self._grid.starts[depth] - 1 - x
        text = _line(child.kind, room, self._strokes)
        if child.label:
            stroke = self._strokes.arrows[child.kind][0]
            text = f"{stroke} {child.label} " + _line(child.kind, room - width(child.label) - 3, self._strokes)
        self._write(line, x, text, _STYLES.get(child.kind, ""))

    def _write(self, line: int, x: int, text: str, style: str) -> None:
        while len(self._pieces) <= line:
            self._pieces.append([])
        self._pieces[line].append((x, text, style))

    def lines(self) -> list[str]:
        """The drawing, line by line."""
        found = []
        for pieces in self._pieces:
            text, at = "", 0
            for x, piece, style in sorted(pieces):
                text += " " * (x - at) + (self._paint(piece, style) if style else piece)
                at = x + width(piece)
            found.append(text.rstrip())
        return found


def _line(kind: str, room: int, strokes: Strokes) -> str:
    stroke, head = strokes.arrows[kind]
    return stroke * (room - 1) + head


def _styled(text: str, kind: str, paint: Paint) -> str:
    return paint(text, _STYLES[kind]) if kind in _STYLES else text


def _kind(edge: Connection) -> str:
    return "watch" if edge.action == "observe" and edge.style is Style.ASYNC else edge.style.value


def _label(edge: Connection) -> str:
    """What the user says of a connection, else an action that is not the usual one."""
    for name in ("label", "route"):
        value = edge.properties.get(name)
        if isinstance(value, str):
            return value
    usual = vocabulary().assumed_action(edge.source.type, edge.target.type, edge.style)
    return "" if edge.action in (usual, "observe") else edge.action.replace("_", " ")
