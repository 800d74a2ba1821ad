"""Near matches as suggestions: only what holds when it is tried, and each thing that is missing told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from archlint.facts import Graph
from archlint.fix import changed, texts_of_each, unified_diff, writable
from archlint.importers import Reading
from archlint.lint import LintSettings, check
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


def offered(nearby: Sequence[Sequence[Near]], trial: Trial, *, asked: bool) -> Iterator[Suggestion]:
    """The suggestions whose changes really lead to the pattern, bring no new error with them, and can be written."""
    reading = trial.reading
    offers = [offer for ways in nearby if (offer := trial.first(ways)) is not None]
    if not asked:
        offers = [offer for offer in offers if offer.solves or is_near(offer.near, reading.architecture)]
    offers.sort(key=lambda offer: _rank(offer, reading.architecture))
    kept = nearest_of_each(offers) if asked else list(_with_a_reason(told_once(offers), reading.architecture))
    for offer, texts in zip(kept, texts_of_each(reading, [offer.changes for offer in kept]), strict=True):
        if texts is not None:
            diff = "".join(unified_diff(reading.documents[path].text, text, path) for path, text in texts.items())
            yield _suggestion(offer, diff)
        elif not writable(reading, offer.changes):  # a template is changed by hand
            yield _suggestion(offer, "")


def _with_a_reason(offers: Iterable[Offer], architecture: Architecture) -> Iterator[Offer]:
    """Less those that are not near for themselves and solve nothing that a better one does not solve."""
    solved: set[str] = set()
    for offer in offers:
        solves = {finding.fingerprint for finding in offer.solves}
        if is_near(offer.near, architecture) or not solves <= solved:
            yield offer
        solved |= solves


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


_CLAIM = "declared-pattern-mismatch"
"""A claim that is not true now is what a suggestion is about, and no error that it brings."""


class Trial:
    """Tries changes on an architecture whose findings are known."""

    def __init__(
        self, reading: Reading, rulebook: Rulebook, findings: Sequence[Finding], settings: LintSettings
    ) -> None:
        self.reading = reading
        self._architecture = reading.architecture
        self._rulebook = rulebook
        self._by_pattern: dict[str, list[Finding]] = {}
        for finding in findings:
            for pattern in finding.patterns if finding.severity is not Severity.INFO else ():
                self._by_pattern.setdefault(pattern, []).append(finding)
        self._settings = settings._replace(ignore=settings.ignore | {_CLAIM}, at_least=Severity.ERROR)
        self._known = frozenset(finding.fingerprint for finding in findings)
        self._before: dict[frozenset[str | None], frozenset[str]] = {}

    def first(self, ways: Sequence[Near]) -> Offer | None:
        """The first way that holds."""
        return next((offer for near in ways if (offer := self._tried(near)) is not None), None)

    def _tried(self, near: Near) -> Offer | None:
        """The near match with what mends the errors that it would bring; None if that leads nowhere."""
        changes, mended = near.changes, 0
        involved = (component.service for component in near.solution.components)
        services = services_of(self._architecture, changes).union(involved)
        part = surroundings(self._architecture, services)
        made = frozenset(change.id for change in changes if isinstance(change, AddComponent))
        solvable = self._solvable(near, part)
        asked = self._settings._replace(besides=frozenset(finding.rule for finding in solvable))
        for _ in range(_ROUNDS):
            after = changed(part, changes)
            if not _matches(near, after, self._rulebook):
                return None
            findings = check(after, self._rulebook, asked).findings
            new = self._new_errors(findings, part, services)
            if not new:
                left = {finding.fingerprint for finding in findings}
                solved = tuple(finding for finding in solvable if finding.fingerprint not in left)
                return Offer(near, changes, mended, solved)
            fix = next((found.fix for found in new if found.fix is not None), None)
            if fix is None:
                return None
            extra = made | {change.id for change in fix.changes if isinstance(change, AddComponent)}
            if not all(self._concerns(change, extra, changes) for change in fix.changes):
                return None
            mended += any(_is_on_the_users(change, made) for change in fix.changes)
            changes, made = merged([*changes, *fix.changes]), extra
        return None

    def _new_errors(
        self, findings: Sequence[Finding], part: Architecture, services: frozenset[str | None]
    ) -> list[Finding]:
        """Errors that are not there now; what a part seen by itself lacks is no error that the changes bring."""
        new = [
            one
            for one in findings
            if one.severity is Severity.ERROR and not one.suppressed and one.fingerprint not in self._known
        ]
        if new and services not in self._before:
            before = check(part, self._rulebook, self._settings).findings
            self._before[services] = frozenset(finding.fingerprint for finding in before)
        return [one for one in new if one.fingerprint not in self._before[services]]

    def _concerns(self, change: Change, made: frozenset[str], changes: Sequence[Change]) -> bool:
        """Whether a change is about what is added, and overrides nothing that is the user's."""
        match change:
            case AddComponent():
                return True
            case AddConnection(source, target):
                return not made.isdisjoint((source, target)) and (source in made or source in _ends(changes))
            case SetProperty(name, component=str(id_)):
                known = self._architecture.by_id.get(id_)
                return id_ in made or (known is not None and name not in known.properties and id_ in _ends(changes))
            case SetProperty(connection=key) if key is not None:
                return any(isinstance(one, AddConnection) and (one.source, one.target) == key[:2] for one in changes)
            case _:
                return False

    def _solvable(self, near: Near, part: Architecture) -> list[Finding]:
        """The findings in a part that the pattern is the answer to."""
        return [
            finding
            for finding in self._by_pattern.get(near.entry.id, ())
            if all(component.id in part.by_id for component in finding.components)
        ]


def _ends(changes: Sequence[Change]) -> set[str]:
    """What connections are added to."""
    return {end for one in changes if isinstance(one, AddConnection) for end in (one.source, one.target)}


def _is_on_the_users(change: Change, made: frozenset[str]) -> bool:
    """Whether a change adds to a component that is there already."""
    match change:
        case AddConnection(source):
            return source not in made
        case SetProperty(component=str(id_)):
            return id_ not in made
        case _:
            return False


def _matches(near: Near, after: Architecture, rulebook: Rulebook) -> bool:
    search = Search(Graph(after), expanded=rulebook.expanded)
    anchor: Component = after.by_id[near.anchor.id]
    found = (match_form(near.entry, form, anchor, search) for form in near.entry.forms)
    return any(solution is not None and solution.truth is True for solution in found)
