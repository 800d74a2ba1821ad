"""Many sets of changes, each for itself, written into the text; checked together, as reading again is what costs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TypeAlias

from archlint.fix.editing import edited_texts, planned_edits, verify
from archlint.fix.homes import EditError
from archlint.fix.joining import Edit, edited, touching
from archlint.importers import Reading
from archlint.model import AddComponent, AddConnection, Change, RemoveComponent, RemoveConnection, SetProperty
from archlint.model.record import fresh, record
from archlint.model.tuples import NamedTuple

Texts: TypeAlias = Mapping[str, str]
Edits: TypeAlias = Mapping[str, Sequence[Edit]]


@record(frozen=False)
class _Batch:
    """Sets of changes that leave each other alone: their edits do not touch, and no two say the same."""

    members: list[int] = fresh(factory=list)
    changes: list[Change] = fresh(factory=list)
    edits: dict[str, list[Edit]] = fresh(factory=dict)
    said: set[Hashable] = fresh(factory=set)
    named: set[str] = fresh(factory=set)
    removed: set[str] = fresh(factory=set)

    def takes(self, changes: Sequence[Change], edits: Edits) -> bool:
        return (
            self.said.isdisjoint(_said(changes))
            and self.removed.isdisjoint(_named(changes))
            and self.named.isdisjoint(_removed(changes))
            and not any(_meets(self.edits.get(path, ()), edit) for path, found in edits.items() for edit in found)
        )

    def add(self, place: int, changes: Sequence[Change], edits: Edits) -> None:
        self.members.append(place)
        self.changes += changes
        self.said.update(_said(changes))
        self.named.update(_named(changes))
        self.removed.update(_removed(changes))
        for path, found in edits.items():
            for edit in found:
                insort(self.edits.setdefault(path, []), edit, key=_start)


def _start(edit: Edit) -> int:
    return edit.start


def _meets(others: Sequence[Edit], edit: Edit) -> bool:
    """Whether an edit overlaps one of others, which are in order, or both begin a section at one place."""
    first = bisect_left(others, edit.start, key=_start)
    last = bisect_right(others, edit.end, key=_start)
    return touching((*others[max(first - 1, 0) : last], edit)) or (
        edit.opens and any(other.opens for other in others[first:last])
    )


class Planned(NamedTuple):
    """What a set of changes makes of the files: edits by path, or whole texts where each change had to see the last."""

    edits: Edits | None
    texts: Texts | None


def plans_of_each(reading: Reading, many: Sequence[Sequence[Change]]) -> list[Planned | None]:
    """Each set of changes as edits that say what is meant; None where it cannot be written."""
    planned = [_planned(reading, changes) for changes in many]
    batches: list[_Batch] = []
    alone = [place for place, edits in enumerate(planned) if edits is None]
    for place, edits in enumerate(planned):
        if edits is None:
            continue
        batch = next((one for one in batches if one.takes(many[place], edits)), None)
        if batch is None:
            batches.append(batch := _Batch())
        batch.add(place, many[place], edits)
    for batch in batches:
        alone += _wrong(reading, many, planned, batch.members)
    found = [None if edits is None else Planned(edits, None) for edits in planned]
    for place in alone:
        texts = _alone(reading, many[place])
        found[place] = None if texts is None else Planned(None, texts)
    return found


def _wrong(
    reading: Reading, many: Sequence[Sequence[Change]], planned: Sequence[Edits | None], members: Sequence[int]
) -> list[int]:
    """Those of some sets of changes whose texts do not say what was meant, found by halving."""
    batch = _Batch()
    for place in members:
        batch.add(place, many[place], planned[place] or {})
    texts = {path: edited(reading.documents[path].text, some) for path, some in batch.edits.items()}
    try:
        verify(reading, batch.changes, texts)
    except EditError:
        if len(members) == 1:
            return list(members)
        middle = len(members) // 2
        return [
            *_wrong(reading, many, planned, members[:middle]),
            *_wrong(reading, many, planned, members[middle:]),
        ]
    return []


def _planned(reading: Reading, changes: Sequence[Change]) -> Edits | None:
    try:
        return planned_edits(reading, changes)
    except EditError:
        return None


def _alone(reading: Reading, changes: Sequence[Change]) -> Texts | None:
    try:
        return edited_texts(reading, changes)
    except EditError:
        return None


def _said(changes: Sequence[Change]) -> Iterator[Hashable]:
    """What no second set may say too: a name that is given, a property that is set."""
    for change in changes:
        if isinstance(change, AddComponent):
            yield change.id
        elif isinstance(change, SetProperty):
            yield change.component, change.connection, change.name


def _removed(changes: Sequence[Change]) -> Iterator[str]:
    return (change.id for change in changes if isinstance(change, RemoveComponent))


def _named(changes: Sequence[Change]) -> Iterator[str]:
    """The components that changes speak of: none of them may be gone by another set."""
    for change in changes:
        match change:
            case AddConnection() | RemoveConnection():
                yield from (change.source, change.target)
            case SetProperty(connection=tuple() as ends):
                yield from ends[:2]
            case SetProperty(component=str() as id_) | RemoveComponent(id=id_):
                yield id_
