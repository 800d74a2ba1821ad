"""Where a result is written to."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from archlint.cli.writing import write_file


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    file.write_text("an older and longer text")
    write_file(file, b"new")
    assert (file.read_text(), [path.name for path in tmp_path.iterdir()]) == ("new", ["out.json"])


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "out.json"
    link.symlink_to(tmp_path / "there" / "kept.json")
    write_file(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "there" / "kept.json").read_text() == "new"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_a_named_pipe_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_file(pipe, b"through")
    reader.join(timeout=10)
    assert (read, pipe.is_fifo()) == ([b"through"], True)


@pytest.mark.skipif(sys.platform == "win32", reason="a device of other systems")
def test_a_device_stays_a_device() -> None:
    write_file(Path(os.devnull), b"gone")
    assert not Path(os.devnull).is_file()
