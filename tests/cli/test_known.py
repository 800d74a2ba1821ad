"""Findings that were known before: baselines, and git revisions."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

TEA = "archlint: 1\nname: Tea\ncomponents:\n  leaves: sqs\n  brew: lambda\nconnections:\n  - leaves -> brew\n"
MILK = TEA.replace("components:\n", "components:\n  churn: sqs\n") + "  - churn -> brew\n"


@pytest.fixture
def repository(tmp_path: Path):
    def git(*arguments: str) -> None:
        command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
        subprocess.run([*command, *arguments], cwd=tmp_path, check=True, capture_output=True)

    git("init", "-q")
    return git


def test_a_baseline_hides_what_is_in_it_and_nothing_else(run, tmp_path: Path) -> None:
    (tmp_path / "tea.yaml").write_text(TEA)
    done = run("check", "tea.yaml", "--write-baseline", "known.json")
    assert (done.returncode, done.stdout) == (0, "")
    assert "Wrote known.json with" in done.stderr
    text = (tmp_path / "known.json").read_text()
    rows = json.loads(text)["findings"]
    assert [row["rule"] for row in rows] == sorted(row["rule"] for row in rows)
    assert {row["about"] for row in rows} == {"leaves", "leaves -> brew"}
    assert run("check", "tea.yaml", "--baseline", "known.json").returncode == 0
    (tmp_path / "tea.yaml").write_text(f"# a line more\n{MILK}")
    done = run("check", "tea.yaml", "--baseline", "known.json", "--format", "json")
    shown = [row for row in json.loads(done.stdout)["findings"] if not row["suppressed"]]
    assert done.returncode == 1
    assert all("churn" in row["components"] for row in shown)
    (tmp_path / "tea.yaml").write_text(f"# a line more\n{TEA}")
    run("check", "tea.yaml", "--write-baseline", "known.json")
    assert (tmp_path / "known.json").read_text() == text


def test_what_was_known_is_counted_apart_from_what_was_judged(run, tmp_path: Path) -> None:
    judged = TEA.replace("sqs\n", "sqs  # archlint: ignore[queue-without-dlq] a toy\n")
    (tmp_path / "tea.yaml").write_text(judged)
    only = ("check", "tea.yaml", "--select", "queue-without-dlq,batch-without-partial-response")
    run(*only, "--write-baseline", "known.json")
    done = run(*only, "--baseline", "known.json")
    assert done.stdout == "No findings in 2 components in 1 file, 1 known before, 1 suppressed.\n"
    summary = json.loads(run(*only, "--baseline", "known.json", "--format", "json").stdout)["summary"]
    assert summary["suppressed"] == 2
    (tmp_path / "tea.yaml").write_text(TEA)
    run(*only, "--write-baseline", "known.json")
    assert run(*only, "--baseline", "known.json").stdout.endswith(" in 1 file, 2 known before.\n")


def test_a_baseline_that_is_not_there(run, tmp_path: Path) -> None:
    (tmp_path / "tea.yaml").write_text(TEA)
    done = run("check", "tea.yaml", "--baseline", "nope.json")
    assert (done.returncode, done.stderr) == (2, "invalid: there is no such file (nope.json)\n")


def test_stale_entries_are_told_and_fail_a_strict_run(run, tmp_path: Path) -> None:
    (tmp_path / "tea.yaml").write_text(TEA)
    run("check", "tea.yaml", "--write-baseline", "known.json")
    (tmp_path / "tea.yaml").write_text(TEA.replace("  - leaves -> brew\n", "  - brew -> leaves\n"))
    done = run("check", "tea.yaml", "--baseline", "known.json")
    assert done.returncode == 0
    assert "known.json: `queue-without-dlq` of leaves is not found any more" in done.stderr
    assert run("check", "tea.yaml", "--baseline", "known.json", "--strict").returncode == 1


@pytest.mark.parametrize(
    ("flags", "configuration"),
    [
        (("--select", "queue-without-dlq"), ""),
        (("--ignore", "batch-without-partial-response"), ""),
        ((), "ignore: [batch-without-partial-response]\n"),
    ],
)
def test_what_was_not_asked_is_not_stale(run, tmp_path: Path, flags: tuple[str, ...], configuration: str) -> None:
    (tmp_path / "tea.yaml").write_text(TEA)
    run("check", "tea.yaml", "--write-baseline", "known.json")
    (tmp_path / ".archlint.yaml").write_text(configuration)
    done = run("check", "tea.yaml", "--baseline", "known.json", "--strict", *flags)
    assert (done.returncode, done.stderr) == (0, "")
    (tmp_path / "tea.yaml").write_text(
        "archlint: 1\nname: Tea\ncomponents: {brew: {type: lambda, timeout: 5s, entry: true}}\n"
    )
    done = run("check", "tea.yaml", "--baseline", "known.json", "--strict", *flags)
    assert done.returncode == 1
    assert "known.json: `queue-without-dlq` of leaves is not found any more" in done.stderr
    assert "batch-without-partial-response" not in done.stderr
    assert "--write-baseline" not in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "known.json:1:2"),
        ("[]", "this is no baseline"),
        ('{"version": 9, "findings": []}', "of version 9"),
        ('{"version": 1, "findings": [{"rule": "x"}]}', "entry 1 of this baseline"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_baseline_that_is_none(run, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "tea.yaml").write_text(TEA)
    (tmp_path / "known.json").write_text(text)
    done = run("check", "tea.yaml", "--baseline", "known.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert run("check", "tea.yaml", "--baseline", "missing.json").returncode == 2


def test_only_what_is_new_since_a_revision(run, tmp_path: Path, repository) -> None:
    (tmp_path / "tea.yaml").write_text(TEA)
    repository("add", ".")
    repository("commit", "-qm", "x")
    assert run("check", "--changed-from", "HEAD").returncode == 0
    (tmp_path / "tea.yaml").write_text(f"# a line more\n{MILK}")
    done = run("check", "--changed-from", "HEAD", "--format", "json")
    rows = json.loads(done.stdout)["findings"]
    assert done.returncode == 1
    assert all("churn" in row["components"] for row in rows if not row["suppressed"])
    assert {row["suppression"]["kind"] for row in rows if row["suppressed"]} == {"revision"}
    assert json.loads(run("check", "tea.yaml", "--changed-from", "main", "--format", "json").stdout)["findings"] == [
        {**row, "suppression": row["suppression"] and {**row["suppression"], "reason": "was there at main"}}
        for row in rows
    ]


def test_what_was_not_there_or_not_valid_then_is_new(run, tmp_path: Path, repository) -> None:
    (tmp_path / "other.txt").write_text("x")
    repository("add", ".")
    repository("commit", "-qm", "x")
    (tmp_path / "tea.yaml").write_text(TEA)
    assert run("check", "--changed-from", "HEAD").returncode == 1
    (tmp_path / "tea.yaml").write_text(TEA.replace("sqs", "sq"))
    repository("add", ".")
    repository("commit", "-qm", "y")
    (tmp_path / "tea.yaml").write_text(TEA)
    done = run("check", "--changed-from", "HEAD")
    assert done.returncode == 1
    assert "were not valid at HEAD" in done.stderr


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "HEAD:tea.yaml", "-h"])
def test_a_revision_that_is_none(run, tmp_path: Path, repository, revision: str) -> None:
    (tmp_path / "tea.yaml").write_text(TEA)
    repository("add", ".")
    repository("commit", "-qm", "x")
    done = run("check", f"--changed-from={revision}")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"git knows no revision `{revision}`" in done.stderr
    assert not (tmp_path / "x").exists()


def test_outside_of_git(run, tmp_path: Path) -> None:
    (tmp_path / "tea.yaml").write_text(TEA)
    done = run("check", "tea.yaml", "--changed-from", "HEAD", GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    assert (done.returncode, "not a git repository" in done.stderr) == (2, True)
