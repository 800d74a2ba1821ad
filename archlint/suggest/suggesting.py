"""What ``archlint suggest`` answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archlint.facts import Graph
from archlint.fix import EditError, changed, edited_texts, unified_diff
from archlint.importers import Reading
from archlint.lint import check
from archlint.model import Architecture, Component, Match, Possible, Severity, Suggestion
from archlint.recognition import Matched, Recognition, recognise
from archlint.recognition.matching import match_form
from archlint.recognition.near import Near, count_clauses, nearest
from archlint.rulebook import Entry, Rulebook
from archlint.search import Search

ENOUGH = 2 / 3
"""The share of a pattern's clauses that must hold for it to be suggested unasked."""

_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Answer:
    """Whole patterns, the nearest ones with the changes that complete them, and what the input cannot settle."""

    matches: tuple[Match, ...]
    suggestions: tuple[Suggestion, ...]
    possible: tuple[Possible, ...]


def suggest(reading: Reading, rulebook: Rulebook, pattern: str | None = None) -> Answer:
    """Recognise and suggest. With ``pattern`` only that one is suggested, at any distance."""
    search = Search(Graph(reading.architecture))
    recognition = recognise(search, rulebook)
    near = sorted(_near(search, rulebook, recognition, pattern), key=lambda one: _rank(one, reading.architecture))
    near = [one for one in near if not _contained(one, near)]
    before = _errors(reading.architecture, rulebook) if near else frozenset()
    suggestions = [found for one in near if (found := _offered(one, reading, rulebook, before)) is not None]
    return Answer(
        tuple(matched.as_match() for matched in recognition.matched),
        tuple(suggestions),
        recognition.possible,
    )


def _near(search: Search, rulebook: Rulebook, recognition: Recognition, pattern: str | None) -> Iterator[Near]:
    whole = (*recognition.matched, *recognition.hidden)
    taken = {(matched.entry.id, matched.anchor) for matched in whole}
    taken |= {
        (hidden, component) for matched in whole for hidden in matched.entry.hides for component in matched.components
    }
    kept = {(matched.entry.id, matched.anchor.service) for matched in whole}
    for entry in rulebook.catalog.values():
        if pattern is not None and entry.id != pattern:
            continue
        for anchor in _anchors(entry, search):
            if (entry.id, anchor) in taken:
                continue
            claimed = _claims(search, anchor, entry) and (entry.id, anchor.service) not in kept
            if pattern is None and not claimed and _is_a_sibling(entry, anchor, whole):
                continue
            budget = None if pattern is not None or claimed else _budget(entry, search)
            if (near := _best(entry, anchor, search, budget)) is not None:
                yield near


def _is_a_sibling(entry: Entry, anchor: Component, whole: Sequence[Matched]) -> bool:
    """Whether a specific pattern is whole at the anchor from which the entry has to be told apart."""
    return any(
        matched.anchor is anchor
        and not matched.entry.generic
        and (entry.id in matched.entry.siblings or matched.entry.id in entry.siblings)
        for matched in whole
    )


def _contained(near: Near, others: Sequence[Near]) -> bool:
    """Whether a larger pattern is as near that contains this one here."""
    return any(
        near.entry.id in other.entry.hides and near.anchor in other.solution.components and other.weight <= near.weight
        for other in others
    )


def _anchors(entry: Entry, search: Search) -> list[Component]:
    found: list[Component] = []
    for form in entry.forms:
        found += search.candidates.components(form.roles[entry.anchor])
    return search.candidates.in_order(found)


def _claims(search: Search, anchor: Component, entry: Entry) -> bool:
    service = search.graph.architecture.services.get(anchor.service or "")
    return service is not None and entry.id in service.patterns


def _budget(entry: Entry, search: Search) -> int:
    most = max(
        count_clauses(conjunction, entry.anchor)
        for form in entry.forms
        for conjunction in search.expand(form.roles, form.clauses)
    )
    return int(most * (1 - ENOUGH) + _TOLERANCE)


def _best(entry: Entry, anchor: Component, search: Search, budget: int | None) -> Near | None:
    forms = [form for form in entry.forms if form.suggested]
    found = [near for form in forms if (near := nearest(entry, form, anchor, search, budget)) is not None]
    near = max(found, key=lambda one: (one.share, -len(one.missing)), default=None)
    if near is None or (budget is not None and near.share < ENOUGH - _TOLERANCE) or not near.missing:
        return None
    return near


def _rank(near: Near, architecture: Architecture) -> tuple[object, ...]:
    service = architecture.services.get(near.anchor.service or "")
    claimed = service is not None and near.entry.id in service.patterns
    order = architecture.order[near.anchor]
    return (
        not claimed,
        near.entry.generic,
        -round(near.share, 6),
        near.weight,
        near.entry.overlay,
        near.entry.id,
        order,
    )


def _offered(near: Near, reading: Reading, rulebook: Rulebook, before: frozenset[str]) -> Suggestion | None:
    """The suggestion, if the changes really lead there and bring no new error with them."""
    after = changed(reading.architecture, near.changes)
    if not _matches(near, after) or _errors(after, rulebook) - before:
        return None
    try:
        texts = edited_texts(reading, near.changes)
    except EditError:
        return None
    diff = "".join(unified_diff(reading.documents[path].text, text, path) for path, text in texts.items())
    match = near.completed().as_match()
    return Suggestion(
        near.entry.id,
        near.anchor.service,
        near.anchor.id,
        match.roles,
        tuple(missing.words for missing in near.missing),
        near.changes,
        round(near.share, 3),
        diff,
    )


def _matches(near: Near, after: Architecture) -> bool:
    search = Search(Graph(after))
    anchor = after.by_id[near.anchor.id]
    found = (match_form(near.entry, form, anchor, search) for form in near.entry.forms)
    return any(solution is not None and solution.truth is True for solution in found)


def _errors(architecture: Architecture, rulebook: Rulebook) -> frozenset[str]:
    findings = check(architecture, rulebook).findings
    return frozenset(finding.fingerprint for finding in findings if finding.severity is Severity.ERROR)
