"""What a fix would change in the text, as lines taken out and put in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from archlint.fix.editing import EditError, edited_texts
from archlint.importers import Reading
from archlint.model import Change


class ChangedLine(NamedTuple):
    """One line of a change: where, whether it is added, and its text. ``line`` counts in the text it stands in."""

    path: str
    line: int
    added: bool
    text: str


def preview(reading: Reading, changes: Sequence[Change]) -> list[ChangedLine]:
    """The lines that changes take out of the files and put in, in order; none if they cannot be written there."""
    from difflib import SequenceMatcher  # noqa: PLC0415  only where something is changed

    try:
        texts = edited_texts(reading, changes)
    except EditError:
        return []
    found: list[ChangedLine] = []
    for path, text in texts.items():
        old, new = reading.documents[path].text.splitlines(), text.splitlines()
        start, tail = _alike(old, new)
        matcher = SequenceMatcher(None, old[start : len(old) - tail], new[start : len(new) - tail], autojunk=False)
        for tag, first, last, begin, end in matcher.get_opcodes():
            if tag != "equal":
                found += [
                    ChangedLine(path, start + place + 1, False, old[start + place]) for place in range(first, last)
                ]
                found += [ChangedLine(path, start + place + 1, True, new[start + place]) for place in range(begin, end)]
    return found


def _alike(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many lines two texts begin and end with alike."""
    most = min(len(old), len(new))
    start = next((place for place in range(most) if old[place] != new[place]), most)
    tail = next((place for place in range(most - start) if old[-1 - place] != new[-1 - place]), most - start)
    return start, tail
