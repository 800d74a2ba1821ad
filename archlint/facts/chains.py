"""How many functions wait on each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from archlint.facts.fact import Evidence
from archlint.model import Component, Connection, Style
from archlint.model.record import record

if TYPE_CHECKING:
    from archlint.facts.graph import Graph


@record
class _Longest:
    """The longest chain of waiting functions from one component: how many, and the first hop of it."""

    depth: int
    hop: Connection | None


def sync_depth(graph: Graph, function: Component) -> int:
    """How many functions are in the longest chain of synchronous calls that starts here, this one included.

    Calls may pass through APIs. Authorizers, stores and workflows do not count; a cycle is cut where it closes.
    """
    return _longest(graph)[function].depth


def sync_chain(graph: Graph, function: Component) -> Evidence:
    """The longest chain itself."""
    longest = _longest(graph)
    components, connections = [function], []
    hop = longest[function].hop
    while hop is not None:
        connections.append(hop)
        components.append(hop.target)
        hop = longest[hop.target].hop
    return Evidence(tuple(components), tuple(connections))


def _longest(graph: Graph) -> Mapping[Component, _Longest]:
    return graph.remember("longest sync chains", lambda: _compute(graph))


def _compute(graph: Graph) -> dict[Component, _Longest]:
    """Depth-first search without recursion, as a chain may be as long as the system is large."""
    functions = graph.vocabulary.members("function")
    links = functions | graph.vocabulary.members("api")
    done: dict[Component, _Longest] = {}
    open_: set[Component] = set()
    for root in graph.architecture.components:
        if root.type not in functions or root in done:
            continue
        stack: list[tuple[Component, Iterator[Connection]]] = [(root, _calls(graph, root, links))]
        open_.add(root)
        while stack:
            component, calls = stack[-1]
            following = next((edge for edge in calls if edge.target not in done and edge.target not in open_), None)
            if following is not None:
                open_.add(following.target)
                stack.append((following.target, _calls(graph, following.target, links)))
                continue
            stack.pop()
            open_.discard(component)
            done[component] = _best(component, _calls(graph, component, links), done, own=component.type in functions)
    return done


def _best(
    component: Component, calls: Iterator[Connection], done: Mapping[Component, _Longest], *, own: bool
) -> _Longest:
    depth, hop = 0, None
    for edge in calls:
        if edge.target is not component and edge.target in done and done[edge.target].depth > depth:
            depth, hop = done[edge.target].depth, edge
    return _Longest(depth + own, hop)


def _calls(graph: Graph, component: Component, links: frozenset[str]) -> Iterator[Connection]:
    for edge in graph.outgoing(component):
        if edge.style is not Style.SYNC or edge.target.type not in links or edge.action == "authorize":
            continue
        if edge.properties.get("async_invocation") in (None, False):  # an API may answer before the function has run
            yield edge
