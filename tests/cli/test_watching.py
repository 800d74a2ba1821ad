"""Drawing again whenever a file changes."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from archlint.cli import watching
from archlint.cli.watching import follow
from archlint.model import InputError

MAIN = "archlint: 1\nname: A\ninclude: [parts/more.yaml]\ncomponents: {c: client}\n"
PART = "archlint: 1\nname: B\ncomponents: {f: lambda}\n"


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_PAUSE", 0.02)
    monkeypatch.setattr(watching, "_RETRY", 0.1)


def touched(file: Path, text: str) -> None:
    file.write_text(text)
    os.utime(file, ns=(time.time_ns(), time.time_ns() + 10_000_000_000 * len(text)))


def test_an_include_is_followed_and_a_broken_save_is_told_once(tmp_path: Path) -> None:
    main, part = tmp_path / "a.yaml", tmp_path / "parts/more.yaml"
    part.parent.mkdir()
    main.write_text(MAIN)
    part.write_text(PART)
    found = follow([str(main)], None)

    def ids() -> list[str]:
        inputs = next(found)
        assert not isinstance(inputs, InputError)
        return [component.id for component in inputs.reading.architecture.components]

    assert sorted(ids()) == ["c", "f"]
    touched(part, PART.replace("f:", "g:"))
    assert sorted(ids()) == ["c", "g"]
    touched(part, PART.replace("lambda", "lamda"))
    assert isinstance(next(found), InputError)
    touched(part, PART)
    assert sorted(ids()) == ["c", "f"]


def test_what_was_missing_is_found_when_it_comes(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(MAIN)
    found = follow([str(tmp_path / "a.yaml")], None)
    assert isinstance(next(found), InputError)
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts/more.yaml").write_text(PART)
    assert not isinstance(next(found), InputError)


def test_a_new_file_in_a_folder_is_a_change(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("archlint: 1\nname: A\ncomponents: {c: client}\n")
    found = follow([str(tmp_path)], None)
    next(found)
    (tmp_path / "b.yaml").write_text("archlint: 1\nname: B\nservices: {s: {components: {f: lambda}}}\n")
    inputs = next(found)
    assert not isinstance(inputs, InputError)
    assert len(inputs.reading.documents) == 2


def test_render_watch_draws_again_and_keeps_the_last_good_picture(archlint_command, tmp_path: Path) -> None:
    file, picture = tmp_path / "a.yaml", tmp_path / "a.json"
    file.write_text("archlint: 1\nname: A\ncomponents: {c: client}\n")
    with subprocess.Popen(
        [*archlint_command, "render", "--watch", str(file), "-o", str(picture)], stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == f"Wrote {picture}.\n"
        first = picture.read_bytes()
        touched(file, "archlint: 1\nname: A\ncomponents: {c: clint}\n")
        assert "unknown component type" in process.stderr.readline()
        assert picture.read_bytes() == first
        touched(file, "archlint: 1\nname: Another\ncomponents: {c: client}\n")
        while "Wrote" not in process.stderr.readline():
            pass
        assert b"Another" in picture.read_bytes()
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
