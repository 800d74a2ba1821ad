"""Taking plain data apart with a route in hand, noting what does not fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from archlint.model.places import Route
from archlint.pattern.faults import Faults

Data: TypeAlias = "str | int | float | bool | Sequence[Data] | Mapping[str, Data] | None"
"""What a YAML file says, without its places."""


def mapping(data: Data, route: Route, faults: Faults, what: str) -> Mapping[str, Data]:
    """The data as a mapping; anything else is a fault and counts as empty."""
    if isinstance(data, Mapping):
        return data
    faults.add(route, f"{what} is no mapping", expected="`key: value` pairs")
    return {}


def sequence(data: Data, route: Route, faults: Faults, what: str) -> Iterator[tuple[Route, Data]]:
    """The items of a list with their routes; a fault for anything else."""
    if isinstance(data, Sequence) and not isinstance(data, str):
        for index, item in enumerate(data):
            yield (*route, index), item
    else:
        faults.add(route, f"{what} is no list", expected="a list")


def items(data: Data, route: Route) -> Iterator[tuple[Route, Data]]:
    """A list's items, or the one thing that stands in place of a list of one."""
    if isinstance(data, Sequence) and not isinstance(data, str):
        for index, item in enumerate(data):
            yield (*route, index), item
    else:
        yield route, data


def text(data: Data, route: Route, faults: Faults, what: str) -> str:
    """The data as text; a fault, and empty, for a list, a mapping or nothing."""
    if isinstance(data, str):
        return data
    if isinstance(data, bool | int | float):
        return str(data).lower() if isinstance(data, bool) else str(data)
    faults.add(route, f"{what} is no text", expected="text")
    return ""


def flag(data: Data, route: Route, faults: Faults, what: str) -> bool:
    """The data as true or false; a fault, and false, for anything else."""
    if not isinstance(data, bool):
        faults.add(route, f"{what} is neither true nor false", expected="true or false")
    return data is True


def words(data: Data, route: Route, faults: Faults, what: str) -> tuple[tuple[Route, str], ...]:
    """A list of texts, or one text, with their routes."""
    return tuple((place, text(item, place, faults, what)) for place, item in items(data, route))


def only(data: Mapping[str, Data], known: frozenset[str], route: Route, faults: Faults, what: str) -> None:
    """A fault for each key that is not known, with the nearest one that is."""
    for key in data:
        if key not in known:
            faults.unknown((*route, key), f"key in {what}", key, sorted(known), key=True)
