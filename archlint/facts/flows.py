"""How many services a request passes through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from archlint.model import Component, Style

if TYPE_CHECKING:
    from archlint.facts.graph import Graph

_LEAST = 2


def flow_services(graph: Graph, component: Component) -> int:
    """The most services that one request may pass through which passes here: from where it starts to all it leads to.

    Failures and what alarms watch are no part of a flow; nor is what is only read.
    """
    return graph.remember("services of flows", lambda: _flows(graph)).get(component, 0)


def _flows(graph: Graph) -> Mapping[Component, int]:
    if len(graph.architecture.services) <= _LEAST:
        return {}
    order = _successors_first(graph)
    bits = {name: 1 << place for place, name in enumerate(graph.architecture.services)}
    ahead = {component: bits.get(component.service or "", 0) for component in order}
    moved = True
    while moved:  # once for a graph without cycles, and once more to see that
        moved = False
        for component in order:
            mask = ahead[component]
            for following in _following(graph, component):
                mask |= ahead[following]
            if mask != ahead[component]:
                ahead[component], moved = mask, True
    most = {component: mask.bit_count() for component, mask in ahead.items()}
    moved = True
    while moved:
        moved = False
        for component in reversed(order):
            for following in _following(graph, component):
                if most[following] < most[component]:
                    most[following], moved = most[component], True
    return most


def _successors_first(graph: Graph) -> Sequence[Component]:
    """Every component after what it leads to, where no cycle forbids it. Depth first, without recursion."""
    order: list[Component] = []
    seen: set[Component] = set()
    for root in graph.architecture.components:
        if root in seen:
            continue
        seen.add(root)
        stack = [(root, _following(graph, root))]
        while stack:
            component, following = stack[-1]
            new = next((one for one in following if one not in seen), None)
            if new is None:
                order.append(component)
                stack.pop()
            else:
                seen.add(new)
                stack.append((new, _following(graph, new)))
    return order


def _following(graph: Graph, component: Component) -> Iterator[Component]:
    for edge in graph.outgoing(component):
        if edge.style is not Style.ERROR and edge.action not in {"observe", "read"}:
            yield edge.target
