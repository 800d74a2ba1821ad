"""Real Terraform configurations beside the project, where they are there."""

from __future__ import annotations

from itertools import product

import pytest

from archlint.importers import read
from archlint.lint import check
from archlint.suggest import suggest


@pytest.fixture(scope="module")
def corpus(shared):
    folder = shared / "corpus"
    if not (folder / "terraform").is_dir():
        pytest.skip("no real configurations beside the project")
    return folder


def test_every_folder_is_read_and_every_place_exists(corpus) -> None:
    folders = sorted({path.parent for path in (corpus / "terraform").rglob("*.tf")})
    assert folders
    for folder in folders:
        reading = read([folder])
        for element in (*reading.architecture.components, *reading.architecture.connections):
            span = reading.span(element.site)
            assert reading.documents[span.path].line(span.line), (folder, element)


def test_drawn_graphs_agree(corpus) -> None:
    graphs = list((corpus / "terraform").rglob("*.graph.tsv"))
    assert graphs
    for file in graphs:
        architecture = read([file.parent]).architecture
        rows = [line.split("\t") for line in file.read_text().splitlines()[1:]]
        wanted = [set(product(*(cell.split("|") for cell in row[1:]))) for row in rows]
        found = {(e.source.name, e.target.name, e.style.value, e.action) for e in architecture.connections}
        right = sum(any(row & {edge} for row in wanted) for edge in found)
        assert right / len(found) >= 0.97
        assert sum(bool(row & found) for row in wanted) / len(wanted) >= 0.97


def test_labels_hold(corpus, rulebook) -> None:
    wrong = []
    for line in (corpus / "labels.tsv").read_text().splitlines()[1:]:
        path, expectation, _, certainty = line.split("\t")
        if not path.startswith("terraform/") or certainty != "certain":
            continue
        reading = read([(corpus / path).parent])
        kind, _, rest = expectation.partition(":")
        name, _, resource = rest.partition(":")
        if kind.endswith("pattern"):
            holds = name in {match.pattern for match in suggest(reading, rulebook).matches}
        else:
            holds = any(
                finding.rule == name
                and (not resource or {component.id for component in finding.components} & set(resource.split("/")))
                for finding in check(reading.architecture, rulebook).findings
            )
        if holds is kind.startswith("absent"):
            wrong.append(line)
    assert not wrong, "\n".join(wrong)
