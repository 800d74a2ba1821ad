"""A match in the making: what is bound, made up and missing so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from archlint.model import Component, Connection
from archlint.pattern.terms import Path, Role, Step
from archlint.recognition.missing import Missing
from archlint.search import Solution


@dataclass(slots=True)
class Draft:
    """Bindings, real and virtual; every method gives a new draft."""

    roles: dict[str, Component | tuple[Component, ...]]
    edges: dict[str, Connection | tuple[Connection, ...]] = field(default_factory=dict)
    used: tuple[Connection, ...] = ()
    missing: tuple[Missing, ...] = ()
    new: tuple[str, ...] = ()
    adopted: int = 0
    """How many components are tied in that have other business already."""

    @property
    def weight(self) -> int:
        """How many clauses do not hold."""
        return sum(missing.weight for missing in self.missing)

    @property
    def rank(self) -> tuple[int, int, int]:
        """What makes one draft better than another: the less of each, the better."""
        return self.weight, self.adopted, len(self.new)

    def solution(self) -> Solution:
        """The bindings as a solution."""
        return Solution(dict(self.roles), dict(self.edges), {}, self.used)

    def bind(self, role: str, component: Component) -> Draft:
        """With a role bound to a component."""
        return replace(self, roles={**self.roles, role: component})

    def add(self, *missing: Missing) -> Draft:
        """With more that is missing."""
        return replace(self, missing=(*self.missing, *missing))

    def link(self, step: Step | Path, edge: Connection) -> Draft:
        """With a connection for a link."""
        edges = self.edges if step.name is None else {**self.edges, step.name: edge}
        return replace(self, edges=edges, used=(*self.used, edge))

    def taken(self, component: Component) -> bool:
        """Whether a component is bound already."""
        return any(
            bound is component or (isinstance(bound, tuple) and component in bound) for bound in self.roles.values()
        )


def one_of(bound: Component | tuple[Component, ...]) -> Component:
    """The component, or the first of several."""
    return bound if isinstance(bound, Component) else bound[0]


def is_required(link: Step | Path, roles: Mapping[str, Role]) -> bool:
    """Whether a match needs a link: not where it leads to an optional role."""
    return roles[link.source].required and roles[link.target].required
