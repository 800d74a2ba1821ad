"""Real configurations, where they are beside the project: all are read, and what is true of them is found."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from archlint.importers import read
from archlint.lint import check
from archlint.suggest import suggest


@pytest.fixture
def corpus(shared: Path) -> Path:
    return shared / "corpus"


def rows(path: Path):
    with path.open(encoding="utf-8") as stream:
        return [row for row in csv.reader(stream, delimiter="\t") if row]


def test_every_configuration_is_read(corpus, rulebook):
    paths = sorted((corpus / "serverless").rglob("serverless.yml"))
    assert paths
    for path in paths:
        reading = read([path])
        check(reading.architecture, rulebook)
        assert reading.architecture.services or not reading.architecture.components
        assert all(reading.span(component.site).line > 0 for component in reading.architecture.components)


def test_every_folder_is_read(corpus):
    for folder in sorted((corpus / "serverless").glob("*/")):
        assert read([folder]).architecture.components


def test_labels(corpus, rulebook):
    wrong = []
    for path, expectation, evidence, certainty in rows(corpus / "labels.tsv")[1:]:
        if path.startswith("serverless/") and certainty == "certain":
            reading = read([corpus / path])
            if not holds(expectation.split(":"), reading, rulebook):
                wrong.append(f"{path}: {expectation} ({evidence})")
    assert not wrong, "\n".join(wrong)


def holds(expectation, reading, rulebook):
    kind, name, *component = expectation
    if "pattern" in kind:
        matched = name in {match.pattern for match in suggest(reading, rulebook).matches}
        return matched == (kind == "pattern")
    wanted = component[0].split("/") if component else []
    findings = [
        finding
        for finding in check(reading.architecture, rulebook).findings
        if finding.rule == name and (not wanted or {involved.id for involved in finding.components} & set(wanted))
    ]
    return bool(findings) == (kind == "finding")


def test_connections(corpus):
    for path in sorted((corpus / "serverless").rglob("*.graph.tsv")):
        reading = read([path.with_name("serverless.yml")])
        expected = [
            (set(source.split("|")), set(target.split("|")), style, action)
            for section, source, target, style, action in rows(path)[1:]
            if section == "certain"
        ]
        found = [edge for edge in reading.architecture.connections if edge.confidence.word == "certain"]
        assert all(any(fits(edge, wanted) for wanted in expected) for edge in found)
        assert all(any(fits(edge, wanted) for edge in found) for wanted in expected)


def fits(edge, wanted):
    sources, targets, style, action = wanted
    return (
        edge.source.id in sources and edge.target.id in targets and (edge.style.value, edge.action) == (style, action)
    )
