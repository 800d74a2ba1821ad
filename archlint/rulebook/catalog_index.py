"""Entries of the catalog as one file: one is read when it is asked for, and few are needed at a time.

There is one where there is an index of rules, of the same kind.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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

    def read(self, file: Path) -> Entry:
        """The entry itself, of which the file has been read and checked when the index was made."""
        entry: Entry = self.thawing.thaw(json.loads(self.frozen))
        return entry._replace(file=file)


class IndexedCatalog(Mapping[str, Entry]):
    """The entries of indexes by id, in the order of their ids, each read when it is asked for.

    ``files`` says where the file of one is.
    """

    def __init__(self, rows: Mapping[str, IndexedEntry], files: Callable[[str], Path]) -> None:
        self._rows = dict(sorted(rows.items()))
        self._files = files
        self._read: dict[str, Entry] = {}

    def __getitem__(self, id_: str) -> Entry:
        if id_ not in self._read:
            self._read[id_] = self._rows[id_].read(self._files(id_))
        return self._read[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def sketches(self) -> Mapping[str, Sequence[Sketch]]:
        """The sketches of the advised entries by id."""
        return {row.id: row.sketches for row in self._rows.values() if row.advised}


def catalog_index_text(entries: Iterable[Entry]) -> str:
    """The index of entries: a line of sketches, then each entry, frozen."""
    freezing = Freezing()
    rows = [
        (
            (entry.id, entry.advised, sketches_of(entry)),
            json.dumps(freezing.freeze(entry), ensure_ascii=False, separators=(",", ":")),
        )
        for entry in entries
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
