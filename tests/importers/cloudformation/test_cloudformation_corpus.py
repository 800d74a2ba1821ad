"""Real templates beside the project, where they are there: read without a fault, as their true graphs say."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from archlint.importers import read
from archlint.lint import check
from archlint.model import Confidence, InputError
from archlint.suggest import suggest

KINDS = ("sam", "cdk", "cloudformation", "asl")


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


@pytest.fixture(scope="module")
def corpus(shared: Path) -> Path:
    if not (shared / "corpus").is_dir():
        pytest.skip("no real templates beside the project")
    return shared / "corpus"


def test_every_template_is_read_or_says_what_is_wrong_with_it(corpus) -> None:
    unread = []
    for row in rows(corpus / "SOURCES.tsv"):
        path = corpus / row["path"]
        if path.relative_to(corpus).parts[0] in KINDS and path.suffix in (".yaml", ".yml", ".json"):
            try:
                read([path])
            except InputError as error:
                if not error.problems or (row["kind"] == "main" and "no supported kind" not in str(error)):
                    unread.append(f"{row['path']}: {error}")
    assert unread == []


def is_named(name: str, component) -> bool:
    return any(part in (component.id, component.name) or part == f"@{component.type}" for part in name.split("|"))


def test_connections_are_those_of_the_true_graphs(corpus) -> None:
    wrong, listed, extra, found = [], 0, 0, 0
    for graph in sorted(corpus.rglob("*.graph.tsv")):
        if graph.relative_to(corpus).parts[0] not in KINDS:
            continue
        stem = graph.name.removesuffix(".graph.tsv")
        template = next(path for path in graph.parent.glob(f"{stem}.*") if path.suffix in (".yaml", ".yml", ".json"))
        edges = [edge for edge in read([template]).architecture.connections if edge.confidence is not Confidence.GUESS]
        known = set()
        for row in rows(graph):
            hits = {
                edge
                for edge in edges
                if is_named(row["source"], edge.source)
                and is_named(row["target"], edge.target)
                and (row["style"], row["action"]) == (edge.style.value, edge.action)
            }
            listed += 1
            known |= hits
            if not hits:
                wrong.append(f"{graph.parent.name} misses {row}")
        steps = {e for e in edges if e.target.type == "eventbridge_pipe"}  # a pipe may stand for its source
        more = [edge for edge in edges if edge not in known | steps]
        wrong += [f"{graph.parent.name} has {edge}" for edge in more]
        extra, found = extra + len(more), found + len(edges) - len(steps)
    assert extra <= 0.03 * found, wrong
    assert len(wrong) - extra <= 0.03 * listed, wrong


def test_labels_hold(corpus, rulebook) -> None:
    wrong = []
    for row in rows(corpus / "labels.tsv"):
        path = corpus / row["path"]
        if path.relative_to(corpus).parts[0] in KINDS and row["certainty"] == "certain":
            wrong += [f"{row['path']}: {text}" for text in judged(row, read([path]), rulebook)]
    assert wrong == []


def judged(row, reading, rulebook):
    kind, _, rest = row["expectation"].partition(":")
    name, _, resources = rest.partition(":")
    if "pattern" in kind:
        if (name in {match.pattern for match in suggest(reading, rulebook).matches}) is kind.startswith("absent"):
            yield row["expectation"]
        return
    wanted = {part for part in resources.split("/") if part}
    hits = [
        finding
        for finding in check(reading.architecture, rulebook).findings
        if finding.rule == name
        and (not wanted or wanted & {c.name for c in finding.components} or rule_of(finding) in wanted)
    ]
    if bool(hits) is (kind == "absent"):
        yield row["expectation"]


def rule_of(finding) -> object:
    return finding.connection.properties.get("rule") if finding.connection is not None else None
