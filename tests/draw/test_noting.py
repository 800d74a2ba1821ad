"""Findings and patterns on top of a picture."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from archlint.draw import Choice, Context, Look, draw_scenes, outlined, views, with_notes
from archlint.draw.layout import lay_out
from archlint.draw.sizes import node_rect
from archlint.facts import Graph
from archlint.importers import read
from archlint.lint import check
from archlint.recognition import recognise
from archlint.search import Search

EXAMPLE = Path(__file__).parents[2] / "examples/orders.yaml"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def architecture():
    return read([EXAMPLE]).architecture


def texts(architecture, scene) -> list[str]:
    data = next(draw_scenes([scene], "svg", Look(), Context(architecture)))
    return [element.text or "" for element in ET.fromstring(data).iter(f"{SVG}text")]  # noqa: S314  our own


def test_each_finding_has_a_number_on_the_picture_and_in_the_list(architecture, rulebook) -> None:
    findings = check(architecture, rulebook).findings
    scene = with_notes(views(architecture)[0].scene, findings)
    assert [note.number for note in scene.notes] == list(range(1, len(findings) + 1))
    written = texts(architecture, scene)
    for note in scene.notes:
        assert written.count(str(note.number)) == 2
        assert any(note.rule in text for text in written)


def test_a_view_lists_what_is_in_it_with_the_same_numbers(architecture, rulebook) -> None:
    findings = check(architecture, rulebook).findings
    scene = with_notes(views(architecture, Choice(focus="billing.invoices", depth=0))[0].scene, findings)
    expected = [
        number
        for number, finding in enumerate(findings, 1)
        if finding.component and finding.component.id == "billing.invoices" and not finding.connection
    ]
    assert [note.number for note in scene.notes] == expected


def test_a_pattern_is_named_where_nothing_else_is(architecture, rulebook) -> None:
    matches = [matched.as_match() for matched in recognise(Search(Graph(architecture)), rulebook).matched]
    scene = outlined(
        views(architecture)[0].scene, matches, {id_: entry.name for id_, entry in rulebook.catalog.items()}
    )
    assert "The Scalable Webhook" in texts(architecture, scene)
    picture = lay_out(scene, "LR")
    assert len(picture.tags) == len(scene.outlines)
    covered = [
        *picture.labels.values(),
        *picture.titles,
        *(node_rect(node, picture.centres[node.id]) for node in scene.nodes),
    ]
    assert not any(tag.grown(-0.5).shared(rect) for tag in picture.tags for rect in covered)


def test_patterns_that_are_not_whole_in_a_view_are_left_out(architecture, rulebook) -> None:
    matches = [matched.as_match() for matched in recognise(Search(Graph(architecture)), rulebook).matched]
    scene = outlined(views(architecture, Choice(focus="intake.ledger", depth=0))[0].scene, matches, {})
    assert not scene.outlines
