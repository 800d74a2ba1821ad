"""The legend below a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from archlint.diff import Status
from archlint.draw.badges import HEIGHT
from archlint.draw.figures import arrow_elements, guess_elements
from archlint.draw.look import Palette
from archlint.draw.metrics import text_width
from archlint.draw.scene import LABEL_SIZE, Line, Scene
from archlint.draw.signs import sign_elements, statuses_of
from archlint.draw.svg import text_element
from archlint.model.tuples import NamedTuple

_LEGEND = {
    Line.SYNC: "synchronous: waits for the answer",
    Line.ASYNC: "asynchronous: does not wait",
    Line.ERROR: "failures",
    Line.WATCH: "watches",
}
_GUESSED = "guessed from the code"
_SAMPLE = 46.0
LEGEND_ROW = 22.0


class Guess(NamedTuple):
    """That fainter arrows, such as one of this kind, are guesses."""

    line: Line


Entry: TypeAlias = "Line | Guess | Status"


class Legend(NamedTuple):
    """What a legend explains: kinds of arrows, and what became of parts between two versions."""

    entries: Sequence[Entry] = ()

    @property
    def least(self) -> float:
        """The width that it needs at least; nothing where there is nothing to explain."""
        return max(map(_entry_width, self.entries), default=0.0)

    def rows(self, width: float) -> list[list[Entry]]:
        """The entries below each other where they are wider than a width together."""
        found: list[list[Entry]] = []
        for entry in self.entries:
            if found and row_width([*found[-1], entry]) <= width:
                found[-1].append(entry)
            else:
                found.append([entry])
        return found


def legend_of(scene: Scene) -> Legend:
    """The legend of what occurs in a picture."""
    lines = [line for line in Line if any(arrow.line is line for arrow in scene.arrows)]
    guesses = [Guess(arrow.line) for arrow in scene.arrows if arrow.is_guess and arrow.change is None]
    return Legend([*lines, *guesses[:1], *statuses_of(scene)])


def row_width(entries: Sequence[Entry]) -> float:
    """How wide entries in a row are."""
    return sum(map(_entry_width, entries))


def _entry_width(entry: Entry) -> float:
    if isinstance(entry, Status):
        return HEIGHT + 6 + text_width(entry.value, LABEL_SIZE + 0.5) + 22
    return _SAMPLE + 8 + text_width(_meaning(entry), LABEL_SIZE + 0.5) + 26


def _meaning(entry: Line | Guess) -> str:
    return _GUESSED if isinstance(entry, Guess) else _LEGEND[entry]


def legend_elements(rows: Sequence[Sequence[Entry]], left: float, y: float, colours: Palette) -> Iterator[str]:
    """A sample of each kind of arrow, and what it means; then the signs of changes."""
    for row in rows:
        x = left
        for entry in row:
            if isinstance(entry, Status):
                yield from sign_elements(entry, (x, y - HEIGHT / 2), colours)
                yield text_element(entry.value, (x + HEIGHT + 6, y + 3.8), LABEL_SIZE + 0.5, colours.ink)
            else:
                sample = [(x + k * 2, y) for k in range(int(_SAMPLE / 2) + 1)]
                if isinstance(entry, Guess):
                    yield from guess_elements(entry.line, sample, colours)
                else:
                    yield from arrow_elements(entry, sample, colours)
                yield text_element(_meaning(entry), (x + _SAMPLE + 8, y + 3.8), LABEL_SIZE + 0.5, colours.ink)
            x += _entry_width(entry)
        y += LEGEND_ROW
