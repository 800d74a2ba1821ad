"""The process in which Graphviz runs: DOT graphs on standard input, a JSON document for each on standard output."""

from __future__ import annotations

import sys

import pygraphviz

_START = "digraph "


def main() -> None:
    """Lay out each graph; the answers of those that are done stay if a later one ends the process."""
    for part in sys.stdin.read().split(f"\n{_START}"):
        text = part if part.startswith(_START) else _START + part
        graph = pygraphviz.AGraph(string=text)
        sys.stdout.buffer.write(graph.draw(format="json", prog="dot") + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
