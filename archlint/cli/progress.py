"""What a long run is doing, on a terminal.

A timer of the system asks the running program where it is, so nothing that works has to speak of it, and a run that
nobody watches or that is over soon pays nothing.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping, Sequence
from types import FrameType

AFTER = 2.0
"""Seconds before anything is said."""
_EVERY = 0.25

_STAGES: Mapping[str, str] = {
    "source": "reading",
    "importers": "reading",
    "rulebook": "reading the rules",
    "lint": "asking the rules",
    "recognition": "looking for patterns",
    "suggest": "looking for what would complete a pattern",
    "diff": "comparing",
    "fix": "fixing",
    "repair": "fixing",
    "draw": "drawing",
    "report": "writing the report",
    "proving": "proving examples",
}
"""What the packages do, by name: of those at work the one that was called first says it best."""

_KEEPS_WRITING = frozenset({"serve", "--watch", "--quiet", "-q"})
"""Words of a command line that wants a terminal for itself, or nothing on it."""

_CLEARED = b"\r\x1b[K"


class _Line:
    """The last line of a terminal, as long as it is ours."""

    def __init__(self) -> None:
        self.started = 0.0
        self.shown = False

    def show(self, _signal: int, frame: FrameType | None) -> None:
        """Say what the program is doing in the frame in which the timer met it."""
        seconds = int(time.monotonic() - self.started)
        self._put(_CLEARED + f"archlint: {stage(frame)}, {seconds} s".encode())
        self.shown = True

    def clear(self) -> None:
        """Give the line back."""
        if self.shown:
            self._put(_CLEARED)
            self.shown = False

    def _put(self, data: bytes) -> None:
        """Past Python's buffer, in whose midst the timer may have met it."""
        try:
            os.write(sys.stderr.fileno(), data)
        except (OSError, ValueError):
            end()  # nobody watches any more


_LINE = _Line()


def begin(arguments: Sequence[str]) -> None:
    """Say what is done from :data:`AFTER` on, if somebody watches and the system has such a timer."""
    watched = sys.stderr is not None and sys.stderr.isatty()
    if not watched or os.environ.get("TERM") == "dumb" or not _KEEPS_WRITING.isdisjoint(arguments):
        return
    import signal  # noqa: PLC0415  only for a person

    if hasattr(signal, "setitimer"):
        _LINE.started = time.monotonic()
        signal.signal(signal.SIGALRM, _LINE.show)
        signal.setitimer(signal.ITIMER_REAL, AFTER, _EVERY)


def clear() -> None:
    """Make room for what is written next."""
    _LINE.clear()


def end() -> None:
    """Say nothing more: a result comes, or nothing."""
    if _LINE.started:
        import signal  # noqa: PLC0415  likewise

        signal.setitimer(signal.ITIMER_REAL, 0)
        _LINE.started = 0.0
    _LINE.clear()


def stage(frame: FrameType | None) -> str:
    """What a program is doing, by the packages in its stack."""
    found = "working"
    while frame is not None:
        package = str(frame.f_globals.get("__name__", "")).split(".")
        if package[0] == "archlint" and len(package) > 1:
            found = _STAGES.get(package[1], found)
        frame = frame.f_back
    return found
