"""Two processes find what one finds."""

from __future__ import annotations

import importlib
import os
import sys
import threading

import pytest
from bench.architectures import architecture

from archlint.importers import read_text
from archlint.lint import check, sharing

CHECKING = importlib.import_module("archlint.lint.check")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forking is safe on Linux alone")

_EXTRA = """\
  odd:
    components:
      work: {type: lambda, timeout: unknown}
      jobs: {type: sqs, visibility_timeout: 30s}
    connections:
      - jobs -> work: {batch_size: 10}
components:
"""


@pytest.fixture(scope="module")
def found():
    return read_text(architecture(60).replace("components:\n  client", _EXTRA + "  client", 1)).architecture


@pytest.fixture
def shared(monkeypatch):
    """Shares the work of any architecture, and counts how often."""
    calls = []
    whole = sharing.asked_by_two

    def asked(*arguments):
        calls.append(arguments)
        return whole(*arguments)

    monkeypatch.setattr(CHECKING, "LARGE", 0)
    monkeypatch.setattr(sharing, "can_share", lambda: True)
    monkeypatch.setattr(sharing, "asked_by_two", asked)
    return calls


def test_findings_are_the_same_however_the_work_is_shared(found, rulebook, shared, monkeypatch) -> None:
    by_two = check(found, rulebook).findings
    assert shared
    monkeypatch.setattr(CHECKING, "LARGE", sys.maxsize)
    alone = check(found, rulebook).findings
    assert by_two == alone
    assert len(alone) > 10
    assert all(one.component is other.component for one, other in zip(by_two, alone, strict=True))


def test_a_child_that_fails_is_made_up_for(found, rulebook, shared, monkeypatch) -> None:
    parent = os.getpid()
    ask = sharing.answers

    def failing(turns, each):
        if os.getpid() != parent:
            os.read(turns, 2)
            raise MemoryError
        return ask(turns, each)

    monkeypatch.setattr(sharing, "answers", failing)
    by_two = check(found, rulebook).findings
    monkeypatch.setattr(CHECKING, "LARGE", sys.maxsize)
    assert by_two == check(found, rulebook).findings


def test_no_child_is_left_when_asking_is_interrupted(found, rulebook, shared, monkeypatch) -> None:
    parent = os.getpid()
    answers = sharing.answers

    def interrupted(turns, ask):
        if os.getpid() == parent:
            raise KeyboardInterrupt
        return answers(turns, ask)

    monkeypatch.setattr(sharing, "answers", interrupted)
    with pytest.raises(KeyboardInterrupt):
        check(found, rulebook)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_process_with_threads_is_not_forked(monkeypatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert not sharing.can_share()
