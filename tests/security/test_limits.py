"""How much an input may be: each limit with its own message and key, which a project cannot raise by itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from archlint.source import Limits

HEAD = "archlint: 1\nname: A\n"
BOMB = "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
LIMITS = {
    "bytes": (100, {"a.yaml": f"{HEAD}components: {{q: sqs}}\n# {'x' * 200}\n"}, "larger than 100 bytes"),
    "depth": (9, {"a.yaml": f"{HEAD}description: {'[' * 20}{']' * 20}\n&x a: 1\nb: *x\n"}, "more than 9 levels deep"),
    "nodes": (1000, {"a.yaml": f"{HEAD}a: &a [x]\n{BOMB}"}, "expand to more than 1,000 nodes"),
    "files": (2, {f"{name}.yaml": f"{HEAD}components: {{{name}: sqs}}\n" for name in "abc"}, "more than 2 files"),
    "components": (2, {"a.yaml": f"{HEAD}components: {{a: sqs, b: sqs, c: sqs}}\n"}, "more than 2 components"),
    "connections": (
        20,
        {
            "a.yaml": f"{HEAD}components: {{a: lambda}}\nconnections:\n  - {', '.join('a' * 9)} -> {', '.join('a' * 9)}\n"
        },
        "more than 20 connections",
    ),
}


@pytest.fixture
def run(archlint_command, tmp_path: Path):
    (tmp_path / ".git").mkdir()

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [*archlint_command, "check", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)

    return call


@pytest.mark.parametrize("name", LIMITS)
def test_each_limit_has_its_own_message_and_key(run, tmp_path: Path, name: str) -> None:
    most, files, said = LIMITS[name]
    for file, text in files.items():
        (tmp_path / file).write_text(text)
    (tmp_path / ".archlint.yaml").write_text(f"limits: {{{name}: {most}}}\n")
    done = run(".")
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr


def test_connections_of_code_are_counted(run, tmp_path: Path) -> None:
    role = "{Type: 'AWS::IAM::Role', Properties: {Policies: [{PolicyDocument: {Statement: [{Effect: Allow, Action: 'sqs:SendMessage', Resource: '*'}]}}]}}"
    lines = ["Resources:", f"  Role: {role}", *(f"  Q{number}: {{Type: 'AWS::SQS::Queue'}}" for number in range(5))]
    lines += [f"  F{n}: {{Type: 'AWS::Lambda::Function', Properties: {{Role: !GetAtt Role.Arn}}}}" for n in range(5)]
    (tmp_path / "t.yaml").write_text("\n".join(lines))
    (tmp_path / ".archlint.yaml").write_text("limits: {connections: 20}\n")
    done = run("t.yaml")
    assert (done.returncode, "there are more than 20 connections" in done.stderr) == (2, True), done.stderr


@pytest.mark.parametrize("name", LIMITS)
def test_a_project_can_raise_a_limit_by_itself_only_so_far(run, tmp_path: Path, name: str) -> None:
    (tmp_path / "a.yaml").write_text(f"{HEAD}components: {{q: sqs}}\n")
    raised = 1_001 if name == "depth" else 1_000_000_000_000
    (tmp_path / ".archlint.yaml").write_text(f"limits: {{{name}: {raised}}}\n")
    done = run("a.yaml")
    assert done.returncode == 2
    assert f"the limit `{name}` cannot be raised so far here" in done.stderr
    (tmp_path / ".archlint.yaml").rename(tmp_path / "ours.yaml")
    assert run("a.yaml", "--config", "ours.yaml", "--fail-on", "never").returncode == (2 if name == "depth" else 0)
    (tmp_path / ".archlint.yaml").write_text(f"limits: {{{name}: {double(name)}}}\n")
    assert run("a.yaml", "--fail-on", "never").returncode == 0


def double(name: str) -> int:
    return 2 * getattr(Limits(), name)


def test_nesting_has_an_end_for_everybody(run, tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text("limits: {depth: 201}\n")
    assert "at most 200" in run("-", "--config", "ours.yaml").stderr


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_told_and_no_traceback(run, tmp_path: Path, opening: str) -> None:
    (tmp_path / "a.yaml").write_text(f"{HEAD}description: \n  {opening * 5000}\n")
    (tmp_path / "t.yaml").write_text(f"Resources:\n  {opening * 5000}\n")
    for file in ("a.yaml", "t.yaml"):
        assert run(file).returncode == 2


BOMBS = {
    "count": ("main.tf", 'resource "aws_sqs_queue" "q" { count = 1000000000 }\n'),
    "range": ("main.tf", 'resource "aws_sqs_queue" "q" { for_each = toset(setproduct(range(9999), range(9999))) }\n'),
    "text": (
        "main.tf",
        'locals {\n  a0 = "xxxx"\n'
        + "".join(f'  a{n + 1} = "${{local.a{n}}}${{local.a{n}}}"\n' for n in range(40))
        + '}\nresource "aws_sqs_queue" "q" { name = local.a40 }\n',
    ),
    "variable": (
        "serverless.yml",
        "service: a\nprovider: {name: aws}\ncustom:\n  a0: xxxx\n"
        + "".join(f"  a{n + 1}: ${{self:custom.a{n}}}${{self:custom.a{n}}}\n" for n in range(40))
        + "functions: {f: {handler: a.b, name: '${self:custom.a40}'}}\n",
    ),
    "list": ("a.yaml", f"{HEAD}components: {{a: lambda}}\nconnections:\n  - {'a, ' * 9000}a -> {'a, ' * 9000}a\n"),
}


@pytest.mark.skipif(sys.platform != "linux", reason="the bound of memory is that of Linux")
@pytest.mark.parametrize("name", BOMBS)
def test_few_words_do_not_become_much(archlint_command, tmp_path: Path, name: str) -> None:
    file, text = BOMBS[name]
    (tmp_path / file).write_text(text)
    bounded = "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_DATA, (2**29,) * 2); "
    bounded += "resource.setrlimit(resource.RLIMIT_CPU, (20, 20)); sys.argv[0] = 'archlint'; "
    bounded += "runpy.run_module('archlint', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-P", "-c", bounded, "graph", "."], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode in {0, 2}, done.stderr
