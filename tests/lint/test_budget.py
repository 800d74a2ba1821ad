"""No rule looks for ever: it is given up, what it has found by then is told, and that it was given up too."""

from __future__ import annotations

import time

import pytest

from archlint.cli.main import run
from archlint.importers import read_text
from archlint.lint import LintSettings, check
from archlint.rulebook import load
from archlint.search import steps_for

_RULE = """\
id: any-three
title: Any three functions
severity: warning
why: It asks for every three of them.
roles: {one: lambda, other: lambda, third: lambda}
when: one.timeout < other.timeout + third.timeout
at: one
message: "{one}, {other} and {third}"
"""


@pytest.fixture
def own(tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "any-three.yaml").write_text(_RULE)
    (tmp_path / ".archlint.yaml").write_text("rules: [rules]\n")
    return tmp_path


def _functions(count: int) -> str:
    names = "".join(f"  f{n}: lambda\n" for n in range(count))
    return f"archlint: 1\nname: Many\ncomponents:\n{names}"


def test_a_rule_with_too_many_ways_is_given_up_in_time(own) -> None:
    architecture = read_text(_functions(300)).architecture
    start = time.process_time()
    checked = check(architecture, load([own / "rules"]), LintSettings(select=frozenset({"any-three"})))
    assert checked.unfinished == ("any-three",)
    assert checked.findings
    assert time.process_time() - start < 60


def test_what_is_small_is_asked_to_its_end(own) -> None:
    architecture = read_text(_functions(20)).architecture
    checked = check(architecture, load([own / "rules"]), LintSettings(select=frozenset({"any-three"})))
    assert (checked.unfinished, len(checked.findings)) == ((), 20)


def test_the_budget_grows_with_the_architecture() -> None:
    small, large = (steps_for(read_text(_functions(count)).architecture) for count in (1, 1_001))
    assert large - small == 100_000


def test_a_rule_that_is_given_up_is_told(own, monkeypatch, capsys) -> None:
    (own / "a.yaml").write_text(_functions(40))
    monkeypatch.chdir(own)
    monkeypatch.setattr("archlint.search.budget._LEAST", 5_000)
    monkeypatch.setattr("archlint.search.budget._OF_EACH", 0)
    assert run(["check", "a.yaml", "--select", "any-three", "--quiet"]) == 0
    assert "`any-three` was given up" in capsys.readouterr().err
