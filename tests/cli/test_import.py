"""``archlint import`` as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

TEA = "archlint: 1\nname: Tea\ncomponents: {leaves: sqs, brew: lambda}\nconnections: [leaves -> brew]\n"


@pytest.fixture
def run(archlint_command, tmp_path):
    def call(*arguments: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
        command = [*archlint_command, *arguments]
        return subprocess.run(command, cwd=tmp_path, input=text, capture_output=True, text=True, check=False)

    return call


def without_places(text: str):
    data = json.loads(text)
    for element in (*data["components"], *data["connections"]):
        del element["location"]
    data["services"].sort()
    data["components"].sort(key=lambda found: found["id"])
    data["connections"].sort(key=str)
    return data


def test_an_import_has_the_graph_of_its_input(run, tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / "examples/orders.yaml"
    written = run("import", str(example)).stdout
    assert without_places(run("graph", "-", text=written).stdout) == without_places(run("graph", str(example)).stdout)


def test_an_import_goes_to_a_new_file_only(run, tmp_path: Path) -> None:
    (tmp_path / "tea.yaml").write_text(TEA)
    done = run("import", "tea.yaml", "-o", "out.yaml")
    assert (done.returncode, done.stdout) == (0, "")
    assert (
        (tmp_path / "out.yaml").read_text().startswith("# Written by `archlint import` from tea.yaml.\narchlint: 1\n")
    )
    (tmp_path / "out.yaml").write_text("mine")
    done = run("import", "tea.yaml", "-o", "out.yaml")
    assert done.returncode == 2
    assert "this file is there already (out.yaml)" in done.stderr
    assert (tmp_path / "out.yaml").read_text() == "mine"
    assert run("import", "tea.yaml", "-o", "out.yaml", "--force", "-q").stderr == ""
    assert "name: Tea" in (tmp_path / "out.yaml").read_text()


def test_a_pipe_is_written_to_and_not_replaced(run, tmp_path: Path) -> None:
    (tmp_path / "tea.yaml").write_text(TEA)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert run("import", "tea.yaml", "-o", "pipe", "--force").returncode == 0
    assert os.read(reader, 10_000).startswith(b"# Written by")
    assert pipe.is_fifo()


def test_an_import_of_something_invalid_writes_nothing(run, tmp_path: Path) -> None:
    (tmp_path / "tea.yaml").write_text(TEA.replace("lambda", "lamda"))
    done = run("import", "tea.yaml", "-o", "out.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert not (tmp_path / "out.yaml").exists()
