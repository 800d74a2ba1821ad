"""The process in which Graphviz runs: DOT on standard input, JSON on standard output."""

from __future__ import annotations

import sys

import pygraphviz


def main() -> None:
    """Lay out one graph."""
    graph = pygraphviz.AGraph(string=sys.stdin.read())
    sys.stdout.buffer.write(graph.draw(format="json", prog="dot"))


if __name__ == "__main__":
    main()
