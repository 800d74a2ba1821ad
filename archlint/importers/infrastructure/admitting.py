"""Values as infrastructure code gives them, held against what the vocabulary lets them be.

Code may say anything: a misspelt view type, a negative timeout, a mode of next year. What the vocabulary does not have
is there and not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import TYPE_CHECKING, cast

from archlint.model import UNKNOWN, Properties, Value, is_unknown
from archlint.vocabulary import PropertyType, ValueFault

if TYPE_CHECKING:
    from archlint.vocabulary.properties import RawValue


def admitted(properties: Properties, known: Mapping[str, PropertyType]) -> dict[str, Value]:
    """The properties, each that is none of the values it may have unknown."""
    return {name: _admitted(value, known.get(name)) for name, value in properties.items()}


def _admitted(value: Value, property_: PropertyType | None) -> Value:
    if property_ is None or value is None or is_unknown(value):
        return value
    if isinstance(value, float) and not isfinite(value):
        return UNKNOWN
    try:
        property_.read(cast("RawValue", value))  # canonical values are read as they are
    except ValueFault:
        return UNKNOWN
    return value
