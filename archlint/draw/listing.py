"""The list of findings below a picture, in as many columns as can be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from archlint.draw.badges import HEIGHT, badge_width, badges
from archlint.draw.look import Palette
from archlint.draw.metrics import text_width, wrapped
from archlint.draw.scene import LABEL_SIZE, Mark, Note
from archlint.draw.svg import text_element
from archlint.model.tuples import NamedTuple

_SIZE = LABEL_SIZE + 0.5
_ABOVE, _LINE, _BETWEEN, _GUTTER = 16.0, 13.5, 6.0, 32.0
_LEAST = 460.0
"""The width of a column that is pleasant to read."""
_FEW = 6
"""So many findings are one column, however wide the picture is."""

_Entry: TypeAlias = tuple[Note, tuple[str, ...]]


class NoteList(NamedTuple):
    """Findings with the lines of their texts, in columns, all indented by the widest badge."""

    columns: Sequence[Sequence[_Entry]]
    width: float
    indent: float

    @property
    def height(self) -> float:
        """How high the list is, with the room above it."""
        return max(map(_height, self.columns)) + _ABOVE if self.columns else 0.0


def least_width(notes: Sequence[Note]) -> float:
    """The width that a list needs to be read."""
    return _LEAST if notes else 0.0


def note_list(notes: Sequence[Note], width: float) -> NoteList:
    """The list of findings in a width."""
    width = max(width, _LEAST)
    count = max(1, min(int((width + _GUTTER) / (_LEAST + _GUTTER)), -(-len(notes) // _FEW)))
    column = (width + _GUTTER) / count - _GUTTER
    indent = max((badge_width(_mark(note)) for note in notes), default=0.0) + 8
    entries = [(note, _lines(note, column - indent)) for note in notes]
    return NoteList(_columns(entries, count), column, indent)


def _lines(note: Note, room: float) -> tuple[str, ...]:
    """The text, and the name of the rule in one piece."""
    *lines, last = wrapped(note.text, _SIZE, room, 6) or ("",)
    rule = f"({note.rule})"
    whole = f"{last} {rule}"
    return (*lines, whole) if text_width(whole, _SIZE) <= room else (*lines, last, rule)


def _columns(entries: Sequence[_Entry], count: int) -> list[list[_Entry]]:
    """Columns that are about as high as each other, to be read one after the other."""
    fair = _height(entries) / count
    found: list[list[_Entry]] = []
    height = 0.0
    for entry in entries:
        own = _height([entry])
        if height + own / 2 > fair * len(found):
            found.append([])
        found[-1].append(entry)
        height += own
    return found


def _height(entries: Sequence[_Entry]) -> float:
    return sum(len(lines) * _LINE + _BETWEEN for _, lines in entries)


def _mark(note: Note) -> Mark:
    return Mark(note.number, note.severity)


def note_elements(found: NoteList, left: float, top: float, colours: Palette) -> Iterator[str]:
    """Each finding with its badge."""
    for column in found.columns:
        y = top + _ABOVE
        for note, lines in column:
            yield from badges([_mark(note)], left, y - 1, colours)
            for line in lines:
                yield text_element(line, (left + found.indent, y + HEIGHT * 0.66), _SIZE, colours.ink)
                y += _LINE
            y += _BETWEEN
        left += found.width + _GUTTER
