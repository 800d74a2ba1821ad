"""What is bound while a search runs, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from archlint.model import Component, Confidence, Connection, Value
from archlint.model.record import fresh, record
from archlint.pattern.truth import Truth

if TYPE_CHECKING:
    from archlint.facts import Graph
    from archlint.pattern.expressions import Bound, Row

Binding: TypeAlias = Component | tuple[Component, ...]
"""What a role is bound to: one component, or the members of a plural role in file order."""

EdgeBinding: TypeAlias = Connection | tuple[Connection, ...]


@record
class Solution:
    """One way to satisfy the clauses. ``truth`` is True, or None if an unknown value decides.

    ``used`` are the connections that the steps rest on, in the order of the clauses. ``absent`` are roles that only
    other alternatives of the clauses bind: a nested block that speaks of one has no solution. ``spare`` are connections
    among the used ones without which there would be enough: those of more members of a plural role than it needs.
    """

    roles: Mapping[str, Binding] = fresh(factory=dict)
    edges: Mapping[str, EdgeBinding] = fresh(factory=dict)
    rows: Mapping[str, Row] = fresh(factory=dict)
    used: tuple[Connection, ...] = ()
    truth: Truth = True
    absent: frozenset[str] = frozenset()
    spare: frozenset[Connection] = frozenset()

    @property
    def confidence(self) -> Confidence:
        """The confidence of the least sure connection that the solution could not do without."""
        return min((edge.confidence for edge in self.used if edge not in self.spare), default=Confidence.CERTAIN)

    def members(self, role: str) -> tuple[Component, ...]:
        """The components a role is bound to, none if it is not."""
        bound = self.roles.get(role, ())
        return (bound,) if isinstance(bound, Component) else bound

    @property
    def components(self) -> tuple[Component, ...]:
        """Every component bound, in the order of the roles."""
        return tuple(dict.fromkeys(component for role in self.roles for component in self.members(role)))


class State:
    """The bindings of a search in progress; moves change it and take their change back."""

    __slots__ = ("_collected", "absent", "edges", "roles", "rows", "spare", "strict", "unknowns", "used")

    def __init__(self, outer: Solution, *, strict: bool, absent: frozenset[str] = frozenset()) -> None:
        self.roles: dict[str, Binding] = dict(outer.roles)
        self.edges: dict[str, EdgeBinding] = dict(outer.edges)
        self.rows: dict[str, Row] = dict(outer.rows)
        self.used: list[Connection] = []
        self.spare: set[Connection] = set()
        self.unknowns = 0
        self.strict = strict
        self.absent = outer.absent | absent
        self._collected = frozenset(name for name, bound in outer.roles.items() if isinstance(bound, tuple))

    def collect(self, role: str, components: tuple[Component, ...]) -> None:
        """Bind a role to what the clauses of ``each`` found for the members of another one."""
        self.roles[role] = components
        self._collected |= {role}

    def taken(self, component: Component, role: str) -> bool:
        """Whether another role is bound to the component; what was collected besides may be bound anew.

        That is what an outer block has collected, and what ``each`` has.
        """
        for name, bound in self.roles.items():
            if (
                name != role
                and name not in self._collected
                and (bound is component or (isinstance(bound, tuple) and component in bound))
            ):
                return True
        return False

    def solution(self) -> Solution:
        """A copy of what is bound now."""
        truth = None if self.unknowns else True
        spare = frozenset(self.spare)
        return Solution(
            dict(self.roles), dict(self.edges), dict(self.rows), tuple(self.used), truth, self.absent, spare
        )


class MatchScope:
    """Names of expressions, answered from bindings; see :class:`archlint.pattern.expressions.Scope`."""

    __slots__ = ("_bindings", "_graph", "_options")

    def __init__(self, graph: Graph, bindings: State | Solution, options: Mapping[str, Value]) -> None:
        self._graph = graph
        self._bindings = bindings
        self._options = options

    def named(self, name: str) -> Bound:
        """The component, connection, row or members of that name."""
        bindings = self._bindings
        if name in bindings.roles:
            return bindings.roles[name]
        if name in bindings.edges:
            return bindings.edges[name]
        return bindings.rows.get(name)

    def attribute(self, element: Component | Connection, name: str) -> Value:
        """The effective value of a property."""
        if isinstance(element, Component):
            return self._graph.component_value(element, name)
        return self._graph.connection_value(element, name)

    def written(self, element: Component | Connection, name: str) -> Value:
        """The value as written."""
        return self._graph.written_value(element, name)

    def setting(self, namespace: str, name: str) -> Value:
        """An option of the rule, or a setting of the system."""
        return self._options.get(name) if namespace == "options" else self._graph.system_value(name)
