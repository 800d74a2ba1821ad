"""Findings as workflow commands, which GitHub Actions shows at their lines."""

from __future__ import annotations

from archlint.model import Finding, Severity
from archlint.report.advice import advice_of
from archlint.report.checkup import Checkup
from archlint.report.counting import footer
from archlint.report.paint import safe

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def report(checkup: Checkup) -> str:
    """One command for each finding that is not suppressed, then the summary as a line of the log."""
    return "\n".join([*(_command(finding, checkup) for finding in checkup.shown), footer(checkup)]) + "\n"


def _command(finding: Finding, checkup: Checkup) -> str:
    span = checkup.reading.span(finding.site)
    fields = {"file": checkup.in_repository(span.path), "line": str(span.line), "col": str(span.column)}
    if span.end_line == span.line:
        fields |= {"endLine": str(span.line), "endColumn": str(span.end_column)}
    fields["title"] = finding.rule
    listed = ",".join(f"{name}={_value(value)}" for name, value in fields.items())
    help_ = advice_of(finding, checkup.reading)
    text = finding.message + (f"\nhelp: {help_}" if help_ else "")
    return f"::{_COMMANDS[finding.severity]} {listed}::{_text(text)}"


def _text(text: str) -> str:
    lines = (safe(line) for line in text.split("\n"))
    return "%0A".join(line.replace("%", "%25") for line in lines)


def _value(text: str) -> str:
    return safe(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
