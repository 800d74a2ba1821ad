"""A few hundred inputs for every target, the same ones each time; `run.py` gives them millions."""

from __future__ import annotations

import ast
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fuzz.engine import MEGABYTES, fuzz_plain
from fuzz.guarding import scratch
from fuzz.target import CRASHES, BrokenError, Target, targets

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the bounds of a child are those of Linux")
RUN = Path(__file__).with_name("run.py")
SECONDS = 20


@pytest.mark.parametrize("name", sorted(targets()))
def test_no_input_breaks(name: str) -> None:
    target = targets()[name]
    outcome = fuzz_plain(target, target.quick, seed=1, until=time.time() + SECONDS)
    assert not outcome.crash, outcome.why
    assert outcome.runs > 0


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Fuzzes a function that does not hold, and gives the outcome."""
    monkeypatch.setattr("fuzz.engine.CRASHES", tmp_path)

    def fuzz(run):
        return fuzz_plain(Target("broken", run), 50, seed=1, until=time.time() + 60)

    return fuzz


def _raises(data: bytes) -> None:
    if data:
        raise ValueError("boom")


def _hangs(_data: bytes) -> None:
    while True:
        pass


def _grows(_data: bytes) -> None:
    bytearray(MEGABYTES << 20)


def _reads(_data: bytes) -> None:
    with scratch():
        Path("/etc/hostname").exists()
        Path("/etc/passwd").read_bytes()


def _starts(_data: bytes) -> None:
    with scratch():
        subprocess.run(["true"], check=False)


@pytest.mark.parametrize(
    ("run", "why"),
    [
        (_raises, "ValueError: boom"),
        (_grows, "MemoryError"),
        (_reads, "opened '/etc/passwd'"),
        (_starts, "subprocess.Popen"),
    ],
)
def test_what_is_broken_is_found_and_kept(broken, tmp_path: Path, run, why: str) -> None:
    outcome = broken(run)
    assert why in outcome.why
    assert [str(file) for file in tmp_path.iterdir()] == [outcome.crash]


def test_what_hangs_is_ended(broken, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fuzz.engine.bounded.__wrapped__.__defaults__", (1,))
    assert "signal" in broken(_hangs).why


def test_the_guard_sees_nothing_afterwards() -> None:
    with pytest.raises(BrokenError, match="opened"), scratch():
        Path("/etc/passwd").read_bytes()
    assert Path("/etc/passwd").read_bytes()


def test_the_command_tells_the_engine_and_ends_with_zero() -> None:
    done = subprocess.run(
        [sys.executable, str(RUN), "--engine", "plain", "--target", "expression", "--runs", "50"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.split()[:3]) == (0, ["expression", "50", "runs"])


def test_no_crash_lies_about() -> None:
    assert not [*CRASHES.glob("*")] if CRASHES.is_dir() else True


def test_every_module_of_targets_is_found() -> None:
    for file in (RUN.parent / "targets").glob("[a-z]*.py"):
        names = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Name)]
        assert any(node.id == "TARGETS" for node in names)
