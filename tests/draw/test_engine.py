"""Graphviz runs elsewhere, and what goes wrong there is said here."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from archlint.draw import DrawingError, engine
from archlint.draw.engine import run_dot


def test_several_graphs_are_laid_out_in_order() -> None:
    answers = run_dot(["digraph {\na;\n}", "digraph {\nb -> c;\n}"])
    assert [{thing["name"] for thing in answer["objects"]} for answer in answers] == [{"a"}, {"b", "c"}]


def test_an_abort_of_graphviz_is_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    command = [sys.executable, "-c", "import os; os.abort()"]
    monkeypatch.setattr(engine, "_commands", lambda: [("pygraphviz", command)])
    with pytest.raises(DrawingError, match="no Graphviz can be run"):
        run_dot(["digraph {\na;\n}"])


def test_a_graph_that_ends_the_process_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    code = """import os, sys
for line in sys.stdin:
    if "bad" in line:
        os.abort()
    print('{"name": "%s"}' % line.strip(), flush=True)
"""
    monkeypatch.setattr(engine, "_commands", lambda: [("pygraphviz", [sys.executable, "-c", code])])
    for graphs in (["bad", "a", "b"], ["a", "bad", "b"], ["a", "b", "bad"]):
        assert [answer["name"] for answer in run_dot(graphs)] == ["a", "b"]


def test_a_dot_program_stands_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "dot"
    program.write_text(f'#!{sys.executable}\nprint(\'{{"bb": "0,0,1,1"}}\')\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "missing"))
    assert run_dot(["digraph {\n}"]) == [{"bb": "0,0,1,1"}]


def test_too_long_a_layout_is_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr(engine, "_commands", lambda: [("pygraphviz", command)])
    monkeypatch.setattr(engine, "_SECONDS", 0.2)
    with pytest.raises(DrawingError, match="draw a part of the architecture"):
        run_dot(["digraph {\na;\n}"])
