"""What fixes would change in the text, as lines taken out and put in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archlint.fix.joining import Edit, edited, in_order
from archlint.fix.together import Planned, plans_of_each
from archlint.importers import Reading
from archlint.model import Change


class ChangedLine(NamedTuple):
    """One line of a change: where, whether it is added, and its text. ``line`` counts in the text it stands in."""

    path: str
    line: int
    added: bool
    text: str


def previews(reading: Reading, many: Sequence[Sequence[Change]]) -> list[list[ChangedLine]]:
    """For each set of changes the lines that it takes out of the files and puts in; none if it cannot be written."""
    shower = _Shower(reading)
    return [[] if plan is None else list(shower.lines(plan)) for plan in plans_of_each(reading, many)]


class _Shower:
    """Shows plans; the lines of each document are found once."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._starts: dict[str, list[int]] = {}

    def lines(self, plan: Planned) -> Iterator[ChangedLine]:
        if plan.edits is not None:
            for path, edits in plan.edits.items():
                yield from self._of_edits(path, edits)
        for path, text in (plan.texts or {}).items():
            yield from _compared(path, self._reading.documents[path].text, text, 0, 0)

    def _of_edits(self, path: str, edits: Sequence[Edit]) -> Iterator[ChangedLine]:
        """Only the lines that edits are in are compared."""
        text = self._reading.documents[path].text
        starts = self._starts_of(path, text)
        grown = 0
        for first, last, some in _by_lines(starts, in_order(edits)):
            begin = starts[first]
            end = starts[last + 1] if last + 1 < len(starts) else len(text)
            old = text[begin:end]
            new = edited(old, [edit._replace(start=edit.start - begin, end=edit.end - begin) for edit in some])
            yield from _compared(path, old, new, first, first + grown)
            grown += len(new.splitlines()) - len(old.splitlines())

    def _starts_of(self, path: str, text: str) -> list[int]:
        if path not in self._starts:
            lines = text.splitlines(keepends=True)
            starts = [0]
            for line in lines:
                starts.append(starts[-1] + len(line))
            self._starts[path] = starts
        return self._starts[path]


def _by_lines(starts: Sequence[int], edits: Sequence[Edit]) -> Iterator[tuple[int, int, list[Edit]]]:
    """Edits that share lines together, with the first and last line (from 0) that they are in."""
    group: list[Edit] = []
    first = last = -1
    for edit in edits:
        begin, end = bisect_right(starts, edit.start) - 1, bisect_right(starts, edit.end) - 1
        if group and begin <= last:
            group.append(edit)
            last = max(last, end)
            continue
        if group:
            yield first, last, group
        group, first, last = [edit], begin, end
    if group:
        yield first, last, group


def _compared(path: str, before: str, after: str, old_line: int, new_line: int) -> Iterator[ChangedLine]:
    """The lines that differ; ``old_line`` and ``new_line`` say how many lines stand before the texts."""
    from difflib import SequenceMatcher  # noqa: PLC0415  only where something is changed

    old, new = before.splitlines(), after.splitlines()
    start, tail = _alike(old, new)
    matcher = SequenceMatcher(None, old[start : len(old) - tail], new[start : len(new) - tail], autojunk=False)
    for tag, first, last, begin, end in matcher.get_opcodes():
        if tag != "equal":
            for place in range(start + first, start + last):
                yield ChangedLine(path, old_line + place + 1, False, old[place])
            for place in range(start + begin, start + end):
                yield ChangedLine(path, new_line + place + 1, True, new[place])


def _alike(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many lines two texts begin and end with alike."""
    most = min(len(old), len(new))
    start = next((place for place in range(most) if old[place] != new[place]), most)
    tail = next((place for place in range(most - start) if old[-1 - place] != new[-1 - place]), most - start)
    return start, tail
