"""Findings as a comment on a pull request: a summary, a table, the details folded.

Whatever comes from the input is text here: no markup, no link, no mention, no picture of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from archlint.model import Finding, Severity, Site
from archlint.report.advice import help_beside
from archlint.report.checkup import Checkup
from archlint.report.counting import footer
from archlint.report.hops import path_line, places
from archlint.report.paint import safe
from archlint.report.remedies import by_hand, remedies
from archlint.report.repairs import Repairs

_MARKS = {Severity.ERROR: "🔴 error", Severity.WARNING: "🟡 warning", Severity.INFO: "🔵 info"}
_SPECIAL = re.compile(r"([\\`*_\[\]|>])")
_LEADING = re.compile(r"\A(\s*(?:[-+=#]|\d+(?=[.)])))")
_REFERENCE = re.compile(r"([@#!~%$^]|:(?=//)|www)(?=[\w.\"/])")
"""What GitHub and GitLab make a mention, a reference or a link of, even of entities: it is parted."""
_LONGEST = 60_000
"""Characters; GitHub takes 65,536 in a comment."""


def report(checkup: Checkup) -> str:
    """The comment. Beyond what a comment may hold, rows and details are left out, and counted."""
    findings = checkup.shown
    plain = checkup._replace(paint=checkup.paint._replace(colour=False))
    body = f"## archlint\n\n{_lines(footer(plain))}\n"
    if not findings:
        return body
    made = _Markdown(checkup)
    rows = _fitting((made.row(finding) for finding in findings), _LONGEST // 2)
    body += "\n" + "\n".join(["| | Rule | Where | |", "|---|---|---|---|", *rows]) + "\n"
    if len(rows) < len(findings):
        body += f"\n… and {len(findings) - len(rows):,} more findings.\n"
    details = _fitting((made.details(finding) for finding in findings), _LONGEST - len(body))
    body += "".join(f"\n{one}\n" for one in details)
    if len(details) < len(findings):
        body += f"\nThe details of {len(findings) - len(details):,} findings are left out.\n"
    return body


def _lines(words: str) -> str:
    return "\n".join(text(line) for line in words.split("\n"))


def _fitting(parts: Iterable[str], room: int) -> list[str]:
    """The parts that fit, from the first on."""
    kept: list[str] = []
    for part in parts:
        room -= len(part) + 2
        if room < 0:
            break
        kept.append(part)
    return kept


class _Markdown:
    def __init__(self, checkup: Checkup) -> None:
        self._checkup = checkup
        self._repairs = Repairs(checkup)

    def row(self, finding: Finding) -> str:
        """A finding as a row of the table."""
        cells = [_MARKS[finding.severity], code(finding.rule), self._place(finding.site), text(finding.message)]
        return f"| {' | '.join(cells)} |"

    def details(self, finding: Finding) -> str:
        """All about a finding, folded."""
        head = f"{html(finding.rule)}: {html(finding.message)}"
        return "\n".join([f"<details><summary>{head}</summary>", "", *self._details(finding), "", "</details>"])

    def _details(self, finding: Finding) -> Iterator[str]:
        for hop in places(finding):
            label = f": {text(hop.label)}" if hop.label else ""
            yield f"- {self._place(hop.site)}{label}"
        if finding.path:
            yield f"- path: {code(path_line(finding.path))}"
        if finding.confidence.word != "certain":
            yield f"- confidence: {finding.confidence.word}"
        offered = remedies(finding, self._checkup.reading)
        if help_ := help_beside(finding, self._checkup.reading, offered):
            yield f"- help: {text(help_)}"
        for remedy in offered:
            yield f"- {text(remedy.sentence)}:"
            yield from ("", *fenced([safe(line) for line in remedy.snippet.splitlines()]), "")
        if finding.patterns:
            yield f"- patterns that help: {', '.join(code(pattern) for pattern in finding.patterns)}"
        if finding.fix is not None:
            changed = self._repairs.of(finding.fix)
            if by_hand(finding, self._checkup.reading) and not changed:
                yield f"- to do: {text(finding.fix.description)}"
                return
            yield f"- fix ({'safe' if finding.fix.safe else 'unsafe'}): {text(finding.fix.description)}"
            if changed is None:
                yield "- lines: `archlint check --diff` shows what changes"
            lines = [f"{'+' if line.added else '-'} {safe(line.text)}" for line in changed or ()]
            if lines:
                yield from ("", *fenced(lines))

    def _place(self, site: Site) -> str:
        span = self._checkup.reading.span(site)
        path = self._checkup.in_repository(span.path)
        name = code(f"{path}:{span.line}")
        if not self._checkup.link or path.startswith(("/", "<", "../")):
            return name
        return f"[{name}]({self._checkup.link.format(path=quote(path), line=span.line)})"


def text(words: str) -> str:
    """Text that means nothing but itself; what stands between backticks is shown as code."""
    pieces = safe(words).split("`")
    if len(pieces) % 2 == 0:
        pieces[-2:] = [f"{pieces[-2]}'{pieces[-1]}"]
    return "".join(code(piece) if place % 2 else _escaped(piece) for place, piece in enumerate(pieces))


def _escaped(words: str) -> str:
    words = _SPECIAL.sub(r"\\\1", words.replace("&", "&amp;").replace("<", "&lt;"))
    words = _LEADING.sub(r"\\\1", words)
    return _REFERENCE.sub(r"\1&#8203;", words)


def code(words: str) -> str:
    """A code span, in which nothing has a meaning; a bar would end a table's cell even there."""
    return f"`{safe(words).replace('`', chr(39)).replace('|', '¦') or ' '}`"


def html(words: str) -> str:
    """Text inside an HTML element."""
    parted = _REFERENCE.sub("\\1\u200b", safe(words))  # before there are entities, whose own `#` is no reference
    words = parted.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\u200b", "&#8203;")
    return _SPECIAL.sub(lambda found: f"&#{ord(found[0])};", words)


def fenced(lines: list[str]) -> Iterator[str]:
    """Lines of a diff between fences that none of them can close."""
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(longest + 1, 3)
    yield f"{fence}diff"
    yield from lines
    yield fence
