"""What the fixes of the rules make of every example: clean, once and for all, with the user's own words kept."""

from __future__ import annotations

import re

import pytest

from archlint.fix import edited_texts
from archlint.importers import read_text
from archlint.lint import LintSettings, check
from archlint.proving.repair import repaired
from archlint.rulebook import load
from archlint.rulebook.examples import examples_of

RULEBOOK = load()
CASES = [
    pytest.param(rule.id, example, id=f"{rule.id}:{example.line}")
    for rule in RULEBOOK.rules.values()
    if rule.fixable
    for example in examples_of(rule.file)
    if not example.valid
]


def found(text: str, rule: str):
    return check(read_text(text, path="a.yaml").architecture, RULEBOOK, LintSettings(select=frozenset({rule}))).findings


def annotated(text: str) -> str:
    """The text with a comment at the end of every line that can carry one."""
    return "".join(f"{line}   # note {number}\n" for number, line in enumerate(text.splitlines(), 1))


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_a_fixed_text_is_clean_and_stays_as_it_is(rule: str, example) -> None:
    text, remaining = repaired(example.unmarked, rule, RULEBOOK)
    assert all(finding.fix is None for finding in remaining)
    assert repaired(text, rule, RULEBOOK)[0] == text


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_a_fix_keeps_every_comment(rule: str, example) -> None:
    text = annotated(example.unmarked)
    after, _ = repaired(text, rule, RULEBOOK)
    notes = re.findall(r"# note \d+$", text, re.MULTILINE)
    assert sorted(re.findall(r"# note \d+$", after, re.MULTILINE)) == sorted(notes)
    assert repaired(after, rule, RULEBOOK)[0] == after


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_each_fix_alone_makes_its_finding_go_away(rule: str, example) -> None:
    for finding in found(example.unmarked, rule):
        if finding.fix is None:
            continue
        reading = read_text(example.unmarked, path="a.yaml")
        text = edited_texts(reading, finding.fix.changes)["a.yaml"]
        assert finding.fix.description
        after = {(one.fingerprint, one.message) for one in found(text, rule)}
        assert (finding.fingerprint, finding.message) not in after


def test_a_function_with_several_routes_is_not_replaced_by_one() -> None:
    text = "archlint: 1\nname: t\ncomponents: {api: http_api, f: {type: lambda, logic: none}, q: sqs}\nconnections:\n"
    one, two = "  - api => f: {route: GET /a}\n", "  - api => f: {route: GET /b}\n"
    [single] = found(f"{text}{one}  - f -> q\n", "passthrough-function")
    [several] = found(f"{text}{one}{two}  - f -> q\n", "passthrough-function")
    assert single.fix is not None
    assert several.fix is None
