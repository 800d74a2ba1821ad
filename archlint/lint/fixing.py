"""A rule's fix plan made into changes to this architecture."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from archlint.lint.showing import Shower
from archlint.model import (
    AddComponent,
    AddConnection,
    Change,
    Component,
    Connection,
    Fix,
    Properties,
    RemoveComponent,
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
from archlint.vocabulary import PropertyType, ValueFault, as_word, vocabulary


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
    """The changes of a plan in order: additions, connections, settings, removals.

    What is so already is left out; None if nothing remains, a value is not known, or the plan's condition is not true.
    """
    if plan.when is not None and plan.when.truth(search.scope(solution)) is not True:
        return None
    try:
        changes = tuple(_Planner(plan, search, solution, subject, show).changes())
    except _NotKnownError:
        return None
    return changes or None


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
            connection = self._connection(link.step, link.properties)
            if not self._is_there(connection):
                yield connection
        for planned in self._plan.sets:
            yield from self._setting(planned.name, planned.property, planned.value)
        for name in self._plan.disconnects:
            for edge in self._edges(name):
                yield RemoveConnection(*self._address(edge, name))
        for name in self._plan.flips:
            for edge in self._edges(name):
                yield from _flipped(edge, self._address(edge, name))
        for name in self._plan.removes:
            for member in self._solution.members(name):
                yield from self._removal(member)

    def _addition(self, addition: Addition) -> AddComponent:
        scope = self._search.scope(self._solution)
        wanted = addition.id.fill(scope, self._show.bound_to(self._solution)).rpartition(".")[2]
        id_ = self._free_id(as_word(wanted))
        values = self._values(addition.properties, lambda name: component_property({addition.type}, name))
        defaults = vocabulary().types[addition.type].defaults
        properties = {name: value for name, value in values.items() if value != defaults.get(name)}
        self._added[addition.name] = AddComponent(id_, addition.type, self._service, properties)
        return self._added[addition.name]

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
        """Whether the service's ids carry its name, as all of them do or none: not in a file without services."""
        members = self._search.graph.architecture.by_service.get(self._service, ())
        return self._service is not None and any(one.id.startswith(f"{self._service}.") for one in members[:1])

    def _connection(self, step: Step, properties: Mapping[str, Planned]) -> AddConnection:
        values = self._values(properties, connection_property)
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
            value = self._set(planned, connection_property(property_))
            if value != self._search.graph.connection_value(edge, property_):
                yield SetProperty(property_, value, connection=self._address(edge, name))
        for member in self._solution.members(name):
            value = self._set(planned, component_property({member.type}, property_))
            if value != self._search.graph.component_value(member, property_):
                yield SetProperty(property_, value, component=member.id)

    def _address(self, edge: Connection, name: str) -> tuple[str, str, Style, str]:
        """What a change calls the connection. No fix may speak of one that another, which it does not mean, shares."""
        key = (edge.source.id, edge.target.id, edge.style, edge.action)
        meant = self._edges(name)
        for other in self._search.graph.outgoing(edge.source):
            if (other.source.id, other.target.id, other.style, other.action) == key and other not in meant:
                raise _NotKnownError
        return key

    def _removal(self, member: Component) -> Iterator[Change]:
        edges = (*self._search.graph.outgoing(member), *self._search.graph.incoming(member))
        for key in dict.fromkeys((edge.source.id, edge.target.id, edge.style, edge.action) for edge in edges):
            yield RemoveConnection(*key)
        yield RemoveComponent(member.id)

    def _is_there(self, wanted: AddConnection) -> bool:
        """Whether the connection exists; one without an action is whatever the style says. A route makes it another."""
        graph = self._search.graph
        source, target = (graph.architecture.by_id.get(id_) for id_ in (wanted.source, wanted.target))
        return (
            source is not None
            and target is not None
            and any(
                edge.source is source
                and edge.target is target
                and edge.style is wanted.style
                and wanted.action in {"", edge.action}
                and wanted.properties.get("route") in (None, edge.properties.get("route"))
                for edge in min(graph.outgoing(source), graph.incoming(target), key=len)
            )
        )

    def _edges(self, name: str) -> tuple[Connection, ...]:
        edges = self._solution.edges.get(name, ())
        return edges if isinstance(edges, tuple) else (edges,)

    def _values(self, planned: Mapping[str, Planned], property_: Callable[[str], PropertyType | None]) -> Properties:
        """The properties of something new; what is unset where it comes from is left out."""
        values = {name: self._value(value, property_(name)) for name, value in planned.items()}
        return {name: value for name, value in values.items() if value is not None}

    def _set(self, planned: Planned, property_: PropertyType | None) -> Value:
        value = self._value(planned, property_)
        if value is None:
            raise _NotKnownError
        return value

    def _value(self, planned: Planned, property_: PropertyType | None) -> Value:
        if isinstance(planned, Expression):
            value = planned.evaluate(self._search.scope(self._solution))
            if is_unknown(value):
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


def _flipped(edge: Connection, address: tuple[str, str, Style, str]) -> Iterator[Change]:
    """The connection in the other style, with an action that was written and the properties it had."""
    style = Style.ASYNC if edge.style is Style.SYNC else Style.SYNC
    assumed = vocabulary().assumed_action(edge.source.type, edge.target.type, edge.style)
    action = "" if edge.action == assumed else edge.action
    yield AddConnection(edge.source.id, edge.target.id, style, action, edge.properties)
    yield RemoveConnection(*address)
