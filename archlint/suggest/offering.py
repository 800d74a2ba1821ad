"""Near matches as suggestions: only what holds when it is tried, and each thing that is missing told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from archlint.fix import diffs_of_each, writable
from archlint.model import Architecture, Severity, Suggestion
from archlint.recognition.near import Near
from archlint.suggest.explaining import nearest_of_each, told_once
from archlint.suggest.nearby import is_claimed, is_likely, is_near, rank
from archlint.suggest.trials import Offer, Trial


def offered(nearby: Sequence[Sequence[Near]], trial: Trial, *, asked: bool) -> Iterator[Suggestion]:
    """The suggestions whose changes really lead to the pattern, bring no new error with them, and can be written."""
    reading = trial.reading
    offers = trial.offers(nearby)
    if not asked:
        offers = [offer for offer in offers if offer.solves or is_near(offer.near, reading.architecture)]
    offers.sort(key=lambda offer: _rank(offer, reading.architecture))
    if asked:
        offers.sort(key=lambda offer: offer.near.weight)
        kept = nearest_of_each(_with_a_beginning(offers))
    else:
        kept = list(_with_a_reason(_keeping_claims_once(told_once(offers), reading.architecture), reading.architecture))
    for offer, diff in zip(kept, diffs_of_each(reading, [offer.changes for offer in kept]), strict=True):
        if diff is not None:
            yield _suggestion(offer, diff)
        elif not writable(reading, offer.changes):  # a template is changed by hand
            yield _suggestion(offer, "")


def _with_a_beginning(offers: list[Offer]) -> list[Offer]:
    """Those of which something is there; all if that is none."""
    return [offer for offer in offers if round(offer.near.share, 2) > 0] or offers


def _keeping_claims_once(offers: Iterable[Offer], architecture: Architecture) -> Iterator[Offer]:
    """Less the further ways in which a service could keep a claim, unless they are near for themselves."""
    kept: set[tuple[str, str | None]] = set()
    for offer in offers:
        claim = offer.near.entry.id, offer.near.anchor.service
        if is_claimed(offer.near, architecture):
            if claim in kept and not is_likely(offer.near):
                continue
            kept.add(claim)
        yield offer


def _with_a_reason(offers: Iterable[Offer], architecture: Architecture) -> Iterator[Offer]:
    """Less those that are not near for themselves and solve nothing that a better one does not solve."""
    solved: set[str] = set()
    for offer in offers:
        solves = {finding.identity for finding in offer.solves}
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
