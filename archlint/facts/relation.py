"""What a relation is: rows of named values that are computed from the whole graph, not from one element."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from archlint.facts.fact import Evidence
from archlint.model import Component, Value
from archlint.model.tuples import NamedTuple

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
    """A named, computed relation: the same columns in every row.

    It has no rows where there are fewer than ``services`` services, or no component of ``types``, types or groups.
    """

    name: str
    columns: frozenset[str]
    compute: Callable[[Graph], Sequence[Row]]
    services: int = 0
    types: tuple[str, ...] = ()

    def rows(self, graph: Graph) -> Sequence[Row]:
        """The rows, none where a look at the graph says so."""
        architecture = graph.architecture
        members = [type_ for name in self.types for type_ in graph.vocabulary.members(name)]
        if len(architecture.services) < self.services:
            return ()
        if members and not any(type_ in architecture.by_type for type_ in members):
            return ()
        return self.compute(graph)
