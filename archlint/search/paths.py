"""Paths of several hops: breadth first, each connection looked at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

from archlint.model import Component, Connection
from archlint.pattern.terms import Path
from archlint.search.candidates import Candidates


def spread(
    candidates: Candidates, starts: Iterable[Component], path: Path, *, forward: bool, lax: bool
) -> dict[Component, Connection | None]:
    """What a path leads to from the starts, and the connection by which each was reached first (None for a start).

    ``forward`` false follows the connections backwards. ``lax`` lets a hop whose conditions are unknown pass.
    Linear in the connections within reach.
    """
    reached: dict[Component, Connection | None] = dict.fromkeys(starts)
    waiting = deque(reached)
    hops = candidates.leaving if forward else candidates.arriving
    while waiting:
        component = waiting.popleft()
        if reached[component] is not None and component.type not in path.through:
            continue
        for edge in hops(component, path):
            following = edge.target if forward else edge.source
            if following in reached:
                continue
            truth = candidates.suits(edge, path.where)
            if truth is True or (lax and truth is None):
                reached[following] = edge
                waiting.append(following)
    return reached


Reached = Mapping[Component, Connection | None]


def arrival(
    candidates: Candidates, reached: Reached, goal: Component, path: Path, *, forward: bool
) -> tuple[Component, tuple[Connection, ...]] | None:
    """The start that leads to ``goal`` and the connections between them, in the direction of the path.

    A goal that is a start itself is reached only from another one.
    """
    if goal not in reached:
        return None
    edge = reached[goal]
    if edge is None:
        edge = _last_hop(candidates, reached, goal, path, forward=forward)
        if edge is None:
            return None
    hops = [edge]
    component = edge.source if forward else edge.target
    while (edge := reached[component]) is not None:
        hops.append(edge)
        component = edge.source if forward else edge.target
    return component, tuple(reversed(hops) if forward else hops)


def _last_hop(
    candidates: Candidates, reached: Reached, goal: Component, path: Path, *, forward: bool
) -> Connection | None:
    for edge in candidates.arriving(goal, path) if forward else candidates.leaving(goal, path):
        nearer = edge.source if forward else edge.target
        passable = nearer in reached and (reached[nearer] is None or nearer.type in path.through)
        if passable and nearer is not goal and candidates.suits(edge, path.where) is True:
            return edge
    return None
