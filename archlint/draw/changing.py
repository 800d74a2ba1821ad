"""What is different between two versions, on top of a picture of both: signs, colours and a few words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from archlint.diff import ConnectionDifference, PropertyChange, Status, United
from archlint.diff.wording import SIGNS, change_words, summary
from archlint.draw.metrics import balanced, wrapped
from archlint.draw.scene import (
    DETAIL_SIZE,
    LABEL_SIZE,
    LABEL_WIDTH,
    NAME_WIDTH,
    Arrow,
    Box,
    Change,
    Node,
    Scene,
    arrow_of,
    component_node,
)
from archlint.draw.wording import clean
from archlint.model import Connection
from archlint.vocabulary import PropertyType, vocabulary

_MOST = 3
"""How many different properties a part tells of."""
_TITLE_WIDTH = 240.0
_LONG = 28
"""A value of more characters is not written into a picture."""


def differing(both: United) -> frozenset[str]:
    """The ids of the components that are different, and of those at the ends of connections that are."""
    found = {id_ for id_, one in both.components.items() if one.status is not Status.SAME}
    for edge, one in both.connections.items():
        if one.status is not Status.SAME:
            found |= {edge.source.id, edge.target.id}
    return frozenset(found)


def with_changes(scene: Scene, both: United) -> Scene:
    """The scene of a united architecture, or of a part of it, with what became of each part.

    Parallel connections of which only some are different are arrows of their own. In an overview an arrow or a service
    tells how many of its connections or components are different.
    """
    arrows = [one for arrow in scene.arrows for one in _arrows(arrow, both)]
    loops = Counter(arrow.source for arrow in arrows if arrow.source == arrow.target)
    names = [clean(side.name) for side in (both.comparison.old, both.comparison.new)]
    title = scene.title if names[0] == names[1] else scene.title.replace(names[1], " → ".join(names), 1)
    return scene._replace(
        title=title,
        remark=summary(both.comparison),
        nodes=tuple(_node(node, both)._replace(loops=loops[node.id]) for node in scene.nodes),
        boxes=tuple(_box(box, both) for box in scene.boxes),
        arrows=tuple(arrows),
    )


def _node(node: Node, both: United) -> Node:
    if node.members:
        counts = Counter(both.components[member].status for member in node.members)
        return node._replace(change=_of_many(counts, len(node.members), DETAIL_SIZE, NAME_WIDTH))
    found = both.components[node.id]
    if node.component is None or found.status is Status.SAME:
        return node
    if found.status is not Status.CHANGED:
        return _titled(node, Change(found.status))
    known = vocabulary().types[found.component.type].properties
    was = [f"was {found.old.id}"] if found.renamed and found.old is not None else []
    said = [*was, *_said(found.changes, known)]
    bare = component_node(node.component, 0, [change.name for change in found.changes])
    return _titled(node._replace(detail=bare.detail), _change(found.status, said, DETAIL_SIZE, NAME_WIDTH))


def _titled(node: Node, change: Change) -> Node:
    return node._replace(change=change, title=f"{node.title}\n{_told(change)}")


def _box(box: Box, both: United) -> Box:
    found = both.services.get(box.service)
    if found is None or found.status is Status.SAME:
        return box
    was = [f"was {found.old.name}"] if found.old and found.new and found.old.name != found.new.name else []
    said = [*was, *_said(found.changes, vocabulary().service_properties)]
    text = clean(", ".join(said))
    return box._replace(change=Change(found.status, wrapped(text, DETAIL_SIZE, _TITLE_WIDTH, 1), text))


def _arrows(arrow: Arrow, both: United) -> Iterator[Arrow]:
    """An arrow, or one for each thing that became of its connections."""
    groups: dict[Status, list[Connection]] = {}
    for edge in arrow.connections:
        groups.setdefault(both.connections[edge].status, []).append(edge)
    if any(edge.source.id != arrow.source or edge.target.id != arrow.target for edge in arrow.connections):
        counts = Counter({status: len(edges) for status, edges in groups.items()})
        yield arrow._replace(change=_of_many(counts, len(arrow.connections), LABEL_SIZE, LABEL_WIDTH))
        return
    for status, edges in groups.items():
        yield _arrow(arrow if len(groups) == 1 else arrow_of(both.architecture, edges), status, edges, both)


def _arrow(arrow: Arrow, status: Status, edges: Sequence[Connection], both: United) -> Arrow:
    if status is Status.SAME:
        return arrow
    known = vocabulary().connection_properties
    changed = {change.name for edge in edges for change in both.connections[edge].changes}
    arrow = arrow._replace(label=arrow_of(both.architecture, edges, changed).label)
    words = dict.fromkeys(text for edge in edges for text in _said(_visible(both.connections[edge]), known))
    change = _change(status, list(words), LABEL_SIZE, LABEL_WIDTH)
    return arrow._replace(change=change, title=f"{arrow.title}\n{_told(change)}")


def _visible(found: ConnectionDifference) -> Iterator[PropertyChange]:
    """What is different; not the action where the style, which led to it, says it already."""
    styled = any(change.name == "style" for change in found.changes)
    for change in found.changes:
        if not (styled and change.name == "action"):
            yield change


def _said(changes: Iterable[PropertyChange], known: Mapping[str, PropertyType]) -> Iterator[str]:
    """Each change in a few words; of a long value only that it is another one."""
    for change in changes:
        values = change_words(change, known, named=False)
        before, _, after = values.partition(" → ")
        if change.old is None or change.new is None:
            yield _come_or_gone(change, before, after)
        elif max(len(before), len(after)) > _LONG or "→" in after:
            yield f"{_readable(change.name)} changed"
        elif change.name in ("style", "type"):
            yield values.replace("_", " ")
        else:
            yield f"{_readable(change.name)} {values}"


def _come_or_gone(change: PropertyChange, before: str, after: str) -> str:
    """A property that only one of the two has; nothing but its name for a flag or where its value is long."""
    sign, value, text = ("+", change.new, after) if change.old is None else ("\u2212", change.old, before)
    bare = value is True or len(text) > _LONG
    return f"{sign} {_readable(change.name)}" if bare else f"{sign} {_readable(change.name)} {text}"


def _readable(name: str) -> str:
    return name.replace("_", " ")


def _change(status: Status, texts: Sequence[str], size: float, width: float) -> Change:
    """What became of a part, with the texts below each other, each in at most two lines."""
    shown = texts if len(texts) <= _MOST + 1 else texts[:_MOST]
    lines = [line for text in shown for line in balanced(clean(text), size, width, 2)]
    if len(shown) < len(texts):
        lines.append(f"and {len(texts) - _MOST} more")
    return Change(status, tuple(lines), clean("; ".join(texts)))


def _told(change: Change) -> str:
    return f"{change.status.value}: {change.text}" if change.text else change.status.value


def _counted(counts: Counter[Status]) -> str:
    return ", ".join(f"{counts[status]} {status.value}" for status in SIGNS if counts[status])


def _of_many(counts: Counter[Status], whole: int, size: float, width: float) -> Change | None:
    """What became of what stands for many parts: what became of all of them, else that some are different."""
    if counts[Status.SAME] == whole:
        return None
    for status in (Status.ADDED, Status.REMOVED):
        if counts[status] == whole:
            return Change(status)
    text = _counted(counts)
    return Change(Status.CHANGED, balanced(text, size, width, 3), text)
