"""Colour on a terminal, plain text elsewhere; and nothing of the input that could move a cursor."""

from __future__ import annotations

import re
from unicodedata import combining, east_asian_width

from archlint.model.tuples import NamedTuple

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
_CONTROL = (
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""Controls, line breaks, what turns or hides text, and halves of characters."""


class Paint(NamedTuple):
    """Wraps text in colour if there is any."""

    colour: bool

    def __call__(self, text: str, style: str) -> str:
        """The text in a style, such as ``bold`` or ``red``."""
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self.colour and text else text


def safe(text: str) -> str:
    """One line of text with every control, direction-changing and hidden character made visible.

    So input can neither steer a terminal nor look like lines of our own.
    """
    return text if text.isprintable() else re.sub(_CONTROL, _visible, text)


def _visible(found: re.Match[str]) -> str:
    code = ord(found[0])
    return {9: " ", 10: "\\n"}.get(code) or (f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}")


def width(text: str) -> int:
    """How many cells a text takes on a terminal."""
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if combining(character):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
