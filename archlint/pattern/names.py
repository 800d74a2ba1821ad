"""What may be named in a pattern: properties, pseudo-properties and facts of its roles and connections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from archlint.facts import COMPONENT_FACTS, CONNECTION_FACTS
from archlint.facts import RELATIONS as COMPUTED
from archlint.vocabulary import PropertyType, vocabulary

COMPONENT_FIELDS = frozenset({"id", "type", "service", "name", "claims"})
CONNECTION_FIELDS = frozenset({"action", "style", "confidence"})
SYSTEM_SETTINGS = frozenset({"observability", "account_concurrency"})
RELATIONS: Mapping[str, frozenset[str]] = {
    **{relation.name: relation.columns for relation in COMPUTED.values()},
    "unmet_claims": frozenset({"pattern", "service", "missing"}),
    "near_misses": frozenset({"pattern", "name", "service", "missing"}),
    "drift": frozenset({"kind", "name", "type", "how", "advice"}),
    "unused_suppressions": frozenset({"rule", "component", "where"}),
}
"""The relations that are computed in Python, with their columns."""


@cache
def component_names(types: frozenset[str]) -> frozenset[str]:
    """Every name that is a property, field or fact of at least one of the types."""
    words = vocabulary()
    properties = {name for type_ in types for name in words.types[type_].properties}
    facts = {fact.name for fact in COMPONENT_FACTS.values() if words.members(fact.of) & types}
    return frozenset(properties | facts | COMPONENT_FIELDS)


@cache
def connection_names() -> frozenset[str]:
    """Every name that is a property, field or fact of a connection."""
    return frozenset({*vocabulary().connection_properties, *CONNECTION_FACTS, *CONNECTION_FIELDS})


def component_property(types: Iterable[str], name: str) -> PropertyType | None:
    """How a property of one of the types is read and shown; None for a field or fact."""
    words = vocabulary()
    return next((found for type_ in sorted(types) if (found := words.types[type_].properties.get(name))), None)


def connection_property(name: str) -> PropertyType | None:
    """How a property of a connection is read and shown; None for a field or fact."""
    return vocabulary().connection_properties.get(name)


def fact_kind(name: str) -> str | None:
    """The unit of a fact's value; None if there is no such fact."""
    fact = COMPONENT_FACTS.get(name) or CONNECTION_FACTS.get(name)
    return fact.kind if fact else None
