"""Reading ``where``: data → conditions, each value in the unit of its property."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from archlint.model import Value
from archlint.model.places import Route
from archlint.pattern.conditions import AllOf, Condition, Equals, Has, IsSet, Like, Not, OneOf, Ordered
from archlint.pattern.faults import Faults
from archlint.pattern.shape import Data, items, mapping
from archlint.pattern.terms import Where
from archlint.vocabulary import PropertyType, ValueFault

FindProperty = Callable[[str], PropertyType | None]

_BOUNDS = {"min": "least", "max": "most", "above": "above", "below": "below"}
_KEYS = (*_BOUNDS, "not", "like", "has")


def read_where(  # noqa: PLR0913, PLR0917  a reader's context and what it reads
    data: Data, route: Route, faults: Faults, known: frozenset[str], find: FindProperty, what: str
) -> Where:
    """The conditions of one role or step; names outside ``known`` are faults."""
    conditions = []
    for name, wanted in mapping(data, route, faults, f"where of {what}").items():
        place = (*route, name)
        if name in known:
            conditions.append((name, _condition(wanted, place, faults, find(name), name)))
        else:
            faults.unknown(place, f"property of {what}", name, sorted(known), key=True)
    return tuple(conditions)


def _condition(data: Data, route: Route, faults: Faults, property_: PropertyType | None, name: str) -> Condition:
    if data in ("set", "unset"):
        return IsSet(data == "set")
    if isinstance(data, Mapping):
        return _compound(data, route, faults, property_, name)
    if isinstance(data, list | tuple):
        return OneOf(tuple(_condition(item, place, faults, property_, name) for place, item in items(data, route)))
    value = _literal(data, route, faults, property_, name)
    return Equals(value) if isinstance(value, bool | int | float | str) else IsSet(wanted=False)


def _compound(
    data: Mapping[str, Data], route: Route, faults: Faults, property_: PropertyType | None, name: str
) -> Condition:
    parts: list[Condition] = []
    bounds: dict[str, float] = {}
    for key, wanted in data.items():
        place = (*route, key)
        if key in _BOUNDS:
            bound = _literal(wanted, place, faults, property_, name)
            if isinstance(bound, int | float):
                bounds[_BOUNDS[key]] = bound
            else:
                faults.add(place, f"`{key}` of `{name}` is no number", expected="a number, duration or size")
        elif key == "not":
            parts.append(Not(_condition(wanted, place, faults, property_, name)))
        elif key == "like" and isinstance(wanted, str):
            parts.append(Like(wanted))
        elif key == "has" and isinstance(wanted, bool | int | float | str):
            parts.append(Has(wanted))
        elif key in _KEYS:
            faults.add(place, f"`{key}` takes text")
        else:
            faults.unknown(place, "condition", key, _KEYS, key=True)
    if bounds:
        parts.append(Ordered(**bounds))
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _literal(data: Data, route: Route, faults: Faults, property_: PropertyType | None, name: str) -> Value:
    if property_ is None:
        return data if isinstance(data, bool | int | float | str) else None
    try:
        return property_.read(data)
    except ValueFault as fault:
        faults.add(route, f"`{name}` cannot be `{data}`", expected=fault.expected, suggestion=fault.suggestion)
        return None
