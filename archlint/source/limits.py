"""How much an input may be, so that reading it is bounded in time and memory."""

from __future__ import annotations

from archlint.model.tuples import NamedTuple


class Limits(NamedTuple):
    """Bytes of one file, levels of nesting, nodes after aliases are expanded; files and components of all.

    ``connections`` are those that lists on both sides of an arrow make beyond what is written, and those of code.
    """

    bytes: int = 64 * 1024 * 1024
    depth: int = 100
    nodes: int = 1_000_000
    files: int = 10_000
    components: int = 2_000_000
    connections: int = 1_000_000
