"""Every example of every rule and catalog entry holds."""

from __future__ import annotations

import pytest

from archlint.facts import Graph
from archlint.importers import read_text
from archlint.proving import Verdict, prove
from archlint.recognition import recognise
from archlint.rulebook.examples import example_of
from archlint.search import Search

VERDICTS = prove()


@pytest.mark.parametrize("verdict", VERDICTS, ids=lambda verdict: f"{verdict.id}:{verdict.line}")
def test_example_holds(verdict: Verdict) -> None:
    assert verdict.good, f"{verdict.kind}: {verdict.detail}"


def test_there_are_nineteen_patterns_and_many_rules(rulebook) -> None:
    assert len(rulebook.catalog) == 19
    assert len(rulebook.rules) >= 32


def test_an_entry_is_the_only_thing_its_example_is(rulebook) -> None:
    may_contain = {"aggregator": {"internal-api"}}
    for entry in rulebook.catalog.values():
        reading = read_text(example_of(entry.file))
        found = {matched.entry.id for matched in recognise(Search(Graph(reading.architecture)), rulebook).matched}
        assert found - may_contain.get(entry.id, set()) == {entry.id}
