"""Reading ``roles``: how many components a name stands for, and of which types."""

from __future__ import annotations

import re
from collections.abc import Mapping

from archlint.model.places import Route
from archlint.model.tuples import NamedTuple
from archlint.pattern.faults import Faults
from archlint.pattern.shape import Data, mapping, only, text, words
from archlint.pattern.terms import MANY, Role
from archlint.vocabulary import vocabulary

_KEYS = frozenset({"type", "where", "count", "title", "each", "new"})
_NAME = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9_]*)(?P<mark>[+*?]?)\Z")
_COUNT = re.compile(r"(?P<least>[0-9]{1,6})(?:(?P<range>\.\.)(?P<most>[0-9]{1,6})?)?\Z")
_MARKS = {"+": (1, MANY), "*": (0, MANY), "?": (0, 1)}


class Declaration(NamedTuple):
    """A role as declared, before its conditions are read (they may speak of any other role)."""

    role: Role
    route: Route
    where: Data = None
    each: Data = None
    new: Data = None


def read_declarations(data: Data, route: Route, faults: Faults) -> list[Declaration]:
    """Every role of the section; a name that is no name is a fault and left out."""
    found = []
    for key, value in mapping(data, route, faults, "roles").items():
        place = (*route, key)
        matched = _NAME.match(key)
        if matched is None:
            faults.add(place, f"`{key}` is no role name", expected="a letter, then letters, digits and `_`", key=True)
            continue
        found.append(_declaration(matched["name"], _MARKS.get(matched["mark"]), value, place, faults))
    return found


def _declaration(name: str, count: tuple[int, int] | None, data: Data, route: Route, faults: Faults) -> Declaration:
    title = name.replace("_", " ")
    if not isinstance(data, Mapping):
        types, typical = read_types(data, route, faults), _first(data)
        return Declaration(_role(name, types, title, count, typical), route)
    only(data, _KEYS, route, faults, f"role `{name}`")
    types_route = (*route, "type")
    types = read_types(data.get("type", "any"), types_route, faults)
    if "count" in data:
        count = _read_count(text(data["count"], (*route, "count"), faults, "count"), (*route, "count"), faults)
    if "title" in data:
        title = text(data["title"], (*route, "title"), faults, "title")
    if "each" in data and count is None:
        faults.add((*route, "each"), "`each` is for plural roles", expected="a `count`", key=True)
    typical = _first(data.get("type", "any"))
    role = _role(name, types, title, count, typical)
    return Declaration(role, route, data.get("where"), data.get("each"), data.get("new"))


def _role(name: str, types: frozenset[str], title: str, count: tuple[int, int] | None, typical: frozenset[str]) -> Role:
    least, most = count or (1, 1)
    return Role(name, types, title, plural=count is not None, least=least, most=most, typical=typical & types)


def _first(data: Data) -> frozenset[str]:
    """The types of the first word of a list, which is what a role is typically."""
    words_ = data if isinstance(data, list | tuple) else [data]
    first = next((word for word in words_ if isinstance(word, str) and not word.startswith("!")), "any")
    return vocabulary().groups.get(first, frozenset())


def _read_count(written: str, route: Route, faults: Faults) -> tuple[int, int] | None:
    matched = _COUNT.match(written)
    if matched is None:
        faults.add(route, f"`{written}` is no count", expected="`2..`, `1..3` or `2`")
        return None
    least = int(matched["least"])
    if matched["range"] is None:
        return least, least
    return least, int(matched["most"]) if matched["most"] else MANY


def read_types(data: Data, route: Route, faults: Faults) -> frozenset[str]:
    """The union of types and groups, less those with a ``!``."""
    wanted: set[str] = set()
    unwanted: set[str] = set()
    listed = words(data, route, faults, "a type")
    for place, word in listed:
        name = word.removeprefix("!")
        members = _members(name, place, faults)
        (unwanted if word.startswith("!") else wanted).update(members)
    if listed and all(word.startswith("!") for _, word in listed):
        wanted = set(vocabulary().members("any"))
    return frozenset(wanted - unwanted)


def _members(name: str, route: Route, faults: Faults) -> frozenset[str]:
    known = vocabulary()
    try:
        return known.members(name)
    except KeyError:
        faults.unknown(route, "type or group", name, (*known.types, *known.groups, "any"))
        return frozenset()
