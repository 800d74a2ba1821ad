"""Findings that were there before: kept in a file by fingerprint, so that only new ones count.

The file holds nothing that changes by itself (no line, no message, no time), and is sorted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from archlint.model import Finding, InputError, Problem, Span
from archlint.model.record import replace
from archlint.model.tuples import NamedTuple

VERSION = 1
_FORM = '{"version": 1, "findings": [{"fingerprint": "…", "rule": "…", "about": "…"}]}'


class Known(NamedTuple):
    """A finding that was there before; ``about`` is for the reader."""

    fingerprint: str
    rule: str
    about: str


def baseline_text(findings: Iterable[Finding]) -> str:
    """The file for these findings; those suppressed otherwise need no place in it."""
    known = {
        Known(finding.fingerprint, finding.rule, _about(finding))
        for finding in findings
        if not finding.suppressed or finding.suppressed_by == "baseline"
    }
    rows = [row._asdict() for row in sorted(known, key=lambda row: (row.rule, row.about, row.fingerprint))]
    return json.dumps({"version": VERSION, "findings": rows}, indent=2, ensure_ascii=False) + "\n"


def read_baseline(text: str, path: str) -> list[Known]:
    """The entries of a file. Raises :class:`InputError` with the place of what is wrong."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        span = Span(path, error.lineno, error.colno, error.lineno, error.colno + 1)
        raise InputError([Problem(f"this baseline is no JSON: {error.msg.lower()}", span, _FORM)]) from error
    except RecursionError as error:
        raise InputError([Problem("this baseline is nested too deeply", _start(path), _FORM)]) from error
    if not isinstance(data, dict) or not isinstance(data.get("findings"), list):
        raise InputError([Problem("this is no baseline", _start(path), _FORM)])
    if data.get("version") != VERSION:
        message = f"this baseline is of version {str(data.get('version'))[:20]}"
        raise InputError([Problem(message, _start(path), f"version {VERSION}")])
    return [_entry(row, place, path) for place, row in enumerate(data["findings"], 1)]


def _entry(row: object, place: int, path: str) -> Known:
    if isinstance(row, dict) and all(isinstance(row.get(field), str) for field in Known._fields):
        return Known(*(row[field] for field in Known._fields))
    message = f"entry {place} of this baseline lacks a fingerprint, a rule or what it is about"
    raise InputError([Problem(message, _start(path), _FORM)])


def _start(path: str) -> Span:
    """Where a file begins: JSON's reader keeps no places."""
    return Span(path, 1, 1, 1, 1)


def without_known(findings: Sequence[Finding], known: Iterable[str], kind: str, reason: str) -> list[Finding]:
    """The findings, those with a known fingerprint marked as suppressed by ``kind`` for ``reason``."""
    fingerprints = frozenset(known)
    return [
        replace(finding, suppressed=True, suppressed_by=kind, reason=reason)
        if finding.fingerprint in fingerprints and not finding.suppressed
        else finding
        for finding in findings
    ]


def stale(known: Sequence[Known], findings: Iterable[Finding]) -> list[Known]:
    """The entries whose finding is not there any more."""
    there = {finding.fingerprint for finding in findings}
    return [entry for entry in known if entry.fingerprint not in there]


def _about(finding: Finding) -> str:
    if finding.connection is not None:
        edge = finding.connection
        return f"{edge.source.id} {edge.style.arrow} {edge.target.id}"
    return finding.component.id if finding.component else finding.service or finding.site.document
