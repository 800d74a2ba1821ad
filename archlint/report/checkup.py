"""What every report of ``check`` is given, and where the reports are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TypeAlias, cast

from archlint.importers import Reading
from archlint.model import Finding
from archlint.model.tuples import NamedTuple
from archlint.report.paint import Paint
from archlint.rulebook import Rulebook

PLAIN = Paint(False)


class Checkup(NamedTuple):
    """The outcome of a run of ``check``.

    ``findings`` holds suppressed ones too. ``fixed`` counts the findings that were fixed. ``columns`` is the width to
    wrap text at, 0 for none. ``prefix`` is where the working folder stands in its repository: ``""``, or with a ``/``
    at its end. ``link`` makes the address of a line: it holds ``{path}`` and ``{line}``, or is empty. ``whole`` asks
    for every finding in full.
    """

    findings: Sequence[Finding]
    reading: Reading
    rulebook: Rulebook
    paint: Paint = PLAIN
    columns: int = 0
    prefix: str = ""
    link: str = ""
    fixed: int = 0
    whole: bool = False

    @property
    def shown(self) -> list[Finding]:
        """The findings that are not suppressed."""
        return [finding for finding in self.findings if not finding.suppressed]

    def in_repository(self, path: str) -> str:
        """A path as the repository knows it, by which the services that hold it find the line."""
        if not self.prefix or path.startswith(("/", "<")):
            return path
        from posixpath import normpath  # noqa: PLC0415  only below the root

        return normpath(self.prefix + path)


Report: TypeAlias = Callable[[Checkup], str]
"""Makes the whole text of a report. Third parties offer theirs as entry points of the group ``archlint.reports``."""

GROUP = "archlint.reports"
REPORTS: Mapping[str, str] = {
    "text": "archlint.report.text",
    "json": "archlint.report.data",
    "sarif": "archlint.report.sarif",
    "junit": "archlint.report.junit",
    "github": "archlint.report.github",
    "gitlab": "archlint.report.gitlab",
    "markdown": "archlint.report.markdown",
}
"""The built-in reports: each is the function ``report`` of its module."""


def report_named(name: str) -> Report | None:
    """A report by its name, None if there is none."""
    if name in REPORTS:
        return cast("Report", import_module(REPORTS[name]).report)
    from importlib.metadata import entry_points  # noqa: PLC0415  takes its time, and most need it not

    found = next(iter(entry_points(group=GROUP, name=name)), None)
    return cast("Report", found.load()) if found else None


def report_names() -> list[str]:
    """The names of all reports, those of third parties after the built-in ones."""
    from importlib.metadata import entry_points  # noqa: PLC0415  takes its time, and most need it not

    return [*REPORTS, *sorted({entry.name for entry in entry_points(group=GROUP)} - REPORTS.keys())]
