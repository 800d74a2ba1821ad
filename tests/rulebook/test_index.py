"""The index of the wheel changes nothing but the time: a rule that it leaves out could not have fired."""

from __future__ import annotations

from archlint.importers import read_text
from archlint.lint import LintSettings, check
from archlint.rulebook.examples import examples_of
from archlint.rulebook.index import index_text, read_index, relevant
from archlint.rulebook.loading import builtin_data


def test_every_rule_that_fires_is_relevant(rulebook) -> None:
    rows = read_index(index_text(builtin_data()))
    assert rows.keys() == rulebook.rules.keys()
    for rule in rulebook.rules.values():
        for example in examples_of(rule.file):
            architecture = read_text(example.text).architecture
            kept = {row.id for row in relevant(rows.values(), architecture)}
            if not example.valid:
                assert rule.id in kept
    few = read_text("archlint: 1\nname: A\ncomponents: {q: sqs, f: lambda}\nconnections: [q -> f]\n").architecture
    assert len(list(relevant(rows.values(), few))) < len(rows) / 2


def test_a_rule_from_the_index_is_the_rule_of_the_file(rulebook) -> None:
    row = read_index(index_text(builtin_data()))["queue-without-dlq"]
    rule = row.read(rulebook.rules["queue-without-dlq"].file.parent.parent)
    architecture = read_text(
        "archlint: 1\nname: A\ncomponents: {q: sqs, f: lambda}\nconnections: [q -> f]\n"
    ).architecture
    (finding,) = check(architecture, rulebook, LintSettings(select=frozenset({rule.id}))).findings
    assert (rule.id, rule.group, rule.severity) == (finding.rule, "failure", finding.severity)
