"""A scene as a DOT graph: names are numbers, so that no text of the user is in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from archlint.draw.folding import Fold
from archlint.draw.scene import Arrow, Box, Line, Scene
from archlint.draw.sizes import has_label, label_size, node_height, node_width, title_size
from archlint.model.tuples import NamedTuple

_INCH = 72.0
_SMALL = 150


class Variant(NamedTuple):
    """One way to ask for a layout.

    ``turned`` are the arrows that run backwards; ``ranked`` ranks across boxes; ``beside`` puts a dead-letter queue
    straight above or below its source; ``spaced`` reserves room for labels; ``gap`` is the room between ranks in
    inches; ``mirrored`` names the nodes in the opposite order, which is where the search for few crossings starts;
    ``apart`` is the room between nodes of a rank in inches; ``first`` holds the clients before everything else.
    """

    turned: frozenset[int]
    ranked: bool
    beside: bool
    spaced: bool
    gap: float
    mirrored: bool
    folds: Mapping[int, Fold] = MappingProxyType({})
    apart: float = 0.35
    first: bool = False

    def is_reversed(self, place: int) -> bool:
        """Whether an arrow is given to the layout from its target to its source."""
        return (place in self.turned) != (self.folds.get(place) is Fold.BACKWARD_ROW)


def dot_of(scene: Scene, direction: str, variant: Variant) -> str:
    """The body of the graph to lay out. An arrow has its place in ``comment``, a box is ``cluster_`` and its place."""
    numbers = {node.id: f"n{place}" for place, node in enumerate(scene.nodes)}
    ranks = " newrank=true" if variant.ranked else ""
    lines = [
        "{",
        f"graph [rankdir={direction} splines=spline nodesep={variant.apart} ranksep={variant.gap}];",
        f"graph [{_effort(scene)}{ranks}];",
        'node [shape=box fixedsize=true label=""];',
        "edge [headclip=false tailclip=false arrowhead=none];",
    ]
    for node in reversed(scene.nodes) if variant.mirrored else scene.nodes:
        width, height = node_width(node) / _INCH, node_height(node) / _INCH
        lines.append(f"{numbers[node.id]} [width={width:.3f} height={height:.3f}];")
    for place, box in enumerate(scene.boxes):
        lines += _cluster(place, box, scene, numbers, variant)
    for place, arrow in enumerate(scene.arrows):
        if arrow.source != arrow.target:
            lines.append(_edge(place, arrow, numbers, variant, direction))
    if variant.first and not variant.folds:
        lines += _clients_first(scene, numbers, variant)
    lines.append("}")
    return "\n".join(lines)


def _clients_first(scene: Scene, numbers: Mapping[str, str], variant: Variant) -> Iterator[str]:
    """Edges that are not drawn, from clients that call something to what else would stand at the beginning."""
    home = {member: place for place, box in enumerate(scene.boxes) for member in box.members}
    calling = {arrow.source for arrow in scene.arrows}
    clients = [node.id for node in scene.nodes if node.starts and node.id in calling and node.id not in home]
    called = {arrow.target for arrow in scene.arrows}  # what stands alone is left alone
    behind = {*clients, *(node.id for node in scene.nodes if node.id not in calling | called)}
    for place, arrow in enumerate(scene.arrows):
        ends = (arrow.target, arrow.source) if variant.is_reversed(place) else (arrow.source, arrow.target)
        held = variant.ranked or ends[0] in clients or home.get(ends[0]) == home.get(ends[1])
        if held or (variant.beside and arrow.is_dead_letter):
            behind.add(arrow.target if variant.beside and arrow.is_dead_letter else ends[1])
    held_boxes = set()
    for node in scene.nodes:
        box = home.get(node.id, -1)
        if node.id not in behind and (variant.ranked or box not in held_boxes):
            held_boxes |= {box} - {-1}
            yield from (f"{numbers[client]} -> {numbers[node.id]} [style=invis];" for client in clients)


def _effort(scene: Scene) -> str:
    """How long to look for few crossings: in a big picture each further round costs seconds and shows little."""
    return "nslimit=4 nslimit1=4 mclimit=2" if len(scene.nodes) <= _SMALL else "nslimit=2 nslimit1=2 mclimit=.5"


def _cluster(place: int, box: Box, scene: Scene, numbers: Mapping[str, str], variant: Variant) -> Iterator[str]:
    width = title_size(box)[0] + 16
    yield f"subgraph cluster_{place} {{ margin=16; label={_room(width, 10)};"
    yield " ".join(f"{numbers[member]};" for member in box.members)
    if variant.beside:
        yield from _pairs(box, scene, numbers)
    yield "}"


def _pairs(box: Box, scene: Scene, numbers: Mapping[str, str]) -> Iterator[str]:
    """Each source with its dead-letter queues on one rank, as a cluster of their own: so nothing comes between."""
    members = set(box.members)
    groups: dict[str, list[str]] = {}
    taken: set[str] = set()
    for arrow in scene.arrows:
        if (
            arrow.is_dead_letter
            and arrow.source in members
            and not {arrow.source, arrow.target} & (taken - groups.keys())
        ):
            groups.setdefault(arrow.source, []).append(arrow.target)
            taken |= {arrow.source, arrow.target}
    for source, targets in groups.items():
        inside = " ".join(f"{numbers[name]};" for name in (source, *targets))
        yield f'subgraph cluster_of_{numbers[source]} {{ margin=0; peripheries=0; label=""; {{rank=same; {inside}}} }}'


def _edge(place: int, arrow: Arrow, numbers: Mapping[str, str], variant: Variant, direction: str) -> str:
    ends = [numbers[arrow.source], numbers[arrow.target]]
    if variant.is_reversed(place):
        ends.reverse()
    weight = {Line.ASYNC: 12, Line.SYNC: 8, Line.ERROR: 6, Line.WATCH: 4}[arrow.line]
    extra = f" weight={weight}"
    fold = variant.folds.get(place)
    if (variant.beside and arrow.is_dead_letter) or fold is Fold.ACROSS:
        extra = " constraint=false"
        if direction == "TB" and has_label(arrow):  # it runs across, where a gap is narrower than a label is long
            width, height = label_size(arrow)
            extra += f" label={_room(width + 6, height + 4)}"
    elif fold is Fold.TURN:
        extra = " minlen=0 weight=36"
    elif has_label(arrow):
        width, height = label_size(arrow)
        along = width if direction == "LR" else height
        if variant.spaced:
            extra += f" label={_room(width + 6, height + 4)}"
        elif along > 1.2 * _INCH:
            extra += " minlen=2"
    return f'{" -> ".join(ends)} [comment="{place}"{extra}];'


def _room(width: float, height: float) -> str:
    """A label that is nothing but room."""
    return (
        f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0" FIXEDSIZE="TRUE" WIDTH="{width:.0f}" '
        f'HEIGHT="{height:.0f}"><TR><TD></TD></TR></TABLE>>'
    )
