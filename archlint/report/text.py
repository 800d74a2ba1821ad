"""Findings for a person at a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from archlint.importers import Reading
from archlint.model import Connection, Finding, Severity
from archlint.report.paint import Paint, safe
from archlint.report.snippets import Mark, snippets

_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def findings_text(findings: Sequence[Finding], reading: Reading, paint: Paint) -> str:
    """Every finding that is not suppressed, then a summary line."""
    shown = [finding for finding in findings if not finding.suppressed]
    blocks = ["\n".join(_finding(finding, reading, paint)) for finding in shown]
    return "\n\n".join([*blocks, _summary(findings, reading, paint)]) + "\n"


def _finding(finding: Finding, reading: Reading, paint: Paint) -> Iterator[str]:
    style = _STYLES[finding.severity]
    head = paint(f"{finding.severity.word}[{finding.rule}]", style)
    sure = "" if finding.confidence.word == "certain" else f" ({finding.confidence.word})"
    yield f"{head}: {paint(safe(finding.message), 'bold')}{sure}"
    marks = [Mark(reading.span(finding.site), finding.label, primary=True)]
    marks += [Mark(reading.span(related.site), related.message) for related in finding.related]
    yield from snippets(marks, reading.documents, paint)
    margin = " " * (len(str(max(mark.span.line for mark in marks))) + 1)
    if finding.path:
        yield f"{margin}{paint('=', 'blue')} {paint('path:', 'bold')} {safe(path_line(finding.path))}"
    if finding.help:
        yield f"{margin}{paint('=', 'blue')} {paint('help:', 'bold')} {safe(finding.help)}"
    if finding.patterns:
        yield f"{margin}{paint('=', 'blue')} {paint('see:', 'bold')}  archlint patterns {finding.patterns[0]}"


def path_line(path: Sequence[Connection]) -> str:
    """Connections in one line: chains joined where one goes on from the other, separate ones after a semicolon."""
    text = ""
    here = None
    for edge in path:
        if edge.source is here:
            text += f" {edge.style.arrow} {edge.target.id}"
        else:
            text += f"{'; ' if text else ''}{edge.source.id} {edge.style.arrow} {edge.target.id}"
        here = edge.target
    return text


def _summary(findings: Sequence[Finding], reading: Reading, paint: Paint) -> str:
    counts = Counter(finding.severity for finding in findings if not finding.suppressed)
    suppressed = sum(finding.suppressed for finding in findings)
    architecture = reading.architecture
    size = f"{_counted(len(architecture.components), 'component')} in {_counted(len(reading.documents), 'file')}"
    quiet = f", {suppressed} suppressed" if suppressed else ""
    if not counts:
        return f"{paint('No findings', 'green')} in {size}{quiet}."
    parts = [
        paint(_counted(counts[severity], severity.word), _STYLES[severity])
        for severity in sorted(Severity, reverse=True)
        if counts[severity]
    ]
    return f"Found {', '.join(parts)} in {size}{quiet}."


def _counted(number: int, word: str) -> str:
    plural = word if word == "info" else f"{word}s"
    return f"{number:,} {word if number == 1 else plural}"
