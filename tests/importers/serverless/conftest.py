from __future__ import annotations

from textwrap import dedent

import pytest

from archlint.importers import read

_ARROWS = {"sync": "=>", "async": "->", "error": "!>"}


class Graph:
    """What a configuration is read as, in lines that are easy to compare."""

    def __init__(self, reading):
        self.reading = reading
        self.components = {component.id: component for component in reading.architecture.components}
        self.types = {id_: component.type for id_, component in self.components.items()}
        self.edges = {_line(edge): dict(edge.properties) for edge in reading.architecture.connections}
        self.notes = [(note.span.line, note.message) for note in reading.notes]
        self.confidence = {_line(edge): edge.confidence.word for edge in reading.architecture.connections}

    def properties(self, id_):
        return dict(self.components[id_].properties)

    def place(self, id_):
        span = self.reading.span(self.components[id_].site)
        return span.line, span.column


def _line(edge):
    route = f" {edge.properties['route']}" if "route" in edge.properties else ""
    return f"{edge.source.id} {_ARROWS[edge.style.value]} {edge.target.id} {edge.action}{route}"


@pytest.fixture
def graph(tmp_path):
    """Read files, the first of which is the one that is asked for, or the text of a serverless.yml."""

    def graph(text: str | None = None, **files: str) -> Graph:
        (tmp_path / ".git").mkdir(exist_ok=True)
        if text is not None:
            files = {"serverless.yml": text, **files}
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(content))
        return Graph(read([tmp_path / next(iter(files))]))

    return graph


@pytest.fixture
def event(graph):
    """Read a function ``work`` with one event, and further sections."""

    def event(entry: str, more: str = "") -> Graph:
        return graph(
            f"service: shop\nprovider: {{name: aws}}\nfunctions:\n  work:\n    handler: x.y\n    events:\n      - {entry}\n"
            + dedent(more)
        )

    return event
