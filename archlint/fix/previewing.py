"""What fixes would change in the text, as lines taken out and put in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from archlint.fix.together import texts_of_each
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
    return [_lines(reading, texts) if texts else [] for texts in texts_of_each(reading, many)]


def _lines(reading: Reading, texts: Mapping[str, str]) -> list[ChangedLine]:
    from difflib import SequenceMatcher  # noqa: PLC0415  only where something is changed

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
