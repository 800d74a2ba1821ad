"""An architecture without its names, for comparing what was written twice."""

from __future__ import annotations

from collections import Counter

_ROUNDS = 6
_NAMES = frozenset({"rule", "subscription", "label"})
"""Properties of connections and components that hold a name."""


def shape(architecture) -> Counter[object]:
    """What each component is, with all that it is connected to, some steps around: equal for equal graphs."""
    colours = {one.id: repr((one.type, _said(one.properties))) for one in architecture.components}
    for _ in range(_ROUNDS):
        colours = {
            one.id: _short(
                colours[one.id],
                sorted(_edge(edge) + colours[edge.target.id] for edge in architecture.outgoing(one)),
                sorted(_edge(edge) + colours[edge.source.id] for edge in architecture.incoming(one)),
            )
            for one in architecture.components
        }
    types = {one.id: one.type for one in architecture.components}
    return Counter((types[id_], colour) for id_, colour in colours.items())


def _short(*parts: object) -> str:
    return str(hash(repr(parts)))


def _edge(edge) -> str:
    return repr((edge.style.value, edge.action, edge.confidence.word, _said(edge.properties)))


def _said(properties) -> list[tuple[str, str]]:
    return sorted((name, repr(value)) for name, value in properties.items() if name not in _NAMES)
