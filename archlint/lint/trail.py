"""Connections put in the order in which traffic takes them."""

from __future__ import annotations

from collections.abc import Iterable

from archlint.model import Connection


def in_order_of_traffic(connections: Iterable[Connection]) -> tuple[Connection, ...]:
    """Chains laid end to end: each starts where nothing leads to, and goes on as long as something follows."""
    waiting = list(connections)
    targets = {edge.target for edge in waiting if edge.target is not edge.source}
    ordered: list[Connection] = []
    here = None
    while waiting:
        following = next((edge for edge in waiting if edge.source is here), None)
        if following is None:
            following = next((edge for edge in waiting if edge.source not in targets), waiting[0])
        waiting.remove(following)
        ordered.append(following)
        here = following.target
    return tuple(ordered)
