"""The command lines that are read without typer: as typer reads them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archlint.cli import checking
from archlint.cli.app import COMMANDS, app
from archlint.cli.main import run
from archlint.cli.quick import FILES, SWITCHES, TEXTS, WORDS, quick_check

_VALUES = st.sampled_from(["text", "json", "error", "never", "always", "a,b", "x.yaml", "-", "", "-x", "ä b"])
_FLAGS = st.sampled_from([*TEXTS, *FILES, *SWITCHES, *WORDS, "--", "-qv", "--help-me", "--outpu"])
_ARGUMENT = st.one_of(
    _FLAGS.map(lambda flag: [flag]),
    st.tuples(_FLAGS, _VALUES).map(list),
    st.tuples(_FLAGS, _VALUES).map(lambda pair: ["=".join(pair)]),
    _VALUES.map(lambda value: [value]),
)


def _read_by_typer(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> checking.Wanted:
    read: list[checking.Wanted] = []
    monkeypatch.setattr(checking, "run", lambda wanted: read.append(wanted) or 0)
    app(args=["check", *arguments], prog_name="archlint", standalone_mode=False)
    return read[0]


@given(st.lists(_ARGUMENT, max_size=4).map(lambda parts: [word for part in parts for word in part]))
@settings(max_examples=400, deadline=None)
def test_what_is_read_quickly_is_what_typer_reads(arguments: list[str]) -> None:
    wanted = quick_check(arguments)
    if wanted is not None:
        with pytest.MonkeyPatch.context() as monkeypatch:
            assert wanted == _read_by_typer(arguments, monkeypatch)


@pytest.mark.parametrize("flag", [*TEXTS, *FILES, *WORDS])
def test_every_listed_flag_is_read_quickly(flag: str) -> None:
    value = next(iter(WORDS[flag])) if flag in WORDS else "one"
    assert quick_check([flag, value, "a.yaml"]) is not None
    assert quick_check([flag]) is None


@pytest.mark.parametrize("switch", SWITCHES)
def test_every_listed_switch_is_read_quickly(switch: str) -> None:
    assert quick_check(["a.yaml", switch]) is not None


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--fail-on", "sometimes"], ["--no-such"], ["--", "a"], ["-qv"], ["--show-settings"]]
)
def test_what_is_not_listed_is_left_to_typer(arguments: list[str]) -> None:
    assert quick_check(arguments) is None


def test_wildcards_are_typers_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    assert quick_check(["*.yaml"]) is not None
    monkeypatch.setattr("archlint.cli.quick.os.name", "nt")
    assert quick_check(["*.yaml"]) is None


def test_the_version_is_what_typer_prints(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    quickly = capsys.readouterr().out
    app(args=["--version"], prog_name="archlint", standalone_mode=False)
    assert capsys.readouterr().out == quickly


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_where_it_is_said_to_be(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    app(args=[name, "--help"], prog_name="archlint", standalone_mode=False)
    assert f"Usage: archlint {name}" in capsys.readouterr().out


def test_the_list_of_commands_fits_a_terminal() -> None:
    assert all(len(place.summary) <= 66 for place in COMMANDS.values())


_CLEAN = """\
archlint: 1
name: Clean
components:
  client: client
  api: {type: http_api, auth: jwt, throttle: {rate: 40, burst: 80}}
  fn: {type: lambda, timeout: 10s}
connections:
  - client => api => fn
"""
_TEMPLATE = """\
AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Resources:
  Table:
    Type: AWS::Serverless::SimpleTable
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
"""
_SERVERLESS = """\
service: orders
provider: {name: aws, runtime: python3.12, logRetentionInDays: 14}
functions:
  work: {handler: work.run}
"""
_TERRAFORM = 'resource "aws_sns_topic" "news" {\n  name = "news"\n}\n'

HEAVY = frozenset(
    {
        "PIL",
        "asyncio",
        "click",
        "concurrent",
        "dataclasses",
        "diagrams",
        "email",
        "graphviz",
        "hashlib",
        "http",
        "importlib.metadata",
        "inspect",
        "jsonschema",
        "logging",
        "multiprocessing",
        "networkx",
        "pathspec",
        "pickle",
        "pygraphviz",
        "random",
        "referencing",
        "reportlab",
        "resvg",
        "rich",
        "shutil",
        "socket",
        "sqlite3",
        "ssl",
        "subprocess",
        "tempfile",
        "threading",
        "tree_sitter",
        "typer",
        "typing_extensions",
        "urllib.request",
        "xml",
    }
)
"""What nothing on the way to "no findings" may import: each costs a noticeable part of the whole run."""

_CASES = {
    "a.yaml": (_CLEAN, frozenset()),
    "template.yaml": (_TEMPLATE, frozenset()),
    "serverless.yml": (_SERVERLESS, frozenset()),
    "main.tf": (_TERRAFORM, frozenset({"tree_sitter"})),
}
"""Files with the heavy modules that nobody could read them without."""


@pytest.mark.parametrize("name", _CASES)
def test_nothing_heavy_is_imported_where_all_is_well(name: str, tmp_path: Path) -> None:
    text, allowed = _CASES[name]
    (tmp_path / name).write_text(text)
    code = (
        "import sys; from archlint.cli.main import run; code = run(sys.argv[1:]); "
        "print(*sys.modules, file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [
            sys.executable,
            "-S",
            "-c",
            f"import sys; sys.path[:0] = {sys.path!r}; {code}",
            "check",
            name,
            "--ignore",
            "orphan-component",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "No findings" in done.stdout
    assert not (HEAVY - allowed).intersection(done.stderr.split())
