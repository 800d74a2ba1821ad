"""Differences in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from archlint.diff.comparison import (
    Comparison,
    ComponentDifference,
    ConnectionDifference,
    PropertyChange,
    ServiceDifference,
    Status,
)
from archlint.model import Value
from archlint.vocabulary import PropertyType

SIGNS: Mapping[Status, str] = {Status.ADDED: "+", Status.REMOVED: "-", Status.CHANGED: "~"}
"""The signs of what is different, in the order in which it is told."""


def change_words(change: PropertyChange, known: Mapping[str, PropertyType], *, named: bool = True) -> str:
    """A property's old and new value; its own name is left out where it is not ``named``."""
    property_ = known.get(change.name)
    before, after = (_shown(value, property_) for value in (change.old, change.new))
    return f"{change.name} {before} → {after}" if named else f"{before} → {after}"


def _shown(value: Value, property_: PropertyType | None) -> str:
    if value is None:
        return "unset"
    return property_.show(value) if property_ else str(value)


def summary(comparison: Comparison) -> str:
    """How much is different, in one sentence."""
    if comparison.is_same:
        return "No differences."
    parts = []
    groups: list[tuple[str, Sequence[ComponentDifference | ConnectionDifference | ServiceDifference]]] = [
        ("service", comparison.services),
        ("component", comparison.components),
        ("connection", comparison.connections),
    ]
    for word, found in groups:
        counts = Counter(element.status for element in found)
        told = [f"{counts[status]} {status.value}" for status in SIGNS if counts[status]]
        if told:
            parts.append(f"{word}s: {', '.join(told)}")
    if comparison.settings:
        parts.append(f"settings: {len(comparison.settings)} changed")
    return f"{'; '.join(parts).capitalize()}."
