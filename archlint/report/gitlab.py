"""Findings as GitLab's code quality report."""

from __future__ import annotations

import json

from archlint.model import Finding, Severity
from archlint.report.advice import advice_of
from archlint.report.checkup import Checkup

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}


def report(checkup: Checkup) -> str:
    """The findings that are not suppressed: GitLab knows no suppressions."""
    seen: dict[str, int] = {}
    rows = [_row(finding, checkup, seen) for finding in checkup.shown]
    return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"


def _row(finding: Finding, checkup: Checkup, seen: dict[str, int]) -> dict[str, object]:
    """One finding; GitLab drops a second one of the same fingerprint, so that gets a number."""
    span = checkup.reading.span(finding.site)
    count = seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
    help_ = advice_of(finding, checkup.reading)
    return {
        "description": f"{finding.message} ({help_})" if help_ else finding.message,
        "check_name": finding.rule,
        "fingerprint": finding.fingerprint if count == 1 else f"{finding.fingerprint}-{count}",
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": checkup.in_repository(span.path), "lines": {"begin": span.line, "end": span.line}},
    }
