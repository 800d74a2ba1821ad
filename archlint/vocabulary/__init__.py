"""What the description format knows: types, groups, actions and properties, from one data file."""

from __future__ import annotations

from archlint.vocabulary.names import as_word, is_component_id, is_component_name, is_service_name
from archlint.vocabulary.nearest import nearest
from archlint.vocabulary.properties import PropertyType, RawValue, ValueFault
from archlint.vocabulary.quantities import parse_duration, parse_size, show_duration, show_size
from archlint.vocabulary.vocabulary import ComponentType, Vocabulary, vocabulary

__all__ = [
    "ComponentType",
    "PropertyType",
    "RawValue",
    "ValueFault",
    "Vocabulary",
    "as_word",
    "is_component_id",
    "is_component_name",
    "is_service_name",
    "nearest",
    "parse_duration",
    "parse_size",
    "show_duration",
    "show_size",
    "vocabulary",
]
