"""Connections put in the order in which traffic takes them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from archlint.model import Component, Connection


def in_order_of_traffic(connections: Iterable[Connection]) -> tuple[Connection, ...]:
    """Chains laid end to end: each starts where nothing leads to, and goes on as long as something follows."""
    given = list(connections)
    leaving: dict[Component, deque[Connection]] = {}
    for edge in given:
        leaving.setdefault(edge.source, deque()).append(edge)
    targets = {edge.target for edge in given if edge.target is not edge.source}
    starts = deque([edge for edge in given if edge.source not in targets] + given)
    done: set[Connection] = set()
    ordered: list[Connection] = []
    here: Component | None = None
    while len(ordered) < len(given):
        following = _next(leaving[here], done) if here in leaving else None
        if following is None:
            following = _next(starts, done)
            assert following is not None
        done.add(following)
        ordered.append(following)
        here = following.target
    return tuple(ordered)


def _next(waiting: deque[Connection], done: set[Connection]) -> Connection | None:
    """The first that is not done yet; those before it are dropped for good, so that all is linear in the end."""
    while waiting and waiting[0] in done:
        waiting.popleft()
    return waiting[0] if waiting else None
