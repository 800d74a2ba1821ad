"""Trying what is nearly there: what leads to its pattern and brings no new error is an offer.

Each way to complete a pattern is made in memory and linted. Only the services that it touches and what is connected to
them are looked at, and ways that touch different services are tried together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from archlint.facts import Graph
from archlint.fix import changed
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
)
from archlint.model.record import fresh, record
from archlint.model.tuples import NamedTuple
from archlint.recognition.matching import match_form
from archlint.recognition.missing import merged
from archlint.recognition.near import HINT, Near
from archlint.rulebook import Rulebook
from archlint.search import Search
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


_CLAIM = "declared-pattern-mismatch"
"""A claim that is not true now is what a suggestion is about, and no error that it brings."""


class _Touched(NamedTuple):
    """A near match, and the services that have to do with it."""

    near: Near
    services: frozenset[str | None]


@record(frozen=False)
class _Batch:
    """Ways that can be tried together."""

    ways: list[_Touched] = fresh(factory=list)
    services: set[str | None] = fresh(factory=set)
    names: set[str] = fresh(factory=set)

    def takes(self, one: _Touched, names: Collection[str]) -> bool:
        return self.services.isdisjoint(one.services) and self.names.isdisjoint(names)

    def add(self, one: _Touched, names: Collection[str]) -> None:
        self.ways.append(one)
        self.services |= one.services
        self.names |= set(names)


class Trial:
    """Tries changes on an architecture whose findings are known."""

    def __init__(
        self, reading: Reading, rulebook: Rulebook, findings: Sequence[Finding], settings: LintSettings
    ) -> None:
        self.reading = reading
        self._architecture = reading.architecture
        self._rulebook = rulebook
        self._hurting: dict[tuple[str, str | None], list[tuple[int, Finding]]] = {}
        for place, finding in enumerate(findings):
            for pattern in finding.patterns if finding.severity is not Severity.INFO else ():
                self._hurting.setdefault((pattern, _home(finding)), []).append((place, finding))
        self._settings = settings._replace(ignore=settings.ignore | {_CLAIM}, at_least=Severity.ERROR)
        self._known = frozenset(finding.identity for finding in findings)
        self._before: dict[frozenset[str | None], frozenset[str]] = {}

    def offers(self, nearby: Sequence[Sequence[Near]]) -> list[Offer]:
        """For each of several choices of ways, the first way that holds, if one does."""
        touched = [_Touched(ways[0], self._services(ways[0])) for ways in nearby]
        at_once: dict[int, Offer] = {}
        for batch in _apart(touched):
            at_once |= {id(offer.near): offer for offer in self._tried_together(batch)}
        found = (at_once.get(id(ways[0])) or self._first(ways) for ways in nearby)
        return [offer for offer in found if offer is not None]

    def _services(self, near: Near) -> frozenset[str | None]:
        involved = (component.service for component in near.solution.components)
        return services_of(self._architecture, near.changes).union(involved)

    def _tried_together(self, batch: Sequence[_Touched]) -> Iterator[Offer]:
        """Those of several ways that hold beyond doubt: the others have to be looked at alone."""
        if len(batch) == 1:
            return
        part = surroundings(self._architecture, frozenset().union(*(one.services for one in batch)))
        after = changed(part, [change for one in batch for change in one.near.changes])
        solvable = [self._solvable(one.near, one.services) for one in batch]
        findings = self._lint(after, [finding for some in solvable for finding in some])
        doubtful = {component.service for error in self._errors(findings) for component in error.components}
        left = {finding.identity for finding in findings}
        search = Search(Graph(after), expanded=self._rulebook.expanded)
        for one, solved in zip(batch, solvable, strict=True):
            if doubtful.isdisjoint(one.services) and _matches(one.near, search):
                yield _offer(one.near, one.near.changes, 0, solved, left)

    def _first(self, ways: Sequence[Near]) -> Offer | None:
        """The first way that holds."""
        return next((offer for near in ways if (offer := self._tried(near)) is not None), None)

    def _tried(self, near: Near) -> Offer | None:
        """The near match with what mends the errors that it would bring; None if that leads nowhere."""
        changes, mended = near.changes, 0
        services = self._services(near)
        part = surroundings(self._architecture, services)
        made = frozenset(change.id for change in changes if isinstance(change, AddComponent))
        solvable = self._solvable(near, services)
        for _ in range(_ROUNDS):
            after = changed(part, changes)
            if not _matches(near, Search(Graph(after), expanded=self._rulebook.expanded)):
                return None
            findings = self._lint(after, solvable)
            new = self._new_errors(findings, part, services)
            if not new:
                return _offer(near, changes, mended, solvable, {finding.identity for finding in findings})
            fix = next((found.fix for found in new if found.fix is not None), None)
            if fix is None:
                return None
            extra = made | {change.id for change in fix.changes if isinstance(change, AddComponent)}
            if not all(self._concerns(change, extra, changes) for change in fix.changes):
                return None
            mended += any(_is_on_the_users(change, made) for change in fix.changes)
            changes, made = merged([*changes, *fix.changes]), extra
        return None

    def _lint(self, after: Architecture, solvable: Iterable[Finding]) -> Sequence[Finding]:
        """The errors after a change, and those of the findings that it may solve which are still there."""
        besides = frozenset(finding.rule for finding in solvable)
        return check(after, self._rulebook, self._settings._replace(besides=besides)).findings

    def _errors(self, findings: Sequence[Finding]) -> list[Finding]:
        """The errors that are not there now."""
        return [
            one
            for one in findings
            if one.severity is Severity.ERROR and not one.suppressed and one.identity not in self._known
        ]

    def _new_errors(
        self, findings: Sequence[Finding], part: Architecture, services: frozenset[str | None]
    ) -> list[Finding]:
        """The errors that changes bring; what a part seen by itself lacks is none of them."""
        new = self._errors(findings)
        if new and services not in self._before:
            before = check(part, self._rulebook, self._settings).findings
            self._before[services] = frozenset(finding.identity for finding in before)
        return [one for one in new if one.identity not in self._before[services]]

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

    def _solvable(self, near: Near, services: frozenset[str | None]) -> list[Finding]:
        """The findings to which the pattern is the answer in services that are looked at whole."""
        found = [one for home in services | {None} for one in self._hurting.get((near.entry.id, home), ())]
        return [
            finding
            for _, finding in sorted(found, key=lambda one: one[0])
            if all(component.service in services or component.service is None for component in finding.components)
        ]


def _home(finding: Finding) -> str | None:
    """A service that a finding is about, the first of them."""
    return next((one.service for one in finding.components if one.service is not None), None)


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


def _matches(near: Near, search: Search) -> bool:
    """Whether the pattern is there once the changes are made."""
    anchor: Component = search.graph.architecture.by_id[near.anchor.id]
    found = (match_form(near.entry, form, anchor, search) for form in near.entry.forms)
    return any(solution is not None and solution.truth is True for solution in found)


def _offer(
    near: Near, changes: tuple[Change, ...], mended: int, solvable: Iterable[Finding], left: Collection[str]
) -> Offer:
    return Offer(near, changes, mended, tuple(finding for finding in solvable if finding.identity not in left))


def _apart(ways: Iterable[_Touched]) -> list[list[_Touched]]:
    """Batches of ways that touch different services and add nothing of the same name."""
    batches: list[_Batch] = []
    for one in ways:
        names = {change.id for change in one.near.changes if isinstance(change, AddComponent)}
        batch = next((batch for batch in batches if batch.takes(one, names)), None)
        if batch is None:
            batches.append(batch := _Batch())
        batch.add(one, names)
    return [batch.ways for batch in batches]
