"""A rule's fix plan made into changes to this architecture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archlint.lint.showing import Shower
from archlint.model import (
    AddComponent,
    AddConnection,
    Change,
    Component,
    Connection,
    Fix,
    RemoveConnection,
    SetProperty,
    Style,
    Value,
    is_unknown,
)
from archlint.pattern.expressions import Expression
from archlint.pattern.names import component_property, connection_property
from archlint.pattern.terms import Addition, FixPlan, Planned, Step
from archlint.search import Search, Solution
from archlint.vocabulary import PropertyType, ValueFault


def make_fix(plan: FixPlan, search: Search, solution: Solution, subject: Component | None, show: Shower) -> Fix | None:
    """The changes, or None if a value they need is not known."""
    changes = plan_changes(plan, search, solution, subject, show)
    if changes is None:
        return None
    description = plan.description.fill(search.scope(solution), show.bound_to(solution))
    return Fix(description, changes, plan.safe)


def plan_changes(
    plan: FixPlan, search: Search, solution: Solution, subject: Component | None, show: Shower
) -> tuple[Change, ...] | None:
    """The changes of a plan in order: additions, connections, settings, removals; None if a value is not known."""
    try:
        return tuple(_Planner(plan, search, solution, subject, show).changes())
    except _NotKnownError:
        return None


class _NotKnownError(Exception):
    """A value of the plan cannot be worked out."""


class _Planner:
    def __init__(
        self, plan: FixPlan, search: Search, solution: Solution, subject: Component | None, show: Shower
    ) -> None:
        self._plan = plan
        self._search = search
        self._solution = solution
        self._show = show
        self._service = subject.service if subject else None
        self._added: dict[str, AddComponent] = {}

    def changes(self) -> Iterator[Change]:
        for addition in self._plan.adds:
            yield self._addition(addition)
        for link in self._plan.connects:
            yield self._connection(link.step, link.properties)
        for planned in self._plan.sets:
            yield from self._setting(planned.name, planned.property, planned.value)
        for name in self._plan.disconnects:
            for edge in self._edges(name):
                yield RemoveConnection(edge.source.id, edge.target.id, edge.style, edge.action)

    def _addition(self, addition: Addition) -> AddComponent:
        scope = self._search.scope(self._solution)
        wanted = addition.id.fill(scope, self._show.bound_to(self._solution)).rpartition(".")[2]
        id_ = self._free_id(wanted)
        properties = dict(self._properties(addition))
        self._added[addition.name] = AddComponent(id_, addition.type, self._service, properties)
        return self._added[addition.name]

    def _properties(self, addition: Addition) -> Iterator[tuple[str, Value]]:
        """The properties of what is added; one that is what it would be anyway need not be written."""
        for name, planned in addition.properties.items():
            property_ = component_property({addition.type}, name)
            value = self._value(planned, property_)
            if property_ is None or value is None or value != property_.default:
                yield name, value

    def _free_id(self, wanted: str) -> str:
        known = self._search.graph.architecture.by_id
        added = {addition.id for addition in self._added.values()}
        prefix = f"{self._service}." if self._is_scoped() else ""
        number, id_ = 2, f"{prefix}{wanted}"
        while id_ in known or id_ in added:
            id_ = f"{prefix}{wanted}-{number}"
            number += 1
        return id_

    def _is_scoped(self) -> bool:
        """Whether the service's ids carry its name: not in a file without services."""
        members = self._search.graph.architecture.by_service.get(self._service, ())
        return self._service is not None and any(member.id.startswith(f"{self._service}.") for member in members)

    def _connection(self, step: Step, properties: Mapping[str, Planned]) -> AddConnection:
        values = {name: self._value(value, connection_property(name)) for name, value in properties.items()}
        actions = step.arrow.actions
        action = next(iter(actions)) if actions and len(actions) == 1 else ""
        return AddConnection(self._id(step.source), self._id(step.target), _style(step), action, values)

    def _id(self, name: str) -> str:
        if name in self._added:
            return self._added[name].id
        members = self._solution.members(name)
        if not members:
            raise _NotKnownError
        return members[0].id

    def _setting(self, name: str, property_: str, planned: Planned) -> Iterator[SetProperty]:
        for edge in self._edges(name):
            value = self._value(planned, connection_property(property_))
            yield SetProperty(property_, value, connection=(edge.source.id, edge.target.id, edge.style, edge.action))
        for member in self._solution.members(name):
            value = self._value(planned, component_property({member.type}, property_))
            yield SetProperty(property_, value, component=member.id)

    def _edges(self, name: str) -> tuple[Connection, ...]:
        edges = self._solution.edges.get(name, ())
        return edges if isinstance(edges, tuple) else (edges,)

    def _value(self, planned: Planned, property_: PropertyType | None) -> Value:
        if isinstance(planned, Expression):
            value = planned.evaluate(self._search.scope(self._solution))
            if value is None or is_unknown(value):
                raise _NotKnownError
            return int(value) if isinstance(value, float) and value.is_integer() else value
        try:
            return property_.read(planned) if property_ else _plain(planned)
        except ValueFault as fault:
            raise _NotKnownError from fault


def _plain(planned: object) -> Value:
    return planned if isinstance(planned, bool | int | float | str) else None


def _style(step: Step) -> Style:
    return step.arrow.styles[0]
