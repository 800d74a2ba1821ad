"""The path of a finding in one line."""

from __future__ import annotations

import pytest

from archlint.importers import read_text
from archlint.report.hops import path_line

HEAD = """\
archlint: 1
name: News
components: {bus: eventbridge_bus, a: lambda, b: lambda, dead: sqs}
connections:
"""


@pytest.mark.parametrize(
    ("connections", "line"),
    [
        ("  - bus -> a => b\n", "bus -> a => b"),
        ("  - bus -> a\n  - bus -> b\n", "bus -> a; bus -> b"),
        ("  - bus !> dead: {rule: one}\n  - bus !> dead: {rule: two}\n", "bus !> dead"),
        ("  - bus -> dead\n  - bus !> dead\n", "bus -> dead; bus !> dead"),
        ("  - a => b\n  - b => a\n  - a => b: {label: again}\n", "a => b => a => b"),
    ],
)
def test_chains_are_joined_and_none_is_said_twice(connections: str, line: str) -> None:
    assert path_line(read_text(HEAD + connections).architecture.connections) == line
