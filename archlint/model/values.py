"""Property values: what is written, what is absent, and what exists but cannot be known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias, TypeGuard, final


@final
class Unknown:
    """The value of a property that is set to something archlint cannot resolve.

    There is one instance, :data:`UNKNOWN`. It has no truth value on purpose: code that forgets the
    third case fails in its first test instead of in somebody's pipeline.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return "unknown"

    def __bool__(self) -> bool:
        message = "an unknown value is neither true nor false"
        raise TypeError(message)


UNKNOWN: Final = Unknown()

Value: TypeAlias = "bool | int | float | str | Unknown | tuple[Value, ...] | Mapping[str, Value] | None"
"""A property's value in canonical units: durations in seconds, sizes in bytes; None is AWS's unset."""

Properties: TypeAlias = Mapping[str, Value]
"""The written properties of one element by name. An absent name means AWS's default, from the vocabulary."""


def is_unknown(value: object) -> TypeGuard[Unknown]:
    """Whether a value exists and is not known."""
    return value is UNKNOWN
