"""How one example did."""

from __future__ import annotations

from pathlib import Path

from archlint.model.record import record
from archlint.model.tuples import NamedTuple


class Place(NamedTuple):
    """A line of a rule's file, as it stands there, and what is to be said about it."""

    line: int
    text: str
    note: str


@record
class Verdict:
    """How one example did: ``validated``, ``noisy`` (a finding too many), ``missing`` (one too few) or ``wrong``.

    ``line`` is where the example begins in ``file``; ``detail`` says what is not as it should be, ``places`` where.
    """

    id: str
    file: Path
    line: int
    kind: str
    detail: str = ""
    places: tuple[Place, ...] = ()

    @property
    def good(self) -> bool:
        """Whether the example holds."""
        return self.kind == "validated"
