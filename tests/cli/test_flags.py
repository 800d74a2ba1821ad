"""The flags that every command has which reads an architecture."""

from __future__ import annotations

from pathlib import Path

import pytest

READING = {
    "check": (["a.yaml"], "json"),
    "render": (["a.yaml"], "svg"),
    "suggest": (["a.yaml"], "json"),
    "import": (["a.yaml"], "yaml"),
    "graph": (["a.yaml"], "json"),
    "diff": (["a.yaml", "a.yaml"], "json"),
}
"""Each with what it reads and a format that it writes."""

_SHARED = [
    ["--config", "settings.yaml"],
    ["--color", "auto"],
    ["--color", "always"],
    ["--color", "never"],
    ["--quiet"],
    ["-q"],
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "a.yaml").write_text("archlint: 1\nname: A\ncomponents:\n  client: client\n")
    (tmp_path / "settings.yaml").write_text("strict: false\n")
    return tmp_path


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("flag", _SHARED, ids=" ".join)
@pytest.mark.parametrize("command", READING)
def test_every_command_that_reads_has_the_shared_flags(command: str, flag: list[str], run) -> None:
    paths, form = READING[command]
    done = run(command, *paths, "--format", form, "-o", "-", *flag)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("flag", ["--verbose", "-v"])
@pytest.mark.parametrize("command", READING)
def test_every_command_that_reads_tells_what_it_read_if_asked(command: str, flag: str, run) -> None:
    paths, form = READING[command]
    done = run(command, *paths, "--format", form, "-o", "-", flag)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, f"archlint: read {', '.join(paths)}")


@pytest.mark.parametrize("output", ["--output", "-o"])
@pytest.mark.parametrize("command", READING)
def test_every_command_that_reads_writes_to_a_file(command: str, output: str, project: Path, run) -> None:
    paths, form = READING[command]
    printed = run(command, *paths, "--format", form, "-o", "-")
    written = run(command, *paths, "--format", form, output, "out.x")
    assert (written.returncode, written.stdout) == (0, "")
    assert (project / "out.x").read_text() == printed.stdout


@pytest.mark.parametrize("command", READING)
def test_an_unknown_format_is_wrong_usage(command: str, project: Path, run) -> None:
    done = run(command, *READING[command][0], "--format", "jsn", "-o", "out.x")
    assert (done.returncode, done.stdout) == (2, "")
    assert "jsn" in done.stderr
    assert not (project / "out.x").exists()


@pytest.mark.parametrize("command", READING)
def test_the_colour_of_what_is_wrong_is_the_one_asked_for(command: str, project: Path, run) -> None:
    (project / "a.yaml").write_text("archlint: 1\ncomponents: {x: lamda}\n")
    output = ["-o", "out.svg"] if command == "render" else []
    plain, coloured = (run(command, *READING[command][0], *output, "--color", when) for when in ("never", "always"))
    assert (plain.returncode, coloured.returncode) == (2, 2)
    assert "\x1b" not in plain.stderr
    assert "\x1b[" in coloured.stderr


_NOTED = "service: tea\nprovider: {name: aws}\nfunctions:\n  brew:\n    handler: x\n    events:\n      - teapot: {}\n"


@pytest.mark.parametrize("command", READING)
def test_what_was_left_aside_is_told_unless_nothing_is_to_be(command: str, project: Path, run) -> None:
    (project / "a.yaml").write_text(_NOTED)
    output = ["-o", "out.svg"] if command == "render" else []
    told, quiet = (run(command, *READING[command][0], *output, *more) for more in ([], ["--quiet"]))
    assert told.stderr.startswith("note: a.yaml:7:9: ")
    assert quiet.stderr == ""
