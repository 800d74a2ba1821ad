"""Where keys stand in a TOML text: the standard library's reader does not say.

Headers and keys at the start of lines are found exactly; what stands inside an inline table or a list, by its line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence

from archlint.model import Span

_HEADER = re.compile(r"\s*(\[\[?)(?P<name>[^\]]*)\]")
_KEY = re.compile(
    r"""\s*(?P<name>(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*'))*)\s*="""
)
_AT = re.compile(r"(?P<reason>.*?) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)\Z")


class TomlPlaces:
    """The places of the keys of one text."""

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self._lines = text.split("\n")
        self._found: dict[tuple[str, ...], tuple[int, int, int]] = {}
        for route, place in self._walk():
            self._found.setdefault(route, place)

    def of(self, route: Sequence[str | int], *, key: bool) -> Span | None:
        """The place of a key; of its value, the rest of the line. The nearest known place around it, else None."""
        names = [str(step) for step in route]
        for length in range(len(names), 0, -1):
            place = self._found.get(tuple(names[:length]))
            if place is None:
                continue
            line, start, end = place
            inner = route[length:]
            if inner and isinstance(inner[-1], str) and (within := self._within(line, end, inner[-1])):
                return within
            if key or inner:
                return Span(self._path, line, start + 1, line, end + 1)
            text = self._lines[line - 1].rstrip()
            value = text.find("=", end) + 1
            value += len(text[value:]) - len(text[value:].lstrip())
            return Span(self._path, line, value + 1, line, len(text) + 1)
        return None

    def _within(self, line: int, start: int, name: str) -> Span | None:
        """A name inside the value that begins on a line: on it, or on one of the lines before the next key."""
        pattern = re.compile(rf"(?<![A-Za-z0-9_-]){re.escape(name)}(?![A-Za-z0-9_-])")
        for number in range(line, len(self._lines) + 1):
            text = self._lines[number - 1]
            if number > line and (_KEY.match(text) or _HEADER.match(text)):
                return None
            if found := pattern.search(text, start if number == line else 0):
                return Span(self._path, number, found.start() + 1, number, found.end() + 1)
        return None

    def _walk(self) -> Iterator[tuple[tuple[str, ...], tuple[int, int, int]]]:
        table: tuple[str, ...] = ()
        counts: dict[tuple[str, ...], int] = {}
        for number, line in enumerate(self._lines, 1):
            found = _HEADER.match(line) or _KEY.match(line)
            names = _names(found["name"]) if found else None
            if found is None or names is None:
                continue
            place = (number, found.start("name"), found.end("name"))
            if found.re is _HEADER:
                table = names
                if found[1] == "[[":
                    table = (*names, str(counts.get(names, 0)))
                    counts[names] = counts.get(names, 0) + 1
                names = ()
            for length in range(1, len(names) + 1):
                yield (*table, *names[:length]), place
            for length in range(1, len(table) + 1 if not names else 0):
                yield table[:length], place


def _names(text: str) -> tuple[str, ...] | None:
    """A dotted key as its names, read by the standard library itself."""
    try:
        data: object = tomllib.loads(f"{text} = 0")
    except tomllib.TOMLDecodeError:
        return None
    names = []
    while isinstance(data, dict):
        name, data = next(iter(data.items()))
        names.append(name)
    return tuple(names)


def syntax_place(message: str, path: str, text: str) -> tuple[str, Span]:
    """The reason and the place in a message of the standard library's reader.

    What is missing at the end of the file is missing behind the last line that says something.
    """
    found = _AT.match(message)
    reason = found["reason"] if found else message
    last = text.rstrip().split("\n")
    line, column = len(last), len(last[-1]) + 1
    if found and found["line"] and int(found["line"]) <= line:
        line, column = int(found["line"]), int(found["column"])
    return reason, Span(path, line, column, line, column + 1)
