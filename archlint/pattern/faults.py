"""Collecting everything that is wrong with a rule or catalog file while it is read."""

from __future__ import annotations

from collections.abc import Iterable

from archlint.model.places import Route
from archlint.model.record import fresh, record
from archlint.model.tuples import NamedTuple
from archlint.vocabulary import nearest


class Fault(NamedTuple):
    """One thing that is wrong at a route of the file."""

    route: Route
    message: str
    expected: str = ""
    suggestion: str = ""
    key: bool = False


@record(frozen=False)
class Faults:
    """The faults of one file, in the order in which they were found."""

    found: list[Fault] = fresh(factory=list)

    def add(self, route: Route, message: str, *, expected: str = "", suggestion: str = "", key: bool = False) -> None:
        """Note a fault; ``key`` says that the mapping's key is at fault and not its value."""
        self.found.append(Fault(route, message, expected, suggestion, key))

    def unknown(self, route: Route, what: str, name: str, known: Iterable[str], *, key: bool = False) -> None:
        """Note a name that does not exist, with the nearest one that does."""
        self.add(route, f"unknown {what} `{name}`", suggestion=nearest(name, tuple(known)), key=key)
