"""Every pattern survives the loss of any part: what is suggested then is the pattern, and it brings the part back."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest
from long_form import as_data, as_text

from archlint.facts import Graph
from archlint.fix import edited_texts
from archlint.importers import Reading, read_text
from archlint.lint import check
from archlint.model import Severity
from archlint.recognition import match_entry
from archlint.rulebook import Entry, load
from archlint.rulebook.examples import example_of
from archlint.search import Search
from archlint.suggest import suggest

CATALOG = load().catalog


def components_of(data: dict) -> Iterator[tuple[dict, str, str]]:
    for service, body in data["services"].items():
        for name in body["components"]:
            yield body["components"], name, f"{service}.{name}"
    for name in data["components"]:
        yield data["components"], name, name


def without_each(data: dict) -> Iterator[tuple[str, dict]]:
    """The description without one component, connection or property, for each of them."""
    for place, (home, name, id_) in enumerate(components_of(data)):
        less = copy.deepcopy(data)
        list(components_of(less))[place][0].pop(name)
        less["connections"] = [edge for edge in less["connections"] if id_ not in (edge["from"], edge["to"])]
        yield id_, less
        for key in home[name].keys() - {"type"}:
            less = copy.deepcopy(data)
            list(components_of(less))[place][0][name].pop(key)
            yield f"{key} of {id_}", less
    for place, edge in enumerate(data["connections"]):
        less = copy.deepcopy(data)
        less["connections"].pop(place)
        yield f"{edge['from']} {edge['style']} {edge['to']}", less
        for key in edge.keys() - {"from", "to", "style", "action"}:
            less = copy.deepcopy(data)
            less["connections"][place].pop(key)
            yield f"{key} of {edge['from']} {edge['style']} {edge['to']}", less


def read(data: dict) -> Reading:
    return read_text(as_text(data), path="a.yaml")


def is_whole(entry: Entry, reading: Reading) -> bool:
    found = match_entry(entry, Search(Graph(reading.architecture)))
    return any(matched.solution.truth is True for matched in found)


def errors(reading: Reading, rulebook) -> set[str]:
    findings = check(reading.architecture, rulebook).findings
    return {finding.fingerprint for finding in findings if finding.severity is Severity.ERROR}


@pytest.mark.parametrize("entry", CATALOG.values(), ids=CATALOG)
def test_the_pattern_is_suggested_whatever_it_lacks(entry: Entry, rulebook) -> None:
    data = as_data(read_text(example_of(entry.file)).architecture)
    whole = read(data)
    (service, *_) = [found.anchor.service for found in match_entry(entry, Search(Graph(whole.architecture)))]
    wrong, tried = [], 0
    for part, less in without_each(data):
        reading = read(less)
        if is_whole(entry, reading):
            continue  # the pattern does not need that part
        tried += 1
        answer = suggest(reading, rulebook)
        assert entry.id not in {match.pattern for match in answer.matches}
        best = next((found for found in answer.suggestions if found.service == service), None)
        if best is None or best.pattern != entry.id:
            wrong.append(f"without {part}: {best and best.pattern}")
            continue
        after = read_text(edited_texts(reading, best.changes)["a.yaml"], path="a.yaml")
        assert is_whole(entry, after), part
        assert errors(after, rulebook) <= errors(reading, rulebook), part
    assert tried >= 1
    assert not wrong, "\n".join(wrong)
