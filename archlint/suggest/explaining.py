"""Telling each thing once: of several patterns that a missing part would complete, those that explain most.

A missing part leaves loose ends. The pattern that gives a purpose to all of them is likelier to be what was meant than
one that uses some of them otherwise; and a pattern that is part of another need not be told beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from archlint.model import AddComponent, AddConnection, Change, Component
from archlint.recognition.near import Near

_EACH = 0.1
"""How much less likely a pattern may be for each loose end that it explains beyond another."""

_TOLERANCE = 1e-9


class Explained(Protocol):
    """A near match that has been tried."""

    @property
    def near(self) -> Near:
        """The near match."""

    @property
    def likeness(self) -> float:
        """How likely its pattern is what was meant."""


Told = TypeVar("Told", bound=Explained)


def told_once(offers: Sequence[Told]) -> list[Told]:
    """The offers less those that a better one makes superfluous, in the same order."""
    binding: dict[Component, list[Told]] = {}
    tying: dict[Component, list[Told]] = {}
    for offer in offers:
        for component in offer.near.solution.components:
            binding.setdefault(component, []).append(offer)
        for component in offer.near.loose:
            tying.setdefault(component, []).append(offer)

    def is_superfluous(offer: Told) -> bool:
        near = offer.near
        beside = [other for other in binding.get(near.anchor, ()) if other is not offer]
        rivals = [other for one in near.loose[:1] for other in tying[one] if other is not offer]
        return any(_contains(other.near, near) for other in beside) or any(_explains(other, offer) for other in rivals)

    return [offer for offer in offers if not is_superfluous(offer)]


def nearest_of_each(offers: Sequence[Told]) -> list[Told]:
    """The offers less those that make up an anchor in a service that has one to begin with."""
    having = {offer.near.anchor.service for offer in offers if not offer.near.is_made_up}
    return [offer for offer in offers if not offer.near.is_made_up or offer.near.anchor.service not in having]


def _contains(larger: Near, near: Near) -> bool:
    """Whether a larger pattern contains this one at its anchor and is as near, or lacks just the same."""
    if near.entry.id not in larger.entry.hides or near.anchor not in larger.solution.components:
        return False
    return larger.weight <= near.weight and (
        larger.share >= near.share or _outline(larger.changes) <= _outline(near.changes)
    )


def _explains(other: Explained, offer: Explained) -> bool:
    """Whether another pattern gives a purpose to the same loose ends, and is the likelier for it."""
    mine, theirs = set(offer.near.loose), set(other.near.loose)
    if not mine or not mine <= theirs:
        return False
    beyond = len(theirs - mine)
    lead = other.likeness - offer.likeness + _EACH * beyond
    return lead > _TOLERANCE or (beyond > 0 and lead > -_TOLERANCE)


def _outline(changes: Sequence[Change]) -> frozenset[tuple[str, ...]]:
    """What the changes add, whatever it is called."""
    made = {change.id: change.type for change in changes if isinstance(change, AddComponent)}
    found: set[tuple[str, ...]] = set()
    for change in changes:
        if isinstance(change, AddComponent):
            found.add((change.type,))
        elif isinstance(change, AddConnection):
            ends = (made.get(change.source, change.source), made.get(change.target, change.target))
            found.add((*ends, change.style.value))
    return frozenset(found)
