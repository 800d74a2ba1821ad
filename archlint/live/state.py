"""What is shown at the moment, and waiting until it is something else."""

from __future__ import annotations

from threading import Condition

from archlint.model.tuples import NamedTuple


class Shown(NamedTuple):
    """The last good page, its revision (0 before there is one), and what is wrong with what came after it."""

    page: bytes
    revision: int
    problem: str


class Live:
    """The state of a live page; one thread changes it, others read it and wait."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._shown = Shown(b"", 0, "")
        self._ended = False

    @property
    def shown(self) -> Shown:
        """What is shown now."""
        with self._changed:
            return self._shown

    @property
    def ended(self) -> bool:
        """Whether nothing will change any more."""
        with self._changed:
            return self._ended

    def show(self, page: bytes, revision: int) -> None:
        """Show a page; nothing is wrong with it."""
        self._set(Shown(page, revision, ""))

    def complain(self, problem: str) -> None:
        """Say what is wrong, and keep the last good page."""
        self._set(self.shown._replace(problem=problem))

    def end(self) -> None:
        """Wake everyone who waits, for the last time."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def wait(self, before: Shown | None, seconds: float) -> Shown:
        """What is shown as soon as it is another than before, or after some seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended or self._shown is not before, seconds)
            return self._shown

    def _set(self, shown: Shown) -> None:
        with self._changed:
            self._shown = shown
            self._changed.notify_all()
