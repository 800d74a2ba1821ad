"""How much a match at an anchor lacks at least, told from the anchor's own connections alone.

Most anchors are far from most patterns. That is seen here, before anything is bound or made up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from archlint.facts import Graph
from archlint.model import Component
from archlint.model.tuples import NamedTuple
from archlint.pattern.terms import Path, Role, Step
from archlint.recognition.loose import LooseEnds
from archlint.search.elements import of_link, of_role


class Shortfall(NamedTuple):
    """What is missing at least: ``weight`` in things, ``elements`` in parts of the pattern."""

    weight: int
    elements: int


class Bounds:
    """Counts what the roles beside an anchor's lack, of which too few are connected to it."""

    def __init__(self, graph: Graph, loose: LooseEnds, roles: Mapping[str, Role]) -> None:
        self._graph = graph
        self._loose = loose
        self._roles = roles

    def shortfall(self, links: Sequence[Step | Path], anchor: Component, role: str) -> Shortfall:
        """What is missing at an anchor that plays a role with these links."""
        lacking: dict[str, Shortfall] = {}
        for link, name, forward in _beside(links, role):
            short = max(self._roles[name].least, 1) - self._connected(anchor, link, name, forward=forward)
            if short > 0 and name not in lacking:
                lacking[name] = self._price(anchor, link, name, short, forward=forward)
        weights, elements = zip(*lacking.values(), strict=True) if lacking else ((), ())
        return Shortfall(sum(weights), sum(elements))

    def _connected(self, anchor: Component, link: Step, name: str, *, forward: bool) -> int:
        """How many components that may play a role a step leads to."""
        edges = self._graph.outgoing(anchor) if forward else self._graph.incoming(anchor)
        ends = (edge.target if forward else edge.source for edge in edges if link.arrow.admits(edge.style, edge.action))
        return len({end for end in ends if end.type in self._roles[name].types})

    def _price(self, anchor: Component, link: Step, name: str, short: int, *, forward: bool) -> Shortfall:
        """What waits to be connected lacks the connection; anything else has to be made as well."""
        loose, role = self._loose, self._roles[name]
        waits = anchor in (loose.idle if forward else loose.unreached) or any(
            loose.fitting(role, anchor.service, forward=way) for way in (True, False)
        )
        return Shortfall(short, short * (of_link(link) if waits else of_role(role) + of_link(link)))


def _beside(links: Sequence[Step | Path], role: str) -> Iterator[tuple[Step, str, bool]]:
    """The steps between a role and another one, with the other one and whether they lead there."""
    for link in links:
        if isinstance(link, Step) and link.source != link.target:
            if link.source == role:
                yield link, link.target, True
            elif link.target == role:
                yield link, link.source, False
