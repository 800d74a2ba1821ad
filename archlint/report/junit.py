"""Findings as JUnit XML, which every build server shows: one suite a file, one case a finding.

The time and the host that the format asks for are constants: the same findings make the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from archlint.model import Finding
from archlint.report.advice import advice_of
from archlint.report.checkup import Checkup

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SUITE = 'timestamp="1970-01-01T00:00:00" hostname="localhost" time="0"'


def report(checkup: Checkup) -> str:
    """The XML document. Suppressed findings are skipped cases; a file without findings has one case that passes."""
    by_file: dict[str, list[Finding]] = {path: [] for path in checkup.reading.documents}
    for finding in checkup.findings:
        by_file.setdefault(finding.site.document, []).append(finding)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>"]
    for number, (path, findings) in enumerate(by_file.items()):
        lines += _suite(number, path, findings, checkup)
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _suite(number: int, path: str, findings: Sequence[Finding], checkup: Checkup) -> list[str]:
    name = _attribute(checkup.in_repository(path))
    cases = [line for finding in findings for line in _case(finding, name, checkup)]
    cases = cases or [f'    <testcase name="no findings" classname={name} time="0"/>']
    failures = sum(not finding.suppressed for finding in findings)
    skipped = len(findings) - failures
    counts = f'tests="{max(len(findings), 1)}" failures="{failures}" errors="0" skipped="{skipped}"'
    return [
        f'  <testsuite id="{number}" package="archlint" name={name} {counts} {_SUITE}>',
        "    <properties/>",
        *cases,
        "    <system-out/>",
        "    <system-err/>",
        "  </testsuite>",
    ]


def _case(finding: Finding, suite: str, checkup: Checkup) -> list[str]:
    about = finding.component.id if finding.component else finding.service or ""
    name = _attribute(f"{finding.rule} {about}".strip())
    head = f'    <testcase name={name} classname={suite} time="0">'
    if finding.suppressed:
        return [head, "      <skipped/>", "    </testcase>"]
    span = checkup.reading.span(finding.site)
    place = f"{checkup.in_repository(span.path)}:{span.line}:{span.column}"
    help_ = advice_of(finding, checkup.reading)
    text = f"{place}: {finding.message}" + (f"\nhelp: {help_}" if help_ else "")
    failure = f"      <failure type={_attribute(finding.severity.word)} message={_attribute(finding.message)}>"
    return [head, f"{failure}{escape(_clean(text))}</failure>", "    </testcase>"]


def _attribute(text: str) -> str:
    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    """Text without characters that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
