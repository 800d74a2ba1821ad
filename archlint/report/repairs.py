"""What the fixes of a run would change, worked out together, as checking edits one by one is what costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from archlint.model import Finding, Fix
from archlint.report.checkup import Checkup

if TYPE_CHECKING:  # imported only where something can be fixed
    from archlint.fix import ChangedLine


_MOST = 200
"""Fixes whose lines are shown: of those that meet in one place each is checked alone, and nobody reads thousands."""


class Repairs:
    """The lines that fixes change, the first ones'."""

    def __init__(self, checkup: Checkup) -> None:
        self._reading = checkup.reading
        self._findings: Sequence[Finding] = checkup.shown
        self._found: Mapping[int, Sequence[ChangedLine]] | None = None

    def of(self, fix: Fix) -> Sequence[ChangedLine] | None:
        """The lines that one fix changes, none if it cannot be written; None if too many fixes come before it."""
        if self._found is None:
            from archlint.fix import previews  # noqa: PLC0415  only where something can be fixed

            fixes = [finding.fix for finding in self._findings if finding.fix is not None][:_MOST]
            lines = previews(self._reading, [one.changes for one in fixes])
            self._found = {id(one): changed for one, changed in zip(fixes, lines, strict=True)}
        return self._found.get(id(fix))
