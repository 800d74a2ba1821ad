"""The built-in catalog as one file: an entry is read when it is asked for, and few are needed at a time.

The wheel carries it beside the YAML files it is made from, like the index of the rules.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from archlint.pattern.faults import Faults
from archlint.rulebook.entry import Entry
from archlint.rulebook.reading_entry import read_entry
from archlint.rulebook.sketches import Sketch, sketches_of

FILE = Path(__file__).with_name("catalog.json")


class IndexedEntry(NamedTuple):
    """An entry that has not been read yet. ``advised`` is false of what is too general or no longer advised."""

    id: str
    advised: bool
    sketches: Sequence[Sketch]
    head: str

    def read(self, folder: Path) -> Entry:
        """The entry itself; its file has been checked when the index was made."""
        entry = read_entry(json.loads(self.head), folder / f"{self.id}.yaml", Faults())
        assert entry is not None
        return entry


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
    """The index of entries and the plain data of their files, as JSON."""
    rows = {
        entry.id: {
            "advised": entry.advised,
            "sketches": sketches_of(entry),
            "head": json.dumps(data, ensure_ascii=False),
        }
        for entry, data in entries
    }
    return json.dumps(rows, ensure_ascii=False)


def read_catalog_index(text: str) -> dict[str, IndexedEntry]:
    """The rows of an index by entry id."""
    return {
        id_: IndexedEntry(id_, row["advised"], [Sketch(*one) for one in row["sketches"]], row["head"])
        for id_, row in json.loads(text).items()
    }
