"""What is not known makes no finding, and none worse: every value of every example, one after the other."""

from __future__ import annotations

import pytest

from archlint.fix import changed
from archlint.importers import read_text
from archlint.lint import LintSettings, check
from archlint.model import UNKNOWN, SetProperty
from archlint.rulebook import load
from archlint.rulebook.examples import examples_of

RULEBOOK = load()
CASES = [
    pytest.param(rule.id, example.text, id=f"{rule.id}:{example.line}")
    for rule in RULEBOOK.rules.values()
    for example in examples_of(rule.file)
]
NOT_KNOWING_IS_THE_PROBLEM = {
    ("stream-worker-not-throttled", "shards"),
    ("s3-trigger-writes-same-bucket", "prefix"),
    ("s3-trigger-writes-same-bucket", "suffix"),
}


def subject(finding):
    """What a finding is about; its fingerprint would have the unknown name of an event or route in it."""
    edge = finding.connection
    ends = (edge.source.id, edge.target.id, edge.style, edge.action) if edge else None
    return finding.component.id if finding.component else finding.service, ends


def severities(architecture, rule: str):
    """The worst severity of the rule's findings, by what they are about."""
    settings = LintSettings(select=frozenset({rule}))
    found = [one for one in check(architecture, RULEBOOK, settings).findings if one.rule == rule and not one.suppressed]
    return {subject(one): one.severity for one in sorted(found, key=lambda one: one.severity)}


def unknowns(architecture):
    for component in architecture.components:
        for name in component.properties:
            yield SetProperty(name, UNKNOWN, component=component.id)
    for edge in architecture.connections:
        for name in edge.properties:
            yield SetProperty(name, UNKNOWN, connection=(edge.source.id, edge.target.id, edge.style, edge.action))


@pytest.mark.parametrize(("rule", "text"), CASES)
def test_a_value_that_becomes_unknown_makes_nothing_worse(rule: str, text: str) -> None:
    architecture = read_text(text).architecture
    before = severities(architecture, rule)
    for change in unknowns(architecture):
        if (rule, change.name) in NOT_KNOWING_IS_THE_PROBLEM:
            continue
        after = severities(changed(architecture, [change]), rule)
        assert after.keys() <= before.keys(), change
        assert all(severity <= before[about] for about, severity in after.items()), change
