"""Conditions on one property, as written in ``where`` and beside a step.

Each looks at two values of the property: the one that holds, and the one that is written (None where AWS's default
holds). They differ for ``set`` and ``unset`` only.
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import TypeAlias

from archlint.model import UNKNOWN, Value, is_unknown
from archlint.model.tuples import NamedTuple
from archlint.pattern.truth import Truth, all_of, any_of, negated

Atom: TypeAlias = "bool | int | float | str"


class Equals(NamedTuple):
    """The value is the one given."""

    value: Atom

    def holds(self, value: Value, written: Value) -> Truth:
        """Three-valued; an unset value equals nothing."""
        del written
        if value is UNKNOWN:
            return None
        return same_value(value, self.value)


class Ordered(NamedTuple):
    """The value lies between bounds: ``min`` and ``max`` included, ``above`` and ``below`` not."""

    least: float | None = None
    most: float | None = None
    above: float | None = None
    below: float | None = None

    def holds(self, value: Value, written: Value) -> Truth:
        """Unknown for what is unset or no number."""
        del written
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        return (
            (self.least is None or value >= self.least)
            and (self.most is None or value <= self.most)
            and (self.above is None or value > self.above)
            and (self.below is None or value < self.below)
        )


class IsSet(NamedTuple):
    """The property is written in the input (``wanted`` true), or is not."""

    wanted: bool

    def holds(self, value: Value, written: Value) -> Truth:
        """Looks at what is written: a default does not make a property set."""
        del value
        if is_unknown(written):
            return None
        return (written is not None) is self.wanted


class Like(NamedTuple):
    """The value is text that matches a wildcard pattern; case does not count."""

    pattern: str

    def holds(self, value: Value, written: Value) -> Truth:
        """False for anything but text."""
        del written
        if is_unknown(value):
            return None
        return isinstance(value, str) and fnmatchcase(value.lower(), self.pattern.lower())


class Has(NamedTuple):
    """The value is a list that holds an item, or a mapping with that key."""

    item: Atom

    def holds(self, value: Value, written: Value) -> Truth:
        """False for anything but a list or mapping."""
        del written
        if is_unknown(value):
            return None
        return isinstance(value, tuple | Mapping) and self.item in value


class OneOf(NamedTuple):
    """At least one of several conditions holds."""

    options: tuple[Condition, ...]

    def holds(self, value: Value, written: Value) -> Truth:
        """Three-valued or."""
        return any_of(option.holds(value, written) for option in self.options)


class AllOf(NamedTuple):
    """All of several conditions hold."""

    parts: tuple[Condition, ...]

    def holds(self, value: Value, written: Value) -> Truth:
        """Three-valued and."""
        return all_of(part.holds(value, written) for part in self.parts)


class Not(NamedTuple):
    """A condition does not hold."""

    condition: Condition

    def holds(self, value: Value, written: Value) -> Truth:
        """Three-valued not."""
        return negated(self.condition.holds(value, written))


Condition: TypeAlias = Equals | Ordered | IsSet | Like | Has | OneOf | AllOf | Not

LOOKING_AT_WHAT_IS_WRITTEN = frozenset({IsSet, OneOf, AllOf, Not})
"""The conditions that look at the written value too, themselves or one of their parts."""


def same_value(left: Value, right: Value) -> bool:
    """Equality that keeps booleans apart from numbers."""
    return isinstance(left, bool) is isinstance(right, bool) and left == right


def satisfying(condition: Condition) -> Atom | None:
    """A value that satisfies the condition, for making one up; None where none suggests itself."""
    match condition:
        case Equals(value):
            return value
        case OneOf(parts) | AllOf(parts):
            found = (satisfying(part) for part in parts)
            return next((value for value in found if value is not None), None)
        case Ordered(least, most, _, _):
            return least if least is not None else most
        case IsSet(wanted=True):
            return True
        case Not(Equals(bool(flag))):
            return not flag
        case Not(OneOf(options)) if Equals(value=False) in options:
            return True
        case _:
            return None
