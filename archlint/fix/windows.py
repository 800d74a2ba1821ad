"""The lines that edits are in, so that showing a change costs what the change costs and not what the file does."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from archlint.fix.joining import Edit, edited, in_order
from archlint.model.tuples import NamedTuple


class Window(NamedTuple):
    """Whole lines before and after edits. ``line`` and ``new_line`` say how many lines of each text stand above."""

    line: int
    new_line: int
    before: str
    after: str


def lines_of(text: str) -> list[str]:
    """The lines of a text with their ends: as git counts them, to which only a line feed ends a line."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def alike(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many lines two texts begin and end with alike; none counts at both ends."""
    most = min(len(old), len(new))
    start = next((place for place in range(most) if old[place] != new[place]), most)
    tail = next((place for place in range(most - start) if old[-1 - place] != new[-1 - place]), most - start)
    return start, tail


class Lines:
    """A text whose lines can be found by their place."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = list(accumulate(map(len, lines_of(text)), initial=0))
        whole = text.endswith("\n") or not text
        self._last = len(self._starts) - (1 if whole else 2)  # the end of a text belongs to a line that does not end

    def windows(self, edits: Sequence[Edit], context: int = 0) -> Iterator[Window]:
        """The lines of edits that do not touch, with lines of ``context`` around them; windows that meet are one."""
        grown = 0
        for first, last, some in self._groups(in_order(edits), context):
            begin, end = self._start(first), self._start(last + 1)
            before = self._text[begin:end]
            after = edited(before, [edit._replace(start=edit.start - begin, end=edit.end - begin) for edit in some])
            yield Window(first, first + grown, before, after)
            grown += len(lines_of(after)) - len(lines_of(before))

    def _start(self, line: int) -> int:
        return self._starts[min(line, len(self._starts) - 1)]

    def _line(self, place: int) -> int:
        return min(bisect_right(self._starts, place) - 1, self._last)

    def _groups(self, edits: Sequence[Edit], context: int) -> Iterator[tuple[int, int, list[Edit]]]:
        group: list[Edit] = []
        first = last = -1
        for edit in edits:
            begin, end = max(self._line(edit.start) - context, 0), self._line(edit.end) + context
            if group and begin <= last:
                group.append(edit)
                last = max(last, end)
                continue
            if group:
                yield first, last, group
            group, first, last = [edit], begin, end
        if group:
            yield first, last, group
