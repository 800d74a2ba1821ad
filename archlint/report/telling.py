"""Findings told to a person: each with its places in the text, its path, what helps, and what its fix would change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from archlint.model import Finding, Fix, Severity
from archlint.report.advice import help_beside
from archlint.report.checkup import Checkup
from archlint.report.counting import footer
from archlint.report.hops import painted_path, places
from archlint.report.paint import safe
from archlint.report.remedies import by_hand, remedies
from archlint.report.repairs import Repairs
from archlint.report.snippets import Mark, snippets
from archlint.report.sureness import sureness

_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def told(checkup: Checkup) -> str:
    """Every finding that is not suppressed, then a summary."""
    texts = _Texts(checkup)
    findings, folded = (checkup.shown, {}) if checkup.whole else _folded(checkup.shown)
    blocks = ["\n".join(texts.finding(first, alike, folded)) for first, alike in _alike(findings)]
    return "\n\n".join([*blocks, footer(checkup)]) + "\n"


_MOST_ALIKE = 2
"""So many remarks of one rule are told in full; of more, the first one, with the places of the others."""
_MOST_NAMED = 5


def _folded(findings: list[Finding]) -> tuple[list[Finding], dict[int, list[Finding]]]:
    """The findings to tell in full, and by the identity of the first remark of a rule what else it stands for.

    What needs a change, an error or a warning, is always told. Remarks of one rule say one thing of many components.
    """
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.severity is Severity.INFO:
            by_rule.setdefault(finding.rule, []).append(finding)
    folded = {id(alike[0]): alike[1:] for alike in by_rule.values() if len(alike) > _MOST_ALIKE}
    hidden = {id(finding) for alike in folded.values() for finding in alike}
    return [finding for finding in findings if id(finding) not in hidden], folded


def _alike(findings: list[Finding]) -> Iterator[tuple[Finding, list[Finding]]]:
    """Findings of one rule and severity at one place in a file are told once, with the components of the others.

    A second one about the same component says something else.
    """
    for _, found in groupby(findings, key=lambda one: (one.rule, one.severity, one.confidence, one.site)):
        waiting = list(found)
        while waiting:
            told: dict[str, Finding] = {}
            for one in waiting:
                told.setdefault(_subject(one), one)
            first, *alike = told.values()
            yield first, alike
            waiting = [one for one in waiting if told[_subject(one)] is not one]


class _Texts:
    def __init__(self, checkup: Checkup) -> None:
        self._checkup = checkup
        self._reading = checkup.reading
        self._paint = checkup.paint
        self._repairs = Repairs(checkup)

    def finding(self, finding: Finding, alike: list[Finding], folded: Mapping[int, list[Finding]]) -> Iterator[str]:
        """The lines about a finding, and about those that are folded into it."""
        paint, colour = self._paint, _STYLES[finding.severity]
        head = f"{finding.severity.word}[{finding.rule}]"
        first, *more = self._wrapped(finding.message, len(head) + 2, 2)
        yield f"{paint(head, colour)}: {paint(first, 'bold')}"
        yield from (f"  {paint(line, 'bold')}" for line in more)
        marks = [Mark(self._reading.span(hop.site), hop.label, hop.primary, colour) for hop in places(finding)]
        yield from snippets(marks, self._reading.documents, paint, self._checkup.columns)
        margin = len(str(max(mark.span.line for mark in marks))) + 1
        if finding.path:
            columns = max(self._checkup.columns - margin - 8, 20) if self._checkup.columns else 0
            yield from self._note(margin, "path", painted_path(finding.path, paint, columns))
        offered = remedies(finding, self._reading)
        yield from self._notes(finding, alike, margin, help_beside(finding, self._reading, offered))
        fix = finding.fix
        hand = fix is not None and by_hand(finding, self._reading) and not self._repairs.of(fix)
        if fix is not None and hand:
            word = "paste" if offered else "do"
            yield from self._note(margin, word, self._wrapped(fix.description, margin + 8, margin + 8))
        for remedy in offered:
            yield from self._note(margin, "do", self._wrapped(remedy.sentence, margin + 8, margin + 8))
            bar = self._paint("|", "blue")
            yield from (f"{' ' * margin}{bar} {safe(line)}" for line in remedy.snippet.splitlines())
        if fix is not None and not hand:
            yield from self._fix(fix, margin, finding.site.document)
        if others := folded.get(id(finding)):
            yield from self._note(margin, "also", self._wrapped(self._listed(others), margin + 8, margin + 8))

    def _listed(self, findings: list[Finding]) -> str:
        places = (self._reading.span(one.site) for one in findings)
        named = [f"{_subject(one)} ({span.path}:{span.line})" for one, span in zip(findings, places, strict=True)]
        more = f", and {len(named) - _MOST_NAMED:,} more" if len(named) > _MOST_NAMED else ""
        return f"{', '.join(named[:_MOST_NAMED])}{more}; `--verbose` tells each in full"

    def _notes(self, finding: Finding, alike: list[Finding], margin: int, help_: str) -> Iterator[str]:
        notes = []
        if alike:
            others = dict.fromkeys(_subject(one) for one in alike)
            notes.append(("also", f"{', '.join(others)}: the same, here"))
        if sure := sureness(finding, self._reading.documents):
            notes.append(("sure", sure))
        if help_:
            notes.append(("help", help_))
        if finding.patterns:
            notes.append(("see", " or ".join(f"archlint patterns {pattern}" for pattern in finding.patterns)))
        for word, text in notes:
            yield from self._note(margin, word, self._wrapped(text, margin + 8, margin + 8))

    def _fix(self, fix: Fix, margin: int, home: str) -> Iterator[str]:
        safety = "" if fix.safe else " (unsafe: look at it first)"
        text = f"{fix.description}{safety}"
        yield from self._note(margin, "fix", self._wrapped(text, margin + 8, margin + 8))
        bar = self._paint("|", "blue")
        path = home
        lines = self._repairs.of(fix)
        if lines is None:
            yield from self._note(margin, "lines", ["`archlint check --diff` shows what changes"])
        for line in lines or ():
            if line.path != path:
                path = line.path
                yield f"{' ' * (margin - 1)}{self._paint(':::', 'blue')} {safe(path)}"
            sign, style = ("+", "green") if line.added else ("-", "minus")
            number = self._paint(str(line.line).rjust(margin - 1), "blue")
            text = safe(line.text) if line.added else self._cut(safe(line.text), margin + 4)  # what is new is copied
            yield f"{number} {bar} {self._paint(f'{sign} {text}', style)}"

    def _cut(self, text: str, before: int) -> str:
        room = self._checkup.columns - before
        return text if not self._checkup.columns or len(text) <= room else f"{text[: max(room, 20) - 1]}…"

    def _note(self, margin: int, word: str, lines: list[str]) -> Iterator[str]:
        sign, label = self._paint("=", "blue"), self._paint(f"{word}:", "bold")
        yield f"{' ' * margin}{sign} {label}{' ' * max(5 - len(word), 1)}{lines[0]}"
        yield from (f"{' ' * (margin + 8)}{line}" for line in lines[1:])

    def _wrapped(self, text: str, first: int, indent: int) -> list[str]:
        """Text in lines that fit beside what stands before them; one line where there is no width to keep to."""
        text = safe(text)
        columns = self._checkup.columns
        if not columns:
            return [text]
        from textwrap import wrap  # noqa: PLC0415  only for a terminal

        room = max(columns - indent, 20)
        lines = wrap(" " * max(first - indent, 0) + text, room, break_on_hyphens=False, drop_whitespace=False)
        return [line.strip() for line in lines] or [""]


def _subject(finding: Finding) -> str:
    if finding.connection is not None:
        edge = finding.connection
        return f"{edge.source.id} {edge.style.arrow} {edge.target.id}"
    return finding.component.id if finding.component else finding.service or ""
