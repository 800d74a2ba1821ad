"""How wide text is in the bundled font, without opening it."""

from __future__ import annotations

from unicodedata import combining, east_asian_width

_FIRST = 32
_WIDTHS = (
    318,
    401,
    460,
    838,
    636,
    950,
    780,
    275,
    390,
    390,
    500,
    838,
    318,
    361,
    318,
    337,
    636,
    636,
    636,
    636,
    636,
    636,
    636,
    636,
    636,
    636,
    337,
    337,
    838,
    838,
    838,
    531,
    1000,
    684,
    686,
    698,
    770,
    632,
    575,
    775,
    752,
    295,
    295,
    656,
    557,
    863,
    748,
    787,
    603,
    787,
    695,
    635,
    611,
    732,
    684,
    989,
    685,
    611,
    685,
    390,
    337,
    390,
    838,
    500,
    500,
    613,
    635,
    550,
    635,
    615,
    352,
    635,
    634,
    278,
    278,
    579,
    278,
    974,
    634,
    612,
    635,
    635,
    411,
    521,
    392,
    634,
    592,
    818,
    592,
    592,
    525,
    636,
    337,
    636,
    838,
)
"""Advance widths of the printable ASCII characters of DejaVu Sans, in thousandths of the font size."""

_OTHER = 640
_WIDE = 1000


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line of text in points; what is not ASCII is estimated."""
    width = sum(_advance(character) for character in text) * size / 1000
    return width * 1.1 if bold else width


def _advance(character: str) -> int:
    place = ord(character) - _FIRST
    if 0 <= place < len(_WIDTHS):
        return _WIDTHS[place]
    if combining(character):
        return 0
    return _WIDE if east_asian_width(character) in "WF" else _OTHER


def wrapped(text: str, size: float, most: float, lines: int) -> tuple[str, ...]:
    """Text broken into lines no wider than ``most``, at blanks or marks where there are any, cut after ``lines``."""
    rows: list[str] = []
    rest = " ".join(text.split())
    while rest and len(rows) < lines:
        if text_width(rest, size) <= most:
            rows.append(rest)
            return tuple(rows)
        end = _fitting(rest, size, most)
        if len(rows) == lines - 1:
            return (*rows, rest[: max(end - 1, 1)].rstrip() + "…")
        cut = _break(rest, end)
        rows.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return tuple(rows)


def _fitting(text: str, size: float, most: float) -> int:
    """How many characters fit."""
    width = 0.0
    for place, character in enumerate(text):
        width += _advance(character) * size / 1000
        if width > most:
            return max(place, 1)
    return len(text)


def _break(text: str, end: int) -> int:
    """Where to break a line of at most ``end`` characters: after the last blank, hyphen or underscore."""
    best = max((text.rfind(mark, 0, end) + 1 for mark in " -_./"), default=0)
    return best if best > end // 3 else end
