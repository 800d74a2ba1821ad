"""What a relation is: rows of named values that are computed from the whole graph, not from one element."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from archlint.facts.fact import Evidence
from archlint.model import Component, Value

if TYPE_CHECKING:
    from archlint.facts.graph import Graph


_NOTHING = Evidence()


class Row:
    """One row: its values by column, what it is about, and what it rests on.

    A row is about a component, or about a service and a ``key`` that tells it from the service's other rows.
    """

    __slots__ = ("_values", "component", "evidence", "key", "service")

    def __init__(
        self,
        values: Mapping[str, Value],
        *,
        service: str | None = None,
        key: str = "",
        component: Component | None = None,
        evidence: Evidence = _NOTHING,
    ) -> None:
        self._values = values
        self.service = service
        self.key = key
        self.component = component
        self.evidence = evidence

    def value(self, name: str) -> Value:
        """The value of a column."""
        return self._values.get(name)


class Relation(NamedTuple):
    """A named, computed relation: the same columns in every row."""

    name: str
    columns: frozenset[str]
    compute: Callable[[Graph], Sequence[Row]]
