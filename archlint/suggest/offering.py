"""Near matches as suggestions: only what holds when it is tried, and each thing that is missing told once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from archlint.facts import Graph
from archlint.fix import EditError, changed, edited_texts, unified_diff
from archlint.importers import Reading
from archlint.lint import check
from archlint.model import (
    AddComponent,
    AddConnection,
    Architecture,
    Change,
    Component,
    Finding,
    SetProperty,
    Severity,
    Suggestion,
)
from archlint.recognition.matching import match_form
from archlint.recognition.missing import merged
from archlint.recognition.near import HINT, Near
from archlint.rulebook import Rulebook
from archlint.search import Search
from archlint.suggest.explaining import nearest_of_each, told_once
from archlint.suggest.nearby import is_near, rank
from archlint.suggest.surroundings import services_of, surroundings

_ROUNDS = 5
"""How often something is mended that the mending before it has brought."""


class Offer(NamedTuple):
    """A near match that has been tried.

    ``changes`` are its own and what else is needed to bring no new error; ``mended`` counts those to the user's.
    ``solves`` are the findings that go away and that the pattern is the answer to.
    """

    near: Near
    changes: tuple[Change, ...]
    mended: int
    solves: tuple[Finding, ...]

    @property
    def likeness(self) -> float:
        """How likely the pattern is meant, the less the more of the user's has to be mended for it."""
        return self.near.likeness - HINT * self.mended


def offered(
    nearby: Sequence[Sequence[Near]], reading: Reading, rulebook: Rulebook, findings: Sequence[Finding], *, asked: bool
) -> Iterator[Suggestion]:
    """The suggestions whose changes really lead to the pattern, bring no new error with them, and can be written."""
    trial = _Trial(reading.architecture, rulebook, findings)
    offers = [offer for ways in nearby if (offer := trial.first(ways)) is not None]
    if not asked:
        offers = [offer for offer in offers if offer.solves or is_near(offer.near, reading.architecture)]
    offers.sort(key=lambda offer: _rank(offer, reading.architecture))
    for offer in nearest_of_each(offers) if asked else told_once(offers):
        try:
            texts = edited_texts(reading, offer.changes)
        except EditError:
            continue
        diff = "".join(unified_diff(reading.documents[path].text, text, path) for path, text in texts.items())
        yield _suggestion(offer, diff)


def _rank(offer: Offer, architecture: Architecture) -> tuple[object, ...]:
    solves = any(finding.severity is Severity.ERROR for finding in offer.solves)
    return rank(offer.near, architecture, solves=solves, likeness=offer.likeness)


def _suggestion(offer: Offer, diff: str) -> Suggestion:
    near = offer.near
    return Suggestion(
        near.entry.id,
        near.anchor.service,
        near.anchor.id,
        near.completed().as_match().roles,
        near.words,
        offer.changes,
        round(near.share, 3),
        diff,
        offer.solves,
    )


class _Part(NamedTuple):
    """A part of the architecture and the fingerprints of what is found in it as it is."""

    architecture: Architecture
    findings: frozenset[str]


class _Trial:
    """Tries changes on an architecture whose findings are known."""

    def __init__(self, architecture: Architecture, rulebook: Rulebook, findings: Sequence[Finding]) -> None:
        self._architecture = architecture
        self._rulebook = rulebook
        self._findings = findings
        self._parts: dict[frozenset[str | None], _Part] = {}

    def first(self, ways: Sequence[Near]) -> Offer | None:
        """The first way that holds."""
        return next((offer for near in ways if (offer := self._tried(near)) is not None), None)

    def _tried(self, near: Near) -> Offer | None:
        """The near match with what mends the errors that it would bring; None if that leads nowhere."""
        changes, mended = near.changes, 0
        involved = (component.service for component in near.solution.components)
        part = self._part(services_of(self._architecture, changes).union(involved))
        made = frozenset(change.id for change in changes if isinstance(change, AddComponent))
        for _ in range(_ROUNDS):
            after = changed(part.architecture, changes)
            if not _matches(near, after, self._rulebook):
                return None
            findings = check(after, self._rulebook).findings
            new = [one for one in findings if one.severity is Severity.ERROR and one.fingerprint not in part.findings]
            if not new:
                gone = part.findings - {finding.fingerprint for finding in findings}
                return Offer(near, changes, mended, self._solved(near, gone))
            fix = next((found.fix for found in new if found.fix is not None), None)
            if fix is None:
                return None
            extra = made | {change.id for change in fix.changes if isinstance(change, AddComponent)}
            if not all(_concerns(change, extra, changes) for change in fix.changes):
                return None
            mended += any(isinstance(change, AddConnection) and change.source not in made for change in fix.changes)
            changes, made = merged([*changes, *fix.changes]), extra
        return None

    def _part(self, services: frozenset[str | None]) -> _Part:
        if services not in self._parts:
            part = surroundings(self._architecture, services)
            findings = check(part, self._rulebook).findings
            self._parts[services] = _Part(part, frozenset(finding.fingerprint for finding in findings))
        return self._parts[services]

    def _solved(self, near: Near, gone: Collection[str]) -> tuple[Finding, ...]:
        return tuple(
            finding
            for finding in self._findings
            if near.entry.id in finding.patterns
            and finding.severity is not Severity.INFO
            and finding.fingerprint in gone
        )


def _concerns(change: Change, made: frozenset[str], changes: Sequence[Change]) -> bool:
    """Whether a change is about what is added, and leaves alone what is the user's."""
    match change:
        case AddComponent():
            return True
        case AddConnection(source, target):
            touched = {end for one in changes if isinstance(one, AddConnection) for end in (one.source, one.target)}
            return not made.isdisjoint((source, target)) and (source in made or source in touched)
        case SetProperty(component=str(id_)):
            return id_ in made
        case SetProperty(connection=key) if key is not None:
            return any(isinstance(one, AddConnection) and (one.source, one.target) == key[:2] for one in changes)
        case _:
            return False


def _matches(near: Near, after: Architecture, rulebook: Rulebook) -> bool:
    search = Search(Graph(after), expanded=rulebook.expanded)
    anchor: Component = after.by_id[near.anchor.id]
    found = (match_form(near.entry, form, anchor, search) for form in near.entry.forms)
    return any(solution is not None and solution.truth is True for solution in found)
