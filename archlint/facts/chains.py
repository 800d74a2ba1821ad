"""How many functions wait on each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from archlint.facts.fact import Evidence
from archlint.facts.onward import UNMARKED, Mark, leads_on, mark
from archlint.model import Component, Connection, Style
from archlint.model.record import record

if TYPE_CHECKING:
    from archlint.facts.graph import Graph

_TWO = 2
_State = tuple[Component, Mark]
"""A function, or an API with the route by which it is entered."""


@record
class _Longest:
    """The longest chain of waiting functions from one component: how many, and the first hop of it."""

    depth: int
    hop: Connection | None


def sync_depth(graph: Graph, function: Component) -> int:
    """How many functions are in the longest chain of synchronous calls that starts here, this one included.

    Calls may pass through APIs, by the route that is called. Authorizers, stores and workflows do not count; a cycle is
    cut where it closes.
    """
    return _longest(graph)[function, UNMARKED].depth


def sync_chain(graph: Graph, function: Component) -> Evidence:
    """The longest chain itself."""
    longest = _longest(graph)
    components, connections = [function], []
    state: _State = (function, UNMARKED)
    while (hop := longest[state].hop) is not None:
        connections.append(hop)
        components.append(hop.target)
        state = _after(graph, state, hop)
    return Evidence(tuple(components), tuple(connections))


def awaited(graph: Graph, function: Component) -> bool:
    """Whether another function waits for this one, directly or through an API; an external one is no other."""
    return function in graph.remember("awaited functions", lambda: _awaited(graph))


def _awaited(graph: Graph) -> frozenset[Component]:
    functions = graph.vocabulary.members("function")
    links = functions | graph.vocabulary.members("api")
    callers: dict[_State, set[Component]] = {}
    # of more than two that wait for a state it makes no difference who the others are
    waiting: list[tuple[Component, _State]] = [
        (component, (component, UNMARKED))
        for component in graph.architecture.components
        if component.type in functions and component.properties.get("external") is not True
    ]
    while waiting:
        caller, state = waiting.pop()
        for edge in _calls(graph, state, links):
            after = _after(graph, state, edge)
            known = callers.setdefault(after, set())
            if caller not in known and len(known) < _TWO:
                known.add(caller)
                if edge.target.type not in functions:
                    waiting.append((caller, after))
    return frozenset(component for (component, _), who in callers.items() if who - {component})


def _longest(graph: Graph) -> Mapping[_State, _Longest]:
    return graph.remember("longest sync chains", lambda: _compute(graph))


def _compute(graph: Graph) -> dict[_State, _Longest]:
    """Depth-first search without recursion, as a chain may be as long as the system is large."""
    functions = graph.vocabulary.members("function")
    links = functions | graph.vocabulary.members("api")
    done: dict[_State, _Longest] = {}
    open_: set[_State] = set()
    for component in graph.architecture.components:
        root: _State = (component, UNMARKED)
        if component.type not in functions or root in done:
            continue
        stack = [(root, _calls(graph, root, links))]
        open_.add(root)
        while stack:
            state, calls = stack[-1]
            onward = (_after(graph, state, edge) for edge in calls)
            following = next((after for after in onward if after not in done and after not in open_), None)
            if following is not None:
                open_.add(following)
                stack.append((following, _calls(graph, following, links)))
                continue
            stack.pop()
            open_.discard(state)
            done[state] = _best(graph, state, _calls(graph, state, links), done, own=state[0].type in functions)
    return done


def _best(
    graph: Graph, state: _State, calls: Iterator[Connection], done: Mapping[_State, _Longest], *, own: bool
) -> _Longest:
    depth, hop = 0, None
    for edge in calls:
        after = _after(graph, state, edge)
        if after != state and after in done and done[after].depth > depth:
            depth, hop = done[after].depth, edge
    return _Longest(depth + own, hop)


def _after(graph: Graph, state: _State, edge: Connection) -> _State:
    return edge.target, mark(graph, edge, state[1])


def _calls(graph: Graph, state: _State, links: frozenset[str]) -> Iterator[Connection]:
    component, entered = state
    for edge in graph.outgoing(component):
        if edge.style is not Style.SYNC or edge.target.type not in links or edge.action == "authorize":
            continue
        if edge.properties.get("async_invocation") not in (None, False):
            continue  # an API may answer before the function has run
        if leads_on(graph, entered, edge):
            yield edge
