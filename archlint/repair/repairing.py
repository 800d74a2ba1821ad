"""Fixes carried out in rounds: each round's text is read and linted again before the next.

A fix that does not make its finding go away, or that brings an error which was not there, is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from archlint.fix import EditError, edited_texts
from archlint.importers import Reading
from archlint.model import AddComponent, AddConnection, Change, Finding, RemoveComponent, SetProperty, Severity
from archlint.model.record import replace
from archlint.model.tuples import NamedTuple

Lint: TypeAlias = "Callable[[Reading], Sequence[Finding]]"
"""Finds what is to be fixed, suppressed findings marked so."""

MOST_ROUNDS = 50


class Refusal(NamedTuple):
    """A fix that was not made, and why."""

    finding: Finding
    why: str


class Repaired(NamedTuple):
    """``reading`` and ``findings`` are those after the fixes; ``fixed`` are the findings that went away by their own.

    A finding whose fix was refused is left without it. ``finished`` is False if there was more to fix after the last
    round.
    """

    reading: Reading
    findings: tuple[Finding, ...]
    fixed: tuple[Finding, ...]
    refused: tuple[Refusal, ...]
    finished: bool


def repair(reading: Reading, findings: Sequence[Finding], lint: Lint, *, unsafe: bool) -> Repaired:
    """Fix what can be fixed: by safe fixes, or by ``unsafe`` ones too. Suppressed findings are left alone."""
    return _Repair(reading, tuple(findings), lint, unsafe=unsafe).run()


class _Repair:
    def __init__(self, reading: Reading, findings: tuple[Finding, ...], lint: Lint, *, unsafe: bool) -> None:
        self._reading = reading
        self._findings = findings
        self._lint = lint
        self._unsafe = unsafe
        self._fixed: dict[str, Finding] = {}
        self._refused: dict[str, Refusal] = {}

    def run(self) -> Repaired:
        """Round after round until nothing is left."""
        for _ in range(MOST_ROUNDS):
            waiting = self._waiting()
            if not waiting:
                break
            self._try(list(_apart(waiting)))
        present = {finding.identity for finding in self._findings}
        refused = {identity: one for identity, one in self._refused.items() if identity in present}
        left = tuple(replace(one, fix=None) if one.identity in refused else one for one in self._findings)
        return Repaired(
            self._reading, left, tuple(self._fixed.values()), tuple(refused.values()), finished=not self._waiting()
        )

    def _waiting(self) -> list[Finding]:
        done = self._refused.keys() | self._fixed.keys()
        return [
            finding
            for finding in self._findings
            if finding.fix is not None
            and not finding.suppressed
            and (finding.fix.safe or self._unsafe)
            and finding.identity not in done
        ]

    def _try(self, batch: Sequence[Finding]) -> None:
        """Make the fixes of a batch together; if that does not do, its halves one after the other."""
        why = self._make(batch)
        if not why:
            return
        if len(batch) == 1:
            self._refused[batch[0].identity] = Refusal(batch[0], why)
            return
        middle = len(batch) // 2
        self._try(batch[:middle])
        waiting = {one.identity: one for one in self._waiting()}  # by the text of now, whose fixes differ
        self._try([waiting[one.identity] for one in batch[middle:] if one.identity in waiting])

    def _make(self, batch: Sequence[Finding]) -> str:
        """Make fixes, and keep them if they do what they should; else say why not."""
        if not batch:
            return ""
        changes = [change for finding in batch for change in (finding.fix.changes if finding.fix else ())]
        try:
            texts = edited_texts(self._reading, changes)
        except EditError as error:
            return str(error)
        if not texts:
            return "it changes nothing"
        after = self._reading.again(texts)
        findings = tuple(self._lint(after))
        left = {finding.identity for finding in findings}
        if any(finding.identity in left for finding in batch):
            return "the finding would still be there"
        if left & self._fixed.keys():
            return "it would bring back what another fix has mended"
        if new := _errors(findings) - _errors(self._findings):
            return f"it would bring a new error: {', '.join(sorted({rule for rule, _ in new}))}"
        self._reading, self._findings = after, findings
        self._refused.clear()  # what did not help before may help now
        self._fixed |= {finding.identity: finding for finding in batch}
        return ""


def _errors(findings: Sequence[Finding]) -> set[tuple[str, str]]:
    return {
        (finding.rule, finding.identity)
        for finding in findings
        if finding.severity is Severity.ERROR and not finding.suppressed
    }


def _apart(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Findings whose fixes have no component in common: none of them can be what another one needs or spoils."""
    taken: set[str] = set()
    for finding in findings:
        touched = {id_ for change in (finding.fix.changes if finding.fix else ()) for id_ in _touched(change)}
        if touched.isdisjoint(taken):
            taken |= touched
            yield finding


def _touched(change: Change) -> Iterator[str]:
    match change:
        case AddComponent(id_) | RemoveComponent(id_) | SetProperty(component=str(id_)):
            yield id_
        case SetProperty(connection=key):
            yield from key[:2] if key else ()
        case AddConnection(source, target):
            yield from (source, target)
        case _:
            yield from (change.source, change.target)
