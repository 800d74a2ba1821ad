"""The built-in catalog as one file: an entry is read when it is asked for, and few are needed at a time.

The wheel carries it beside the YAML files it is made from, like the index of the rules.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from archlint.model.tuples import NamedTuple
from archlint.rulebook.entry import Entry
from archlint.rulebook.freezing import Freezing, Thawing
from archlint.rulebook.sketches import Sketch, sketches_of

FILE = Path(__file__).with_name("catalog.jsonl")


class IndexedEntry(NamedTuple):
    """An entry that has not been read yet. ``advised`` is false of what is too general or no longer advised."""

    id: str
    advised: bool
    sketches: Sequence[Sketch]
    frozen: str
    thawing: Thawing

    def read(self, folder: Path) -> Entry:
        """The entry itself; its file has been read and checked when the index was made."""
        entry: Entry = self.thawing.thaw(json.loads(self.frozen))
        return entry._replace(file=folder / f"{self.id}.yaml")


class IndexedCatalog(Mapping[str, Entry]):
    """The entries by id, in the order of their ids: those of an index, each read when it is asked for, and others."""

    def __init__(self, rows: Mapping[str, IndexedEntry], folder: Path, others: Mapping[str, Entry]) -> None:
        self._rows = rows
        self._folder = folder
        self._others = others
        self._read = dict(others)

    def __getitem__(self, id_: str) -> Entry:
        if id_ not in self._read:
            self._read[id_] = self._rows[id_].read(self._folder)
        return self._read[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({*self._rows, *self._others}))

    def __len__(self) -> int:
        return len({*self._rows, *self._others})

    @property
    def sketches(self) -> Mapping[str, Sequence[Sketch]]:
        """The sketches of the advised entries by id."""
        known = {row.id: row.sketches for row in self._rows.values() if row.advised}
        return known | {id_: sketches_of(entry) for id_, entry in self._others.items() if entry.advised}


def catalog_index_text(entries: Iterable[tuple[Entry, object]]) -> str:
    """The index of entries (each beside what its file says): a line of sketches, then each entry, frozen."""
    freezing = Freezing()
    rows = [
        (
            (entry.id, entry.advised, sketches_of(entry)),
            json.dumps(freezing.freeze(entry), ensure_ascii=False, separators=(",", ":")),
        )
        for entry, _ in entries
    ]
    head = json.dumps([[row for row, _ in rows], freezing.sets], ensure_ascii=False, separators=(",", ":"))
    return "\n".join([head, *(frozen for _, frozen in rows)])


def read_catalog_index(text: str) -> dict[str, IndexedEntry]:
    """The rows of an index by entry id."""
    head, *frozen = text.split("\n")
    rows, sets = json.loads(head)
    thawing = Thawing(sets)
    return {
        id_: IndexedEntry(id_, advised, [Sketch(*one) for one in sketches], line, thawing)
        for (id_, advised, sketches), line in zip(rows, frozen, strict=True)
    }
