"""A long run says on a terminal what it is doing, and leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

import pytest

from archlint.cli.progress import stage

pty = pytest.importorskip("pty", reason="the system has no terminals of its own")

IMPATIENT = "from archlint.cli import main, progress; progress.AFTER = 0.01; main()"
MANY = "archlint: 1\nname: Many\ncomponents:\n" + "".join(f"  q{n}: sqs\n" for n in range(3_000))


def seen(arguments: Sequence[str], folder: Path, **environment: str) -> str:
    """What a terminal is sent by a command that has no patience."""
    (folder / "many.yaml").write_text(MANY)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", IMPATIENT, *arguments]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=theirs, env={**os.environ, "TERM": "xterm", **environment}
    ) as process:
        os.close(theirs)
        process.communicate()
    found = b""
    try:
        while part := os.read(ours, 4096):
            found += part
    except OSError:  # the other end is closed, as Linux tells it
        pass
    os.close(ours)
    return found.decode()


CHECK = ("check", "many.yaml", "--fail-on", "never")


def test_a_long_run_says_what_it_is_doing_and_takes_it_back(tmp_path: Path) -> None:
    text = seen(CHECK, tmp_path)
    assert "\r\x1b[Karchlint: " in text
    assert any(
        f"archlint: {word}, " in text for word in ("reading", "asking the rules", "writing the report", "working")
    )
    assert text.endswith("\r\x1b[K")


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [((*CHECK, "--quiet"), {}), ((*CHECK, "-q"), {}), (CHECK, {"TERM": "dumb"})],
)
def test_nothing_is_said_to_whoever_wants_nothing(arguments, environment, tmp_path: Path) -> None:
    assert not seen(arguments, tmp_path, **environment)


def test_what_was_called_first_says_best_what_is_done() -> None:
    frames: list[FrameType | None] = []
    search = {"__name__": "archlint.search.search", "frames": frames, "sys": sys}
    exec("def look(): frames.append(sys._getframe())", search)  # noqa: S102  a module of that name
    lint = {"__name__": "archlint.lint.check", "look": search["look"]}
    exec("def check(): look()", lint)  # noqa: S102
    lint["check"]()
    search["look"]()
    assert [stage(frame) for frame in frames] == ["asking the rules", "working"]
    assert stage(None) == "working"
