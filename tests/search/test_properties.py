"""Properties of the search that hold for every graph."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archlint.facts.cycles import knots, shortest_through
from archlint.importers import read_text
from archlint.lint import check
from archlint.rulebook import load
from archlint.search.moves import Through
from archlint.suggest import suggest
from archlint.vocabulary import vocabulary

RULEBOOK = load()
TYPES = sorted(set(vocabulary().types) - {"other"})
ARROWS = ["=>", "->", "!>"]


@st.composite
def descriptions(draw) -> str:
    types = draw(st.lists(st.sampled_from(TYPES), min_size=1, max_size=9))
    names = [f"c{place}" for place in range(len(types))]
    edges = draw(
        st.lists(st.tuples(st.sampled_from(names), st.sampled_from(ARROWS), st.sampled_from(names)), max_size=14)
    )
    services = draw(st.lists(st.integers(0, 2), min_size=len(types), max_size=len(types)))
    lines = ["archlint: 1", "name: Any", "services:"]
    for service in sorted(set(services)):
        lines += [f"  s{service}:", "    components:"]
        lines += [
            f"      {name}: {type_}" for name, type_, own in zip(names, types, services, strict=True) if own == service
        ]
    ids = {name: f"s{own}.{name}" for name, own in zip(names, services, strict=True)}
    lines += ["connections:"] if edges else []
    lines += [f"  - {ids[a]} {arrow} {ids[b]}" for a, arrow, b in edges]
    return "\n".join(lines) + "\n"


@settings(max_examples=60, deadline=None)
@given(descriptions())
def test_no_description_breaks_check_or_suggest(text: str) -> None:
    reading = read_text(text)
    first = check(reading.architecture, RULEBOOK).findings
    assert [finding.fingerprint for finding in first] == [
        finding.fingerprint for finding in check(read_text(text).architecture, RULEBOOK).findings
    ]
    for finding in first:
        assert reading.span(finding.site).line > 0
        assert "unset" not in finding.message
    suggest(reading, RULEBOOK)


@settings(max_examples=60, deadline=None)
@given(descriptions())
def test_where_to_look_is_only_a_hint(text: str) -> None:
    def found() -> tuple[list[str], list[object]]:
        reading = read_text(text)
        findings = check(reading.architecture, RULEBOOK).findings
        return [one.fingerprint for one in findings], [one.roles for one in suggest(reading, RULEBOOK).matches]

    told = found()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Through, "ends", lambda *_: None)
        assert found() == told


@settings(max_examples=40, deadline=None)
@given(descriptions())
def test_an_unrelated_service_changes_no_match(text: str) -> None:
    more = text.replace("services:\n", "services:\n  zz:\n    components:\n      lonely: ec2\n")
    assert [match.roles for match in suggest(read_text(text), RULEBOOK).matches] == [
        match.roles for match in suggest(read_text(more), RULEBOOK).matches
    ]


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20))
def test_knots_are_what_reaches_itself(edges: list[tuple[int, int]]) -> None:
    successors: dict[int, list[int]] = {}
    for a, b in edges:
        successors.setdefault(a, []).append(b)

    def reach(start: int) -> set[int]:
        seen: set[int] = set()
        waiting = list(successors.get(start, ()))
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                waiting += successors.get(node, ())
        return seen

    found = knots(list(range(8)), successors)
    assert {node for members in found for node in members} == {node for node in range(8) if node in reach(node)}
    for members in found:
        ring = shortest_through(members[0], members, successors)
        assert all(b in successors[a] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))
