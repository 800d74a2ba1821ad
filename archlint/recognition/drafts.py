"""A match in the making: what is bound, made up and missing so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from archlint.model import Change, Component, Connection
from archlint.model.tuples import NamedTuple
from archlint.pattern.terms import Path, Step
from archlint.recognition.missing import Missing
from archlint.search import Solution

Binding = Component | tuple[Component, ...]


_NONE: Mapping[str, Connection | tuple[Connection, ...]] = MappingProxyType({})


class Draft(NamedTuple):
    """Bindings over the graph as it is, less the connections ``removed``, with those that are ``added``.

    ``new`` are the ids of components that are made up; ``strain`` is how much is
    forced upon components that have other business; ``collected`` are the roles that ``each`` has
    bound, whose components may be bound anew. Every method gives a new draft.
    """

    roles: dict[str, Binding]
    edges: Mapping[str, Connection | tuple[Connection, ...]] = _NONE
    used: tuple[Connection, ...] = ()
    missing: tuple[Missing, ...] = ()
    new: frozenset[str] = frozenset()
    added: tuple[Connection, ...] = ()
    removed: frozenset[Connection] = frozenset()
    strain: int = 0
    collected: frozenset[str] = frozenset()

    @property
    def weight(self) -> int:
        """What is missing, at its price."""
        return sum(missing.weight for missing in self.missing)

    @property
    def elements(self) -> int:
        """How many parts of the pattern are not there."""
        return sum(missing.elements for missing in self.missing)

    @property
    def rank(self) -> tuple[int, int, int, int, int]:
        """What makes one draft better than another: the less of each, the better."""
        return self.weight, self.strain // 2, self.elements, self.strain, len(self.new)

    @property
    def changes(self) -> Iterator[Change]:
        """Every change so far."""
        return (change for missing in self.missing for change in missing.changes)

    def solution(self) -> Solution:
        """The bindings as a solution."""
        return Solution(dict(self.roles), dict(self.edges), {}, self.used)

    def bind(self, role: str, bound: Binding) -> Draft:
        """With a role bound."""
        return self._replace(roles={**self.roles, role: bound})

    def collect(self, role: str, components: tuple[Component, ...]) -> Draft:
        """With more of what the clauses of ``each`` ask for."""
        before = self.roles.get(role, ())
        kept = before if isinstance(before, tuple) else (before,)
        bound = self.bind(role, tuple(dict.fromkeys((*kept, *components))))
        return bound._replace(collected=self.collected | {role})

    def add(self, *missing: Missing) -> Draft:
        """With more that is missing."""
        return self._replace(missing=(*self.missing, *missing)) if missing else self

    def make(self, component: Component, missing: Missing) -> Draft:
        """With a component that is made up."""
        return self.add(missing)._replace(new=self.new | {component.id})

    def strained(self, strain: int) -> Draft:
        """With more that is forced."""
        return self._replace(strain=self.strain + strain) if strain else self

    def link(self, step: Step | Path, edge: Connection) -> Draft:
        """With a connection for a link; a name that has one already has several from now on."""
        edges = self.edges
        if step.name is not None:
            before = edges.get(step.name)
            several = (*before, edge) if isinstance(before, tuple) else (before, edge) if before is not None else edge
            edges = {**edges, step.name: several}
        return self._replace(edges=edges, used=(*self.used, edge))

    def put(self, edge: Connection) -> Draft:
        """With a connection that is made up."""
        return self._replace(added=(*self.added, edge))

    def cut(self, edge: Connection) -> Draft:
        """Without a connection of the graph."""
        return self._replace(removed=self.removed | {edge})

    def taken(self, component: Component) -> bool:
        """Whether a component is bound already."""
        return any(
            bound is component or (isinstance(bound, tuple) and component in bound)
            for name, bound in self.roles.items()
            if name not in self.collected
        )

    def lies_at(self, edges: Iterable[Connection], component: Component, *, forward: bool) -> Iterator[Connection]:
        """The connections of a component as the draft has them: those of the graph that stay, and its own."""
        yield from (edge for edge in edges if edge not in self.removed)
        yield from (edge for edge in self.added if (edge.source if forward else edge.target) is component)


class Limit(NamedTuple):
    """How much may be missing: at most ``weight``; beyond one thing, at most so many ``elements`` too (None: any)."""

    weight: int
    elements: int | None = None

    def admits(self, draft: Draft) -> bool:
        """Whether a draft is still within the limit."""
        return self.allows(draft.weight, draft.elements)

    def allows(self, weight: int, elements: int) -> bool:
        """Whether so much may be missing."""
        return weight <= self.weight and (self.elements is None or weight <= 1 or elements <= self.elements)

    def affords(self, draft: Draft, things: int, elements: int) -> bool:
        """Whether so much more may be missing from a draft."""
        return self.allows(draft.weight + things, draft.elements + elements)

    def at_most(self, weight: int) -> Limit:
        """The limit once something of this weight is found."""
        return self._replace(weight=min(self.weight, weight))


def one_of(bound: Binding) -> Component:
    """The component, or the first of several."""
    return bound if isinstance(bound, Component) else bound[0]
