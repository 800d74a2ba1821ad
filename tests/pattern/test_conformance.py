"""The language means what its page says: each case is a graph, a pattern and its bindings."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from archlint.facts import Graph
from archlint.importers import read_text
from archlint.pattern.faults import Faults
from archlint.pattern.reading import PatternReader
from archlint.rulebook.examples import completed
from archlint.search import Search

CASES = yaml.load(Path(__file__).with_name("conformance.yaml").read_text(), Loader=yaml.BaseLoader)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_conformance(case) -> None:
    faults = Faults()
    reader = PatternReader(faults)
    data = yaml.safe_load(yaml.safe_dump(case))
    reader.declare(_typed(data["roles"]), ("roles",))
    clauses = reader.block(_typed({key: data[key] for key in ("match", "same", "differ") if key in data}), ())
    reader.finish()
    assert not faults.found
    graph = Graph(read_text(completed(case["graph"])).architecture)
    wanted = frozenset(case.get("wanted", ()))
    found = list(Search(graph).solutions(reader.roles, clauses, wanted=wanted))
    assert sorted(map(str, map(_shown, found))) == sorted(str(dict(sorted(one.items()))) for one in case["bindings"])


def _typed(data):
    """Numbers and truth values as a rule file would have them."""
    if isinstance(data, dict):
        return {key: _typed(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_typed(item) for item in data]
    return {"true": True, "false": False}.get(data, int(data) if data.isdigit() else data)


def _shown(solution):
    shown = {
        name: [member.id for member in bound] if isinstance(bound, tuple) else bound.id
        for name, bound in solution.roles.items()
    }
    if solution.truth is None:
        shown["truth"] = "unknown"
    return dict(sorted(shown.items()))
