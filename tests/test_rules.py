"""What holds for every rule file, whichever there are."""

from __future__ import annotations

import re

import pytest

from archlint.facts import Graph
from archlint.importers import read_text
from archlint.lint import LintSettings, check
from archlint.lint.judging import _severity, judge
from archlint.pattern.terms import Exists, When
from archlint.rulebook import Asked, builtin_rules, load
from archlint.rulebook.examples import examples_of
from archlint.search import Search

RULEBOOK = load()
RULES = [pytest.param(rule, id=rule.id) for rule in RULEBOOK.rules.values()]
OF_THE_INPUT = {"drift-missing-component", "drift-undescribed-component", "drift-property", "drift-connection"}
OF_THE_INPUT |= {"declared-pattern-mismatch", "pattern-near-miss", "unused-suppression"}
"""Rules over relations that need more than a graph, which the bare search of these tests does not have."""


def search(rule, text: str) -> Search:
    return Search(Graph(read_text(text).architecture)).with_options(LintSettings().options_of(rule.question))


def speaks_of_imports(clauses) -> bool:
    """Whether a description cannot show it: only what was read from infrastructure code is `imported`."""
    whens = [clause for clause in clauses if isinstance(clause, When)]
    nested = [clause for clause in clauses if isinstance(clause, Exists)]
    return any("imported" in dict(map(reversed, when.expression.attributes)) for when in whens) or any(
        speaks_of_imports(one.clauses) for one in nested
    )


@pytest.mark.parametrize("rule", RULES)
def test_every_exception_is_shown(rule) -> None:
    if rule.id in OF_THE_INPUT:
        return
    examples = examples_of(rule.file)
    for place, exemption in enumerate(rule.exemptions):
        if speaks_of_imports(exemption.clauses):
            continue
        without = rule._replace(exemptions=rule.exemptions[:place] + rule.exemptions[place + 1 :])
        shown = [
            example
            for example in examples
            if len(list(judge(Asked.of(without), search(rule, example.text))))
            > len(list(judge(Asked.of(rule), search(rule, example.text))))
        ]
        assert shown, exemption.because


@pytest.mark.parametrize("rule", RULES)
def test_every_level_is_shown(rule) -> None:
    if rule.id in OF_THE_INPUT:
        return
    reached = set()
    for example in examples_of(rule.file):
        asked = search(rule, example.text)
        wanted = frozenset({rule.at} & rule.roles.keys())
        for solution in asked.solutions(rule.roles, rule.clauses, strict=True, wanted=wanted):
            reached.add(id(_severity(rule, asked, solution)[1]))
    for level in rule.levels:
        guessed = any(
            "confidence" in dict(map(reversed, one.expression.attributes))
            for one in level.clauses
            if isinstance(one, When)
        )
        assert id(level) in reached or guessed or speaks_of_imports(level.clauses), level.because or level.message


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_reads_well(rule) -> None:
    assert rule.title[0].isupper()
    assert rule.title[-1] not in ".!?"
    assert len(re.findall(r"[.!?](?:\s|$)", rule.why)) >= 2, "why is more than one sentence"
    assert rule.why.rstrip()[-1] in ".)`"
    assert rule.help is not None
    assert rule.references
    assert all(reference.startswith("https://") for reference in rule.references)
    assert all(exemption.because for exemption in rule.exemptions)
    assert all(option.description for option in rule.options.values())
    assert set(rule.patterns) <= RULEBOOK.catalog.keys()


@pytest.mark.parametrize("rule", RULES)
def test_a_message_names_what_it_is_about(rule) -> None:
    settings = LintSettings(select=frozenset({rule.id}))
    for example in examples_of(rule.file):
        for finding in check(read_text(example.text).architecture, RULEBOOK, settings).findings:
            if finding.rule != rule.id:
                continue
            for text in (
                finding.message,
                finding.help,
                finding.label,
                *(related.message for related in finding.related),
            ):
                assert not re.search(r"{[a-z_.]+}|\bunset\b|\bNone\b|\bunknown\b(?!`)| {2}", text), text
            assert finding.message[-1] not in ".!"
            about = finding.component.id if finding.component else finding.service
            named = {component.id for component in finding.components} | {about}
            assert len(named) > 4 or any(name in finding.message for name in named if name), finding.message


def test_an_option_is_used_and_can_be_changed() -> None:
    for rule in RULEBOOK.rules.values():
        text = rule.file.read_text(encoding="utf-8")
        for name in rule.options:
            assert f"options.{name}" in text, f"{rule.id}: {name}"


def test_a_new_file_in_a_group_is_a_new_rule(tmp_path, monkeypatch) -> None:
    for folder in builtin_rules().iterdir():
        (tmp_path / "rules" / folder.name).mkdir(parents=True)
        for file in folder.glob("*.yaml"):
            (tmp_path / "rules" / folder.name / file.name).write_bytes(file.read_bytes())
    (tmp_path / "rules/limits/tiny-queue.yaml").write_text(
        "id: tiny-queue\ntitle: Queue that is called tiny\nseverity: info\nwhy: Names matter. This one does not.\n"
        'roles:\n  queue: {type: sqs, where: {id: tiny}}\nat: queue\nmessage: "{queue} is tiny"\n'
    )
    monkeypatch.setattr("archlint.rulebook.loading.builtin_rules", lambda: tmp_path / "rules")
    monkeypatch.setattr("archlint.rulebook.loading.FILE", tmp_path / "no index of them")
    book = load()
    assert "tiny-queue" in book.rule_ids
    assert book.rules["tiny-queue"].group == "limits"
    architecture = read_text("archlint: 1\nname: A\ncomponents: {tiny: sqs}\n").architecture
    assert [finding.rule for finding in check(architecture, book).findings if finding.rule == "tiny-queue"] == [
        "tiny-queue"
    ]
    assert len(book.rules) == len(RULEBOOK.rules) + 1
