"""The moves of a search: each binds something or tests something, and takes it back afterwards.

A move's ``apply`` yields once for every way to make it, with the state changed; when it is resumed it undoes the
change. It yields the truth of what it found: True, or None if an unknown value decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from archlint.facts import Row
from archlint.model import Component, Connection
from archlint.model.tuples import NamedTuple
from archlint.pattern.terms import Cycle, Path, Relation, Role, Step
from archlint.pattern.truth import Truth
from archlint.search.paths import arrival

if TYPE_CHECKING:
    from archlint.search.search import Search
    from archlint.search.state import State


class Move(Protocol):
    """One step of a plan."""

    def apply(self, search: Search, state: State) -> Iterator[Truth]:
        """Every way to make the move, with its truth."""


def bind(search: Search, state: State, role: Role, component: Component) -> Truth:
    """Bind a role if the component fits; False, and nothing bound, if it does not."""
    if component.type not in role.types or state.taken(component, role.name):
        return False
    truth = search.candidates.fits(component, role) if role.where else True
    if truth is not False:
        state.roles[role.name] = component
    return truth


def both(left: Truth, right: Truth) -> Truth:
    """Three-valued and, of two values neither of which is False."""
    return True if left is True and right is True else None


class Through(NamedTuple):
    """From a bound role to another one, over what a plural role will take, which has to be connected to both."""

    start: str
    first: Step
    middle: Role
    second: Step

    def ends(self, search: Search, state: State) -> Sequence[Component] | None:
        """What lies two steps away, in file order; None if the start is not one component."""
        start = state.roles.get(self.start)
        if not isinstance(start, Component):
            return None
        members = dict.fromkeys(self._across(search, start, self.first, self.start))
        found = (
            end
            for member in members
            if member.type in self.middle.types
            for end in self._across(search, member, self.second, self.middle.name)
        )
        return search.candidates.in_order(found)

    @staticmethod
    def _across(search: Search, component: Component, step: Step, name: str) -> Iterator[Component]:
        forward = step.source == name
        edges = search.candidates.leaving(component, step) if forward else search.candidates.arriving(component, step)
        search.spend(len(edges))
        return (edge.target if forward else edge.source for edge in edges)


class BindRole(NamedTuple):
    """Bind a role to each component of its types, or to each member of what an outer block bound it to."""

    role: Role
    members: bool = False
    beside: str | None = None
    """A bound role that has to be in the same service, which is where to look."""
    through: Through | None = None
    """How what a plural role takes leads there from a bound role, which tells where to look as well."""

    def apply(self, search: Search, state: State) -> Iterator[Truth]:
        """One way for each component that fits."""
        before = state.roles.get(self.role.name)
        pool = before if self.members and isinstance(before, tuple) else self._pool(search, state)
        search.spend(len(pool))
        for component in pool:
            if self.members:
                state.roles[self.role.name] = component
                yield True
            elif (truth := bind(search, state, self.role, component)) is not False:
                yield truth
        if before is None:
            state.roles.pop(self.role.name, None)
        else:
            state.roles[self.role.name] = before

    def _pool(self, search: Search, state: State) -> Sequence[Component]:
        near = state.roles.get(self.beside) if self.beside else None
        if isinstance(near, Component) and near.service is not None:
            return search.graph.architecture.by_service[near.service]
        if self.through is not None and (ends := self.through.ends(search, state)) is not None:
            return ends
        return search.candidates.components(self.role)


class SeedStep(NamedTuple):
    """Bind both ends of a step to each connection that fits."""

    step: Step
    source: Role
    target: Role

    def apply(self, search: Search, state: State) -> Iterator[Truth]:
        """One way for each connection."""
        roles = {self.source.name: self.source, self.target.name: self.target}
        for edge in search.candidates.connections(self.step, roles):
            if (self.source is self.target) is not (edge.source is edge.target):
                continue
            first = bind(search, state, self.source, edge.source)
            if first is False:
                continue
            second = True if self.source is self.target else bind(search, state, self.target, edge.target)
            if second is not False:
                yield from _with_edge(search, state, self.step, edge, both(first, second))
                state.roles.pop(self.target.name, None)
            state.roles.pop(self.source.name, None)


class Extend(NamedTuple):
    """Follow a step from its bound end to the other."""

    step: Step
    role: Role
    forward: bool

    def apply(self, search: Search, state: State) -> Iterator[Truth]:
        """One way for each connection whose far end fits."""
        origin = state.roles[self.step.source if self.forward else self.step.target]
        assert isinstance(origin, Component)
        candidates = search.candidates
        hops = candidates.leaving(origin, self.step) if self.forward else candidates.arriving(origin, self.step)
        search.spend(len(hops))
        for edge in hops:
            truth = bind(search, state, self.role, edge.target if self.forward else edge.source)
            if truth is not False:
                yield from _with_edge(search, state, self.step, edge, truth)
                del state.roles[self.role.name]


class CheckStep(NamedTuple):
    """Find the connections of a step between two bound roles."""

    step: Step

    def apply(self, search: Search, state: State) -> Iterator[Truth]:
        """One way for each connection between them."""
        source, target = state.roles[self.step.source], state.roles[self.step.target]
        assert isinstance(source, Component)
        assert isinstance(target, Component)
        for edge in search.candidates.between(source, target, self.step):
            yield from _with_edge(search, state, self.step, edge, True)


class FollowPath(NamedTuple):
    """Find a path between two roles; an end that nothing else binds is bound to what is nearest."""

    path: Path
    source: Role
    target: Role

    def apply(self, search: Search, state: State) -> Iterator[Truth]:
        """At most one way: the shortest path."""
        start, end = state.roles.get(self.source.name), state.roles.get(self.target.name)
        forward = isinstance(end, Component)
        fixed, free = (self.target, self.source) if forward else (self.source, self.target)
        goal = state.roles[fixed.name]
        assert isinstance(goal, Component)
        origin = start if forward else end
        for lax in (False,) if state.strict else (False, True):
            if isinstance(origin, Component):
                reached = search.reach(self.path, (origin,), forward=forward, lax=lax, key=origin)
            else:
                reached = search.reach(self.path, None, forward=forward, lax=lax, key=free)
            leading = arrival(search.candidates, reached, goal, self.path, forward=forward)
            if leading is None:
                continue
            found, hops = leading
            if not isinstance(origin, Component):
                if state.taken(found, free.name):
                    return
                state.roles[free.name] = found
            yield from _with_edges(state, self.path.name, hops, None if lax else True)
            if not isinstance(origin, Component):
                del state.roles[free.name]
            return


class FindCycles(NamedTuple):
    """Bind a plural role to the members of each cycle."""

    cycle: Cycle

    def apply(self, search: Search, state: State) -> Iterator[Truth]:
        """One way for each strongly connected component."""
        for members, hops in search.cycles(self.cycle):
            state.roles[self.cycle.name] = members
            yield from _with_edges(state, self.cycle.connections, hops, True)
            del state.roles[self.cycle.name]


class ReadRelation(NamedTuple):
    """Bind a name to each row of a computed relation."""

    relation: Relation

    def apply(self, search: Search, state: State) -> Iterator[Truth]:
        """One way for each row."""
        for row in search.rows(self.relation.relation):
            state.rows[self.relation.name] = row
            rests_on = row.evidence.connections if isinstance(row, Row) else ()
            yield from _with_edges(state, None, rests_on, True)
            del state.rows[self.relation.name]


def _with_edge(search: Search, state: State, step: Step, edge: Connection, truth: Truth) -> Iterator[Truth]:
    if step.where:
        suits = search.candidates.suits(edge, step.where)
        if suits is False:
            return
        truth = both(truth, suits)
    if truth is None and state.strict:
        return
    state.used.append(edge)
    if step.name is not None:
        state.edges[step.name] = edge
    yield truth
    state.used.pop()
    if step.name is not None:
        del state.edges[step.name]


def _with_edges(state: State, name: str | None, edges: tuple[Connection, ...], truth: Truth) -> Iterator[Truth]:
    count = len(state.used)
    state.used.extend(edges)
    if name is not None:
        state.edges[name] = edges
    yield truth
    del state.used[count:]
    if name is not None:
        del state.edges[name]
