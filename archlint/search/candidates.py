"""Which components and connections can play a part at all: what keeps a search to its candidates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeVar

from archlint.facts import Graph
from archlint.model import Component, Connection, Value
from archlint.model.architecture import EdgeKind
from archlint.pattern.conditions import LOOKING_AT_WHAT_IS_WRITTEN
from archlint.pattern.terms import Arrow, Path, Role, Step, Where
from archlint.pattern.truth import Truth

_MANY = 32
"""Connections of a component from which on it pays to remember those of a kind."""


class Candidates:
    """Looks up by type and kind, and judges the conditions of roles and steps."""

    __slots__ = ("_by_kind", "_by_type", "_graph", "_kinds", "_of_hubs", "_order")

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._by_type = graph.architecture.by_type
        self._by_kind = graph.architecture.by_kind
        self._order = graph.architecture.order
        self._of_hubs: dict[tuple[Component, Arrow, bool], list[Connection]] = {}
        self._kinds: dict[tuple[int, frozenset[str], frozenset[str]], tuple[EdgeKind, ...]] = {}

    def count_components(self, role: Role) -> int:
        """How many components have one of the role's types."""
        by_type = self._by_type
        return sum(len(by_type[type_]) for type_ in role.types if type_ in by_type)

    def components(self, role: Role) -> Sequence[Component]:
        """The components of the role's types, in file order."""
        by_type = self._by_type
        groups = [by_type[type_] for type_ in role.types if type_ in by_type]
        return groups[0] if len(groups) == 1 else self.in_order(chain.from_iterable(groups))

    def in_order(self, components: Iterable[Component]) -> list[Component]:
        """Components in file order, each once."""
        return sorted(dict.fromkeys(components), key=self._order.__getitem__)

    def kinds(self, step: Step, roles: Mapping[str, Role]) -> tuple[EdgeKind, ...]:
        """The kinds of connection in this graph that fit a step."""
        sources, targets = roles[step.source].types, roles[step.target].types
        key = (id(step), sources, targets)
        found = self._kinds.get(key)
        if found is None:
            found = self._kinds[key] = tuple(
                kind
                for kind in self._by_kind
                if kind[2] in sources and kind[3] in targets and step.arrow.admits(kind[0], kind[1])
            )
        return found

    def count_connections(self, step: Step, roles: Mapping[str, Role]) -> int:
        """How many connections fit a step by kind."""
        return sum(len(self._by_kind[kind]) for kind in self.kinds(step, roles))

    def connections(self, step: Step, roles: Mapping[str, Role]) -> Iterator[Connection]:
        """The connections that fit a step by kind."""
        return chain.from_iterable(self._by_kind[kind] for kind in self.kinds(step, roles))

    def fits(self, component: Component, role: Role) -> Truth:
        """Whether a component of the right type satisfies the role's conditions."""
        return _all_hold(role.where, component, self._graph.component_value, self._graph)

    def suits(self, connection: Connection, where: Where) -> Truth:
        """Whether a connection of the right kind satisfies the conditions."""
        return _all_hold(where, connection, self._graph.connection_value, self._graph)

    def leaving(self, component: Component, step: Step | Path) -> Sequence[Connection]:
        """The connections that start at a component and have the step's style and action, in file order."""
        return self._admitted(self._graph.outgoing(component), component, step.arrow, outward=True)

    def arriving(self, component: Component, step: Step | Path) -> Sequence[Connection]:
        """The connections that end at a component and have the step's style and action, in file order."""
        return self._admitted(self._graph.incoming(component), component, step.arrow, outward=False)

    def between(self, source: Component, target: Component, step: Step) -> Iterator[Connection]:
        """The connections of the step from one component to another: looked for where there are fewer."""
        if len(self._graph.outgoing(source)) <= len(self._graph.incoming(target)):
            return (edge for edge in self.leaving(source, step) if edge.target is target)
        return (edge for edge in self.arriving(target, step) if edge.source is source)

    def _admitted(
        self, edges: Sequence[Connection], component: Component, arrow: Arrow, *, outward: bool
    ) -> Sequence[Connection]:
        if len(edges) < _MANY:
            return [edge for edge in edges if arrow.admits(edge.style, edge.action)]
        key = (component, arrow, outward)  # of a hub, which every one of its neighbours would look through
        found = self._of_hubs.get(key)
        if found is None:
            found = self._of_hubs[key] = [edge for edge in edges if arrow.admits(edge.style, edge.action)]
        return found


E = TypeVar("E", Component, Connection)


def _all_hold(where: Where, element: E, value_of: Callable[[E, str], Value], graph: Graph) -> Truth:
    """Whether all conditions hold. What is written is looked up only where it matters, which in most is nowhere."""
    result: Truth = True
    for name, condition in where:
        value = value_of(element, name)
        written = graph.written_value(element, name) if type(condition) in LOOKING_AT_WHAT_IS_WRITTEN else None
        truth = condition.holds(value, written)
        if truth is False:
            return False
        if truth is None:
            result = None
    return result
