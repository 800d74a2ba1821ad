"""How wide text is in the bundled fonts, and where to break it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from unicodedata import category, east_asian_width

from archlint.draw.faces import advances

REGULAR, BOLD = "Inter-Regular.ttf", "Inter-SemiBold.ttf"
FALLBACKS = ("DejaVuSans.ttf", "NotoEmoji-Regular.ttf")
"""For what the text font lacks, in this order: other scripts and symbols, then emoji."""

_NO_WIDTH = frozenset({"Mn", "Me", "Cf"})
_OTHER, _WIDE = 0.64, 1.0


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line of text in points; what no bundled font has is estimated."""
    if needs_fallback(text):
        widths = advances(FALLBACKS[0])
        return sum(widths.get(ord(character), 0.0) for character in text) * size
    return sum(_advance(character, bold) for character in text) * size


@lru_cache(maxsize=4096)
def needs_fallback(text: str) -> bool:
    """Whether the text font lacks a character, and the first fallback has all: then one font draws the whole line."""
    if text.isascii():
        return False
    main, other = advances(REGULAR), advances(FALLBACKS[0])
    codes = [ord(character) for character in text if category(character) not in _NO_WIDTH]
    return any(code not in main for code in codes) and all(code in other for code in codes)


def is_covered(text: str) -> bool:
    """Whether the bundled fonts have every character."""
    return all(_found(character, bold=False) is not None for character in set(text) if not character.isspace())


@lru_cache(maxsize=4096)
def _advance(character: str, bold: bool) -> float:
    found = _found(character, bold=bold)
    if found is not None:
        return found
    return _WIDE if east_asian_width(character) in "WF" else _OTHER


def _found(character: str, *, bold: bool) -> float | None:
    if category(character) in _NO_WIDTH:
        return 0.0
    for file in (BOLD if bold else REGULAR, *FALLBACKS):
        if (width := advances(file).get(ord(character))) is not None:
            return width
    return None


def wrapped(text: str, size: float, most: float, lines: int) -> tuple[str, ...]:
    """Text broken into lines no wider than ``most``, at blanks or marks where there are any, cut after ``lines``."""
    rows: list[str] = []
    rest = " ".join(text.split())
    while rest:
        if text_width(rest, size) <= most:
            return (*rows, rest)
        end = _fitting(rest, size, most)
        if len(rows) == lines - 1:
            return (*rows, rest[: max(end - 1, 1)].rstrip() + "…")
        cut = _break(rest, end)
        rows.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return tuple(rows)


def balanced(text: str, size: float, most: float, lines: int) -> tuple[str, ...]:
    """Text wrapped into as few lines as ``wrapped`` needs, which are then about equally long."""
    rows = wrapped(text, size, most, lines)
    if len(rows) < 2 or rows[-1].endswith("…"):
        return rows
    narrow = text_width(" ".join(text.split()), size) / len(rows)
    while narrow < most:
        tried = wrapped(text, size, narrow, lines)
        if len(tried) == len(rows) and not tried[-1].endswith("…") and _keeps_words(tried, text):
            return tried
        narrow += size / 2
    return rows


def _keeps_words(rows: Sequence[str], text: str) -> bool:
    """Whether every break is at a blank or a mark."""
    whole = " ".join(text.split())
    return all(
        a[-1] in "-_." or b[0] == "/" or f"{a} {b}" in whole or (a[-1].islower() and b[0].isupper())
        for a, b in pairwise(rows)
    )


def _fitting(text: str, size: float, most: float) -> int:
    """How many characters fit; a character stays with the marks and joiners after it."""
    width = 0.0
    end = len(text)
    for place, character in enumerate(text):
        width += _advance(character, False) * size
        if width > most:
            end = max(place, 1)
            break
    while 1 < end < len(text) and (category(text[end]) in _NO_WIDTH or text[end - 1] == "\u200d"):
        end -= 1
    return end


def _break(text: str, end: int) -> int:
    """Where to break a line of at most ``end`` characters: after the last blank, mark or hump in it."""
    after = max(text.rfind(mark, 0, end) + 1 for mark in " -_.")
    best = max(after, text.rfind("/", 0, end))  # a path's parts begin with their slash
    if best > min(end // 3, 3):
        return best
    humps = [
        place for place in range(4, end + 1) if text[place - 1 : place].islower() and text[place : place + 1].isupper()
    ]
    return humps[-1] if humps else end
