"""Colour on a terminal, plain text elsewhere; and nothing of the input that could move a cursor."""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import combining, east_asian_width

_CODES = {
    "bold": "1",
    "dim": "2",
    "red": "1;31",
    "yellow": "1;33",
    "blue": "1;34",
    "cyan": "36",
    "green": "32",
    "minus": "31",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Paint(NamedTuple):
    """Wraps text in colour if there is any."""

    colour: bool

    def __call__(self, text: str, style: str) -> str:
        """The text in a style, such as ``bold`` or ``red``."""
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self.colour and text else text


def safe(text: str) -> str:
    """The text with control and direction-changing characters made visible, so that input cannot steer a terminal."""
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def width(text: str) -> int:
    """How many cells a text takes on a terminal."""
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if combining(character):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
