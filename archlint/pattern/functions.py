"""The functions of the expression language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from archlint.model import UNKNOWN, Value, is_unknown
from archlint.pattern.truth import Truth, all_of, any_of
from archlint.vocabulary import parse_duration, parse_size


def _flat(values: tuple[Value, ...]) -> Iterator[Value]:
    for value in values:
        if isinstance(value, tuple):
            yield from value
        else:
            yield value


def _numbers(values: tuple[Value, ...]) -> list[float] | None:
    """The values as numbers, None if one is unset or unknown."""
    flat = list(_flat(values))
    numbers = [value for value in flat if isinstance(value, int | float)]
    return numbers if len(numbers) == len(flat) else None


def _sum(*values: Value) -> Value:
    numbers = _numbers(values)
    return UNKNOWN if numbers is None else sum(numbers)


def _min(*values: Value) -> Value:
    numbers = _numbers(values)
    return UNKNOWN if not numbers else min(numbers)


def _max(*values: Value) -> Value:
    numbers = _numbers(values)
    return UNKNOWN if not numbers else max(numbers)


def _distinct(*values: Value) -> Value:
    flat = list(_flat(values))
    if any(is_unknown(value) for value in flat):
        return UNKNOWN
    return len({str(value) for value in flat if value is not None})


def _flag(value: Value) -> Truth:
    return None if is_unknown(value) else value is not None and value is not False


def _any(*values: Value) -> Value:
    return _value(any_of(_flag(value) for value in _flat(values)))


def _all(*values: Value) -> Value:
    return _value(all_of(_flag(value) for value in _flat(values)))


def _among(value: Value, allowed: tuple[Value, ...]) -> Truth:
    return None if is_unknown(value) else value in allowed


def _every(values: Value, *allowed: Value) -> Value:
    return _value(all_of(_among(value, allowed) for value in _flat((values,))))


def _some(values: Value, *allowed: Value) -> Value:
    return _value(any_of(_among(value, allowed) for value in _flat((values,))))


def _default(value: Value, otherwise: Value) -> Value:
    return otherwise if value is None else value


def _quantity(parse: Callable[[str], float]) -> Callable[[Value], Value]:
    def read(text: Value) -> Value:
        try:
            return parse(text) if isinstance(text, str) else UNKNOWN
        except ValueError:
            return UNKNOWN

    return read


def _union(*values: Value) -> Value:
    return tuple(dict.fromkeys(value for value in _flat(values) if value is not None))


def _starts(value: Value, start: Value) -> Value:
    return value.startswith(start) if isinstance(value, str) and isinstance(start, str) else UNKNOWN


def _ends(value: Value, end: Value) -> Value:
    return value.endswith(end) if isinstance(value, str) and isinstance(end, str) else UNKNOWN


def _value(truth: Truth) -> Value:
    return UNKNOWN if truth is None else truth


def _count(bound: object) -> Value:
    if bound is None:
        return 0
    return len(bound) if isinstance(bound, tuple | list) else 1


FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "sum": _sum,
    "min": _min,
    "max": _max,
    "distinct": _distinct,
    "any": _any,
    "all": _all,
    "every": _every,
    "some": _some,
    "default": _default,
    "duration": _quantity(parse_duration),
    "size": _quantity(parse_size),
    "union": _union,
    "starts": _starts,
    "ends": _ends,
}
"""Functions of values."""

ARITY: Mapping[str, tuple[int, int | None]] = {
    "default": (2, 2),
    "duration": (1, 1),
    "size": (1, 1),
    "starts": (2, 2),
    "ends": (2, 2),
    "every": (2, None),
    "some": (2, None),
}
"""The least and greatest number of arguments, where it is not one or more."""

QUANTITIES = frozenset({"duration", "size"})
"""Functions that read a text, which has to be one that they can read."""

SHAPED: Mapping[str, Callable[[object], Value]] = {"count": _count}
"""Functions of what a name is bound to."""
