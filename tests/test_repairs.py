"""What the fixes of the rules make of every example: clean, once and for all, with the user's own words kept."""

from __future__ import annotations

import re

import pytest

from archlint.fix import edited_texts
from archlint.importers import read_text
from archlint.lint import LintSettings, check
from archlint.proving.repair import repaired
from archlint.repair import repair
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


PARALLEL = """\
archlint: 1
name: Parallel
components:
  api: http_api
  f: lambda
connections:
  - api => f: {route: GET /a, timeout: 5s}
  - api => f: {route: GET /b, timeout: 40s}
"""


def test_no_fix_speaks_of_a_connection_that_another_one_is_called_like() -> None:
    (finding,) = found(PARALLEL, "invalid-api-timeout")
    assert finding.fix is None
    alone = PARALLEL.replace("  - api => f: {route: GET /a, timeout: 5s}\n", "")
    (finding,) = found(alone, "invalid-api-timeout")
    assert finding.fix is not None


SHARED_DEAD_LETTERS = """\
archlint: 1
name: Shared
components:
  a: sqs
  b: {type: sqs, fifo: true}
  dead: sqs
connections:
  - a !> dead
  - b !> dead
"""


def test_a_fix_that_was_refused_is_not_offered_again() -> None:
    reading = read_text(SHARED_DEAD_LETTERS, path="a.yaml")
    settings = LintSettings(select=frozenset({"dlq-type-mismatch"}))

    def lint(reading):
        return check(reading.architecture, RULEBOOK, settings).findings

    outcome = repair(reading, lint(reading), lint, unsafe=True)
    assert [one.why for one in outcome.refused] == ["it would bring a new error: dlq-type-mismatch"]
    assert [finding.fix for finding in outcome.findings] == [None]


def test_a_function_with_several_routes_is_not_replaced_by_one() -> None:
    text = "archlint: 1\nname: t\ncomponents: {api: http_api, f: {type: lambda, logic: none}, q: sqs}\nconnections:\n"
    one, two = "  - api => f: {route: GET /a}\n", "  - api => f: {route: GET /b}\n"
    [single] = found(f"{text}{one}  - f -> q\n", "passthrough-function")
    [several] = found(f"{text}{one}{two}  - f -> q\n", "passthrough-function")
    assert single.fix is not None
    assert several.fix is None
