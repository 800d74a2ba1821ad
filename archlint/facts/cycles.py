"""Directed cycles: one for each strongly connected component, in linear time."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

N = TypeVar("N", bound=Hashable)


def knots(nodes: Sequence[N], successors: Mapping[N, Sequence[N]]) -> list[list[N]]:
    """The strongly connected components that contain a cycle, each in the order of ``nodes``.

    Tarjan's algorithm without recursion: depth is bounded by memory, not by Python's stack.
    """
    order = {node: place for place, node in enumerate(nodes)}
    index: dict[N, int] = {}
    low: dict[N, int] = {}
    pending: list[N] = []
    on_stack: set[N] = set()
    found: list[list[N]] = []
    for root in nodes:
        if root in index:
            continue
        work: list[tuple[N, Iterator[N]]] = [(root, iter(successors.get(root, ())))]
        index[root] = low[root] = len(index)
        pending.append(root)
        on_stack.add(root)
        while work:
            node, following = work[-1]
            for next_node in following:
                if next_node not in index:
                    index[next_node] = low[next_node] = len(index)
                    pending.append(next_node)
                    on_stack.add(next_node)
                    work.append((next_node, iter(successors.get(next_node, ()))))
                    break
                if next_node in on_stack:
                    low[node] = min(low[node], index[next_node])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    members = _popped(pending, on_stack, node)
                    if len(members) > 1 or node in successors.get(node, ()):
                        found.append(sorted(members, key=order.__getitem__))
    return sorted(found, key=lambda members: order[members[0]])


def _popped(pending: list[N], on_stack: set[N], root: N) -> list[N]:
    members = []
    while True:
        node = pending.pop()
        on_stack.discard(node)
        members.append(node)
        if node == root:
            return members


def shortest_through(start: N, members: Sequence[N], successors: Mapping[N, Sequence[N]]) -> list[N]:
    """The shortest cycle through ``start`` within a strongly connected component; ``start`` is first."""
    inside = set(members)
    parent: dict[N, N] = {}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for following in successors.get(node, ()):
            if following == start:
                cycle = [node]
                while cycle[-1] != start:
                    cycle.append(parent[cycle[-1]])
                return cycle[::-1]
            if following in inside and following not in parent:
                parent[following] = node
                waiting.append(following)
    return [start]
