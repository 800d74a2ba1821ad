"""Plural roles: collecting all that fits, once the single roles are bound."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.model import Component, Connection
from archlint.pattern.terms import Path, Role, Same, Step
from archlint.pattern.truth import Truth
from archlint.search.comparing import compare
from archlint.search.elements import other_end
from archlint.search.moves import both
from archlint.search.paths import arrival

if TYPE_CHECKING:
    from archlint.search.conjunctions import Conjunction
    from archlint.search.plan import Plan
    from archlint.search.search import Search
    from archlint.search.state import State

Found = dict[Component, tuple[Truth, tuple[Connection, ...]]]
"""Members so far, with their truth and the connections they rest on."""


def gather(search: Search, conjunction: Conjunction, plan: Plan, state: State) -> Truth:
    """Bind every plural role; False if one has too few members or too many, None if that is not known."""
    result: Truth = True
    settled = set(state.roles)
    for name in plan.gathered:
        role = conjunction.roles[name]
        links = [link for link in plan.links if name in (link.source, link.target) and other_end(link, name) in settled]
        if role.required:
            links = [link for link in links if _decides(conjunction, link, name)]
        found = _members(search, state, role, links)
        found = _comparable(search, conjunction, state, role, found)
        truth = _bind(search, state, role, links, found)
        steps = [link for link in links if isinstance(link, Step)]
        if (
            truth is not False
            and len(steps) == len(links) == 1
            and conjunction.tested.isdisjoint({name, steps[0].name})
        ):
            _spare(state, role, found)
        if truth is not False and role.each:
            truth = _each(search, conjunction, state, role, truth)
        if truth is False:
            return False
        result = both(result, truth)
        settled.add(name)
    return result


def _decides(conjunction: Conjunction, link: Step | Path, name: str) -> bool:
    """Whether a link says who is a member of a required role: one to an optional role only collects."""
    other = conjunction.roles.get(other_end(link, name))
    return other is None or other.required


def _members(search: Search, state: State, role: Role, links: list[Step | Path]) -> Found:
    """What fits the role and every link; the first link proposes, the others sieve."""
    if not links:
        return {
            component: (truth, ())
            for component in search.candidates.components(role)
            if (truth := _fits(search, state, role, component)) is not False
        }
    found: Found = {}
    for edges, component, truth in _linked(search, state, links[0], role.name):
        fits = _fits(search, state, role, component)
        if fits is False:
            continue
        known, earlier = found.get(component, (None, ()))
        certain = known is True or both(truth, fits) is True
        found[component] = (True if certain else None, (*earlier, *edges))
    for link in links[1:]:
        sieve: Found = {}
        for edges, component, truth in _linked(search, state, link, role.name):
            if component in found:
                known, earlier = sieve.get(component, (None, ()))
                sieve[component] = (True if known is True or truth is True else None, (*earlier, *edges))
        found = {
            component: (both(truth, sieve[component][0]), (*edges, *sieve[component][1]))
            for component, (truth, edges) in found.items()
            if component in sieve
        }
    return found


def _comparable(search: Search, conjunction: Conjunction, state: State, role: Role, found: Found) -> Found:
    """The members that compare with the single roles as ``same`` and ``differ`` say; unknown values do."""
    tests = [test for test in conjunction.tests if isinstance(test, Same) and role.name in test.roles]
    for test in tests:
        singles = [name for name in test.roles if isinstance(state.roles.get(name), Component)]
        for name in singles:
            pair = Same(test.property, (role.name, name), test.differ)
            found = {
                component: made
                for component, made in found.items()
                if compare(search.graph, pair, {**state.roles, role.name: component}) is not False
            }
    return found


def _fits(search: Search, state: State, role: Role, component: Component) -> Truth:
    if component.type not in role.types or state.taken(component, role.name):
        return False
    return search.candidates.fits(component, role)


def _linked(
    search: Search, state: State, link: Step | Path, name: str
) -> Iterator[tuple[tuple[Connection, ...], Component, Truth]]:
    """What a link ties to the components that its other end is bound to."""
    bound = state.roles[other_end(link, name)]
    forward = link.target == name
    for anchor in (bound,) if isinstance(bound, Component) else bound:
        if isinstance(link, Path):
            yield from _along(search, link, anchor, forward=forward)
            continue
        edges = search.candidates.leaving(anchor, link) if forward else search.candidates.arriving(anchor, link)
        search.spend(len(edges))
        for edge in edges:
            truth = search.candidates.suits(edge, link.where)
            if truth is not False:
                yield (edge,), edge.target if forward else edge.source, truth


def _along(
    search: Search, path: Path, anchor: Component, *, forward: bool
) -> Iterator[tuple[tuple[Connection, ...], Component, Truth]]:
    reached = search.reach(path, (anchor,), forward=forward, lax=False, key=anchor)
    for component in search.candidates.in_order(reached):
        leading = arrival(search.candidates, reached, component, path, forward=forward)
        if leading is not None:
            yield leading[1], component, True


def _bind(search: Search, state: State, role: Role, links: list[Step | Path], found: Found) -> Truth:
    ordered = search.candidates.in_order(found)
    certain = [component for component in ordered if found[component][0] is True]
    truth: Truth = True
    members = certain
    if len(certain) < role.least:
        if state.strict or len(ordered) < role.least:
            return False
        members, truth = ordered, None
    if (role.least, role.most) == (0, 1):
        members = members[:1]
    elif len(certain) > role.most:
        return False
    elif len(ordered) > role.most:
        truth = None
    state.roles[role.name] = tuple(members)
    edges = tuple(dict.fromkeys(edge for component in members for edge in found[component][1]))
    state.used.extend(edges)
    for link in links:
        if link.name is not None:
            state.edges[link.name] = tuple(edge for edge in edges if link.arrow.admits(edge.style, edge.action))
    return truth


def _spare(state: State, role: Role, found: Found) -> None:
    """Note the connections that could be missing: all but the surest one of each of the members that it takes."""
    members = state.roles[role.name]
    assert isinstance(members, tuple)
    surest = {member: max(found[member][1], key=lambda edge: edge.confidence) for member in members}
    needed = sorted(surest.values(), key=lambda edge: -edge.confidence)[: role.least]
    state.spare |= {edge for member in members for edge in found[member][1]} - set(needed)


def _each(search: Search, conjunction: Conjunction, state: State, role: Role, truth: Truth) -> Truth:
    """Every member must satisfy the role's own clauses; what these bind is collected over all members."""
    members = state.roles[role.name]
    assert isinstance(members, tuple)
    collected: dict[str, list[Component]] = {}
    outer = state.solution()
    for member in members:
        alone = type(outer)({**outer.roles, role.name: member}, outer.edges, outer.rows)
        best = None
        for solution in search.solutions(conjunction.roles, role.each, alone, strict=state.strict):
            best = solution
            if solution.truth is True:
                break
        if best is None:
            return False
        truth = both(truth, best.truth)
        state.used.extend(best.used)
        for name in best.roles.keys() - alone.roles.keys():
            collected.setdefault(name, []).extend(best.members(name))
    for name, components in sorted(collected.items()):
        state.collect(name, tuple(search.candidates.in_order(components)))
    return truth
