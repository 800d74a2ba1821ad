"""Which way the traffic goes: an order of the nodes in which as few arrows as possible run backwards.

A layered layout turns some arrows of each cycle around. Left to itself it takes those it meets first; here clients come
first, what carries the traffic on runs forward, and a read from where it all began runs backward.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archlint.draw.scene import Arrow, Line, Scene

_WEIGHTS = {Line.ASYNC: 3.0, Line.SYNC: 2.0, Line.ERROR: 1.5, Line.WATCH: 0.5}
_MOST_SIFTED = 150
_PASSES = 4


def depth_order(scene: Scene, *, backwards: bool = False) -> dict[str, int]:
    """Places in the order of a depth-first walk from the clients; ``backwards`` walks later arrows first."""
    following: dict[str, list[str]] = {node.id: [] for node in scene.nodes}
    reached = set()
    for arrow in scene.arrows:
        if arrow.line is not Line.WATCH and arrow.source != arrow.target:
            following[arrow.source].append(arrow.target)
            reached.add(arrow.target)
    if not backwards:
        for targets in following.values():
            targets.reverse()  # what is walked first comes last in the order
    clients = [node.id for node in scene.nodes if node.starts]
    starts = [node.id for node in scene.nodes if node.id not in reached]
    done: list[str] = []
    seen: set[str] = set()
    for root in (*clients, *starts, *following):
        _walk(root, following, seen, done)
    places = {name: place for place, name in enumerate(reversed(done))}
    first = set(clients)
    order = sorted(places, key=lambda name: (name not in first, places[name]))
    return {name: place for place, name in enumerate(order)}


def _walk(root: str, following: Mapping[str, Sequence[str]], seen: set[str], done: list[str]) -> None:
    """Add what can be reached, in postorder."""
    if root in seen:
        return
    seen.add(root)
    stack = [(root, iter(following[root]))]
    while stack:
        name, rest = stack[-1]
        for target in rest:
            if target not in seen:
                seen.add(target)
                stack.append((target, iter(following[target])))
                break
        else:
            stack.pop()
            done.append(name)


def sifted_order(scene: Scene) -> dict[str, int]:
    """An order in which the arrows that run backwards weigh as little as moving single nodes can make them."""
    places = depth_order(scene)
    if len(places) > _MOST_SIFTED:
        return places
    order = sorted(places, key=places.__getitem__)
    clients = {node.id for node in scene.nodes if node.starts}
    costs = _costs(scene)
    for _ in range(_PASSES):
        before = list(order)
        for name in before:
            if name not in clients:
                _sift(name, order, costs[name], len(clients))
        if order == before:
            break
    return {name: place for place, name in enumerate(order)}


def _costs(scene: Scene) -> dict[str, dict[str, float]]:
    """For each node, what it costs to move it from before another node to behind it."""
    costs: dict[str, dict[str, float]] = {node.id: {} for node in scene.nodes}
    for arrow in scene.arrows:
        if arrow.source != arrow.target:
            weight = _WEIGHTS[arrow.line]
            costs[arrow.source][arrow.target] = costs[arrow.source].get(arrow.target, 0.0) + weight
            costs[arrow.target][arrow.source] = costs[arrow.target].get(arrow.source, 0.0) - weight
    return costs


def _sift(name: str, order: list[str], costs: Mapping[str, float], first: int) -> None:
    """Move one node to its best place at or after ``first``; it stays where it is if no place is better."""
    old = order.index(name)
    rest = [other for other in order if other != name]
    totals = [0.0]
    for other in rest:
        totals.append(totals[-1] + costs.get(other, 0.0))
    best = min(range(first, len(totals)), key=lambda place: (totals[place], abs(place - old)))
    if totals[best] < totals[old]:
        rest.insert(best, name)
        order[:] = rest


def turned(arrows: Sequence[Arrow], order: Mapping[str, int]) -> frozenset[int]:
    """The places of the arrows that run backwards in an order."""
    return frozenset(place for place, arrow in enumerate(arrows) if order[arrow.target] < order[arrow.source])
