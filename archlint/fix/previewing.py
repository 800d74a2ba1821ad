"""What fixes would change in the text, as lines taken out and put in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archlint.fix.together import Planned, plans_of_each
from archlint.fix.windows import Lines, Window, alike, lines_of
from archlint.importers import Reading
from archlint.model import Change
from archlint.model.tuples import NamedTuple


class ChangedLine(NamedTuple):
    """One line of a change: where, whether it is added, and its text. ``line`` counts in the text it stands in."""

    path: str
    line: int
    added: bool
    text: str


def previews(reading: Reading, many: Sequence[Sequence[Change]]) -> list[list[ChangedLine]]:
    """For each set of changes the lines that it takes out of the files and puts in; none if it cannot be written."""
    lines = {path: Lines(document.text) for path, document in reading.documents.items()} if many else {}
    return [[] if plan is None else list(_shown(reading, lines, plan)) for plan in plans_of_each(reading, many)]


def _shown(reading: Reading, lines: dict[str, Lines], plan: Planned) -> Iterator[ChangedLine]:
    for path, edits in (plan.edits or {}).items():
        for window in lines[path].windows(edits):
            yield from _compared(path, window)
    for path, text in (plan.texts or {}).items():
        yield from _compared(path, Window(0, 0, reading.documents[path].text, text))


def _compared(path: str, window: Window) -> Iterator[ChangedLine]:
    """The lines that differ."""
    old, new = ([line.rstrip("\r\n") for line in lines_of(text)] for text in (window.before, window.after))
    start, tail = alike(old, new)
    for tag, first, last, begin, end in _steps(old[start : len(old) - tail], new[start : len(new) - tail]):
        if tag != "equal":
            for place in range(start + first, start + last):
                yield ChangedLine(path, window.line + place + 1, False, old[place])
            for place in range(start + begin, start + end):
                yield ChangedLine(path, window.new_line + place + 1, True, new[place])


def _steps(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """What makes one text of the other, as :mod:`difflib` says it; most changes leave no line between them."""
    if set(old).isdisjoint(new):
        return [("replace", 0, len(old), 0, len(new))]
    from difflib import SequenceMatcher  # noqa: PLC0415  only where lines are kept between changes

    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
