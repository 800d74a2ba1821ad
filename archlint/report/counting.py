"""How many findings there are, in numbers and in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from archlint.model import Fix, Severity
from archlint.model.tuples import NamedTuple
from archlint.report.checkup import Checkup

_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}

_BEFORE = frozenset({"baseline", "revision"})


class Counts(NamedTuple):
    """Findings by severity, the suppressed ones, and those that a safe or only an unsafe fix makes go away.

    ``known`` are those of the suppressed ones that nobody has judged: they only were there before.
    """

    severities: dict[Severity, int]
    suppressed: int
    known: int
    safe: int
    unsafe: int


def counts(checkup: Checkup) -> Counts:
    """Count the findings of a run."""
    shown = checkup.shown
    found = Counter(finding.severity for finding in shown)
    fixes = _fixes(checkup, [finding.fix for finding in shown if finding.fix is not None])
    severities = {severity: found[severity] for severity in sorted(Severity, reverse=True)}
    known = sum(finding.suppressed_by in _BEFORE for finding in checkup.findings)
    return Counts(severities, len(checkup.findings) - len(shown), known, fixes[True], fixes[False])


def _fixes(checkup: Checkup, fixes: Sequence[Fix]) -> Mapping[bool, int]:
    if not fixes:
        return Counter()
    from archlint.fix import writable  # noqa: PLC0415  only where something can be fixed

    return Counter(fix.safe for fix in fixes if writable(checkup.reading, fix.changes))


def footer(checkup: Checkup) -> str:
    """The last line of a text: what was found, where, and what can be fixed."""
    paint = checkup.paint
    number = counts(checkup)
    reading = checkup.reading
    size = f"{counted(len(reading.architecture.components), 'component')} in {counted(len(reading.documents), 'file')}"
    more = f", {number.known:,} known before" if number.known else ""
    more += f", {judged:,} suppressed" if (judged := number.suppressed - number.known) else ""
    fixed = f"Fixed {counted(checkup.fixed, 'finding')}. " if checkup.fixed else ""
    found = number.severities.items()
    parts = [paint(counted(count, severity.word), _STYLES[severity]) for severity, count in found if count]
    if not parts:
        return f"{fixed}{paint('No findings', 'green')} in {size}{more}."
    text = f"{fixed}Found {', '.join(parts)} in {size}{more}."
    if number.safe or number.unsafe:
        text += f"\n{_fixable(number)}."
    return text


def _fixable(number: Counts) -> str:
    if not number.unsafe:
        return f"{number.safe:,} can be fixed with `--fix`"
    if not number.safe:
        return f"{number.unsafe:,} can be fixed with `--unsafe-fixes`"
    return f"{number.safe:,} can be fixed with `--fix`, {number.unsafe:,} more with `--unsafe-fixes`"


def counted(number: int, word: str) -> str:
    """A number with its word: ``1 error``, ``2 errors``, ``3 info``."""
    plural = word if word == "info" else f"{word}s"
    return f"{number:,} {word if number == 1 else plural}"
