"""Many sets of changes, each for itself, written into the text; checked together, as reading again is what costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archlint.fix.editing import EditError, edited_texts, planned_edits, verify
from archlint.fix.joining import Edit, edited, touching
from archlint.importers import Reading
from archlint.model import AddComponent, Change
from archlint.model.record import fresh, record

Texts = Mapping[str, str]


@record(frozen=False)
class _Batch:
    """Sets of changes that leave each other alone: their edits do not touch, and they add nothing of the same name."""

    members: list[int] = fresh(factory=list)
    changes: list[Change] = fresh(factory=list)
    edits: dict[str, list[Edit]] = fresh(factory=dict)
    names: set[str] = fresh(factory=set)

    def takes(self, changes: Sequence[Change], edits: Mapping[str, Sequence[Edit]]) -> bool:
        return self.names.isdisjoint(_names(changes)) and not any(
            touching((*self.edits.get(path, ()), *found)) or _meet(self.edits.get(path, ()), found)
            for path, found in edits.items()
        )

    def add(self, place: int, changes: Sequence[Change], edits: Mapping[str, Sequence[Edit]]) -> None:
        self.members.append(place)
        self.changes += changes
        self.names |= _names(changes)
        for path, found in edits.items():
            self.edits.setdefault(path, []).extend(found)


def texts_of_each(reading: Reading, many: Sequence[Sequence[Change]]) -> list[Texts | None]:
    """What each set of changes makes of the files, by path; None where it cannot be written."""
    found: list[Texts | None] = [None] * len(many)
    batches: list[_Batch] = []
    alone: list[int] = []
    for place, changes in enumerate(many):
        edits = _planned(reading, changes)
        if edits is None:
            alone.append(place)
            continue
        found[place] = {path: edited(reading.documents[path].text, some) for path, some in edits.items()}
        batch = next((one for one in batches if one.takes(changes, edits)), None)
        if batch is None:
            batches.append(batch := _Batch())
        batch.add(place, changes, edits)
    for batch in batches:
        alone += _wrong(reading, many, batch.members)
    for place in alone:
        found[place] = _alone(reading, many[place])
    return found


def _wrong(reading: Reading, many: Sequence[Sequence[Change]], members: Sequence[int]) -> list[int]:
    """Those of some sets of changes whose texts do not say what was meant, found by halving."""
    batch = _Batch()
    for place in members:
        edits = _planned(reading, many[place])
        assert edits is not None
        batch.add(place, many[place], edits)
    texts = {path: edited(reading.documents[path].text, some) for path, some in batch.edits.items()}
    try:
        verify(reading, batch.changes, texts)
    except EditError:
        if len(members) == 1:
            return list(members)
        middle = len(members) // 2
        return [*_wrong(reading, many, members[:middle]), *_wrong(reading, many, members[middle:])]
    return []


def _planned(reading: Reading, changes: Sequence[Change]) -> Mapping[str, Sequence[Edit]] | None:
    try:
        return planned_edits(reading, changes)
    except EditError:
        return None


def _alone(reading: Reading, changes: Sequence[Change]) -> Texts | None:
    try:
        return edited_texts(reading, changes)
    except EditError:
        return None


def _names(changes: Sequence[Change]) -> set[str]:
    return {change.id for change in changes if isinstance(change, AddComponent)}


def _meet(first: Sequence[Edit], second: Sequence[Edit]) -> bool:
    """Whether both insert at one place: in which order is not theirs to say."""
    return not {edit.start for edit in first}.isdisjoint(edit.start for edit in second)
