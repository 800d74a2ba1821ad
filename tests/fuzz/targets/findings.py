"""From a description to findings, suppressions, fixes, suggestions and differences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from fuzz.judging import printable, refused_or, require, same
from fuzz.samples import examples
from fuzz.target import Target

from archlint.diff import EXACT, compare
from archlint.fix import unified_diff
from archlint.importers import KnownNames, Reading, read_text
from archlint.lint import check
from archlint.model import Finding
from archlint.repair import repair
from archlint.report.data import dump
from archlint.report.differences import Sides, differences_data, differences_markdown, differences_text
from archlint.report.paint import Paint
from archlint.rulebook import Rulebook, load
from archlint.source import Limits, decode
from archlint.suggest import suggest

_PATH = "a.yaml"
_LIMITS = Limits(bytes=1_000_000)


@cache
def rulebook() -> Rulebook:
    return load()


def read_description(data: bytes) -> Reading | None:
    """A description by the names of the built-in rules; None if it is refused, as it should be."""
    names = KnownNames(rulebook().rule_ids, rulebook().pattern_ids)
    texts = {_PATH: data.decode("utf-8", errors="replace")}
    return refused_or(lambda: read_text(decode(data, _PATH, _LIMITS), names, path=_PATH, limits=_LIMITS), texts=texts)


def found_in(reading: Reading) -> Sequence[Finding]:
    return check(reading.architecture, rulebook()).findings


def _check(data: bytes) -> None:
    """Findings are in place, and the same ones when asked again."""
    reading = read_description(data)
    if reading is None:
        return
    findings = found_in(reading)
    for finding in findings:
        require(reading.span(finding.site).line > 0, f"{finding.rule} stands nowhere")
        require(bool(finding.message.strip()), f"{finding.rule} says nothing")
    same([[one.fingerprint for one in found] for found in (findings, found_in(reading))], "fingerprints")


def _suppressions(data: bytes) -> None:
    """Comments behind and between the lines of a description."""
    lines = data.split(b"\n")
    text = [b"archlint: 1", b"name: A", b"components:"]
    for place, line in enumerate(lines[:40]):
        text += [f"  q{place}: sqs  # ".encode() + line, b"  # archlint: " + line[:60]]
    text += [b"  f: lambda", b"connections:", b"  - q0 -> f # archlint: ignore[" + lines[0] + b"] " + lines[-1]]
    _check(b"\n".join(text) + b"\n")


def _fix(data: bytes) -> None:
    """Fixes keep every comment, are valid, help, and leave nothing to do when they are made again."""
    reading = read_description(data)
    if reading is None:
        return
    repaired = repair(reading, found_in(reading), found_in, unsafe=True)
    before, after = (one.documents[_PATH] for one in (reading, repaired.reading))
    unified_diff(before.text, after.text, _PATH)
    if not repaired.fixed:
        require(before.text == after.text, "text has changed though nothing was fixed")
        return
    read_text(after.text, path=_PATH)
    lost = Counter(one.text for one in before.comments) - Counter(one.text for one in after.comments)
    removed = any(type(change).__name__.startswith("Remove") for one in repaired.fixed for change in one.fix.changes)
    require(removed or not lost, f"comments got lost: {lost}")
    if repaired.finished and not repaired.refused:  # two that undo each other take turns
        again = repair(repaired.reading, repaired.findings, found_in, unsafe=True)
        require(not again.fixed, f"more was fixed the second time: {[one.rule for one in again.fixed]}")


def _suggest(data: bytes) -> None:
    reading = read_description(data)
    if reading is None:
        return
    for suggestion in suggest(reading, rulebook()).suggestions:
        require(bool(suggestion.changes), f"a suggestion of {suggestion.pattern} without a change")


def _diff(data: bytes) -> None:
    """Two descriptions compared; one with itself is the same."""
    one, _, two = data.partition(b"\n=== b.yaml\n")
    old, new = read_description(one), read_description(two or one)
    if old is None or new is None:
        return
    comparison = compare(old.architecture, new.architecture, EXACT)
    require(compare(old.architecture, old.architecture, EXACT).is_same, "an architecture differs from itself")
    printable(differences_text(comparison, Paint(False)))
    differences_markdown(comparison)
    dump(differences_data(Sides(comparison, old, new, str, str)))


_WORDS = (b"{type: sqs}", b" -> ", b" => ", b" !> ", b"lambda", b"unknown", b"[", b"]: ", b"# note", b"batch_size: 5")
_IGNORE = (
    b"archlint: ignore[queue-without-dlq] why",
    b"ignore-file",
    b"ignore-next-line",
    b"[*]",
    b"ignore[]",
    b"]",
    b"[",
)

TARGETS = (
    Target("check", _check, _WORDS, quick=100, first=examples),
    Target("suppressions", _suppressions, _IGNORE, quick=60),
    Target("fix", _fix, _WORDS, quick=40, first=examples),
    Target("suggest", _suggest, _WORDS, quick=40, first=examples),
    Target("diff", _diff, (*_WORDS, b"\n=== b.yaml\n"), quick=100, first=examples),
)
