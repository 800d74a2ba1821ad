"""What a fact is: a property that nobody writes because it follows from the graph."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from archlint.model import Component, Connection, Value
from archlint.model.record import record
from archlint.model.tuples import NamedTuple

if TYPE_CHECKING:
    from archlint.facts.graph import Graph

E = TypeVar("E", Component, Connection)


class Evidence(NamedTuple):
    """The elements a fact's value rests on, in the order in which a reader should follow them."""

    components: tuple[Component, ...] = ()
    connections: tuple[Connection, ...] = ()


def no_evidence(graph: Graph, element: object) -> Evidence:
    """For facts that speak of nothing but the element itself."""
    del graph, element
    return Evidence()


@record
class Fact(Generic[E]):
    """A named, computed property.

    ``of`` is the type or group it is defined for (``any`` for connections); ``kind`` names the unit of its value as
    the vocabulary does: ``boolean``, ``integer``, ``duration``.
    """

    name: str
    of: str
    kind: str
    compute: Callable[[Graph, E], Value]
    evidence: Callable[[Graph, E], Evidence] = no_evidence
