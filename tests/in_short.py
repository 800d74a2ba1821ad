"""An architecture in short, for comparing."""

from __future__ import annotations


def edges(architecture) -> list[str]:
    """The connections in short: what is certain says no more, else the confidence stands behind."""
    return sorted(
        f"{edge.source.id} {edge.style.arrow} {edge.target.id}: {edge.action}"
        + ("" if edge.confidence.word == "certain" else f" ({edge.confidence.word})")
        for edge in architecture.connections
    )
