"""The three small scales: how a connection works, how sure it is, how bad a finding is."""

from __future__ import annotations

from enum import Enum, IntEnum


class Style(Enum):
    """How the producer of a request experiences it; the three arrows of the pattern diagrams."""

    SYNC = "sync"
    ASYNC = "async"
    ERROR = "error"

    __hash__ = object.__hash__  # Enum's own is written in Python, and styles are keys of hot indexes

    @property
    def arrow(self) -> str:
        """The arrow of the description format."""
        return _ARROWS[self]


_ARROWS = {Style.SYNC: "=>", Style.ASYNC: "->", Style.ERROR: "!>"}


class Confidence(IntEnum):
    """How sure a connection is: a guess from a name, likely from a permission, certain from wiring."""

    GUESS = 0
    LIKELY = 1
    CERTAIN = 2

    @property
    def word(self) -> str:
        """The word of the machine-readable outputs."""
        return self.name.lower()


class Severity(IntEnum):
    """How bad a finding is."""

    INFO = 0
    WARNING = 1
    ERROR = 2

    @property
    def word(self) -> str:
        """The word of the machine-readable outputs."""
        return self.name.lower()

    def lowered(self) -> Severity:
        """One level milder; info stays info."""
        return Severity(max(self - 1, Severity.INFO))
