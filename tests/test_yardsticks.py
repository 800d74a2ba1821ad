"""The cases beside the project, where they are there: patterns, findings and suggestions that an architect expects."""

from __future__ import annotations

from pathlib import Path

import yaml

from archlint.importers import read
from archlint.lint import check
from archlint.suggest import suggest


def test_cases(shared: Path, rulebook) -> None:
    wrong = []
    for expectation in sorted((shared / "cases").rglob("*.expect.yaml")):
        expect = yaml.safe_load(expectation.read_text())
        reading = read([expectation.with_name(expectation.name.replace(".expect", ""))])
        name = expectation.name
        if {"patterns", "absent_patterns", "roles", "suggest"} & expect.keys():
            wrong += [f"{name}: {text}" for text in _patterns(expect, suggest(reading, rulebook))]
        findings = check(reading.architecture, rulebook).findings
        wrong += [f"{name}: {text}" for text in _findings(expect, findings, rulebook)]
    assert not wrong, "\n".join(wrong)


def _patterns(expect, answer):
    found = {match.pattern for match in answer.matches}
    yield from (f"misses {name}" for name in expect.get("patterns", []) if name not in found)
    yield from (f"has {name}" for name in expect.get("absent_patterns", []) if name in found)
    for pattern, roles in (expect.get("roles") or {}).items():
        bound = {
            id_ for match in answer.matches if match.pattern == pattern for ids in match.roles.values() for id_ in ids
        }
        yield from (f"{pattern} leaves out {id_}" for ids in roles.values() for id_ in ids if id_ not in bound)
    if wanted := expect.get("suggest"):
        best = answer.suggestions[0] if answer.suggestions else None
        if best is None or best.pattern != wanted["pattern"] or not best.diff or not best.changes:
            yield f"suggests {best and best.pattern}, not {wanted['pattern']}"


def _findings(expect, findings, rulebook):
    for wanted in expect.get("findings", []):
        if wanted["rule"] not in rulebook.rules:
            continue
        hits = [
            finding
            for finding in findings
            if finding.rule == wanted["rule"]
            and wanted.get("severity", finding.severity.word) == finding.severity.word
            and wanted.get("component") in {None, *(component.id for component in finding.components)}
        ]
        if not hits:
            yield f"misses {wanted}"
    for rule in expect.get("absent_findings", []):
        yield from (f"falsely {finding.rule}: {finding.message}" for finding in findings if finding.rule == rule)
