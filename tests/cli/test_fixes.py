"""Fixes in the user's files: what they keep, what they refuse, and that nothing is ever lost."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from archlint.cli.writing import Rewrite, rewrite_files
from archlint.model import InputError

TEA = """\
archlint: 1
name: Tea   # green
components:
  leaves: sqs   # from the hill

  brew: {type: lambda, timeout: 10s}
connections:
  - leaves -> brew    # by hand
"""
SELECT = ("--select", "queue-without-dlq,visibility-timeout-too-short,batch-without-partial-response")


def test_safe_fixes_keep_everything_else(run, tmp_path: Path) -> None:
    file = tmp_path / "tea.yaml"
    file.write_text(TEA)
    done = run("check", "tea.yaml", "--fix", *SELECT)
    assert done.returncode == 0
    assert (
        file.read_text()
        == TEA.replace("leaves: sqs ", "leaves: {type: sqs, visibility_timeout: 1m} ").replace(
            "10s}\n",
            "10s}\n"
            "  leaves-dead: {type: sqs, retention: 14d}\n"
            "  leaves-dead-depth: {type: cloudwatch_alarm, metric: ApproximateNumberOfMessagesVisible}\n",
        )
        + "  - leaves !redrive!> leaves-dead: {max_receives: 5}\n"
        "  - leaves-dead-depth -observe-> leaves-dead\n"
    )
    assert "Fixed 2 findings. Found 1 warning" in done.stdout
    assert json.loads(run("check", "--fix", "--format", "json", *SELECT).stdout)["summary"]["fixed"] == 0


def test_unsafe_fixes_are_made_when_asked_for_and_twice_changes_nothing(run, tmp_path: Path) -> None:
    file = tmp_path / "tea.yaml"
    file.write_text(TEA)
    assert run("check", "--unsafe-fixes", *SELECT).stdout.startswith("Fixed 3 findings. No findings in")
    once = file.read_text()
    assert "report_batch_item_failures: true" in once
    run("check", "--unsafe-fixes", *SELECT)
    assert file.read_text() == once


def test_the_difference_is_what_would_be_written(run, tmp_path: Path) -> None:
    file = tmp_path / "tea.yaml"
    file.write_text(TEA)
    done = run("check", "--diff", "--unsafe-fixes", *SELECT)
    assert (file.read_text(), done.returncode, done.stderr) == (TEA, 1, "Would fix 3 findings.\n")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "apply"], input=done.stdout, text=True, cwd=tmp_path, check=True)
    patched = file.read_text()
    file.write_text(TEA)
    run("check", "--unsafe-fixes", *SELECT)
    assert file.read_text() == patched


@pytest.mark.parametrize(("newline", "mark"), [("\r\n", b""), ("\n", b"\xef\xbb\xbf"), ("\r\n", b"\xef\xbb\xbf")])
def test_line_ends_and_byte_order_mark_stay(run, tmp_path: Path, newline: str, mark: bytes) -> None:
    file = tmp_path / "tea.yaml"
    file.write_bytes(mark + TEA.replace("\n", newline).encode())
    run("check", "--fix", *SELECT)
    data = file.read_bytes()
    assert data.startswith(mark + b"archlint")
    assert b"leaves-dead" in data
    assert data.count(b"\n") == data.count(newline.encode())


def test_permissions_stay_and_nothing_lies_about(run, tmp_path: Path) -> None:
    file = tmp_path / "tea.yaml"
    file.write_text(TEA)
    file.chmod(0o640)
    run("check", "--fix")
    assert file.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["tea.yaml"]


def test_each_file_gets_its_own_part(run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "archlint: 1\nname: A\ninclude: [b.yaml]\nservices:\n  one:\n    components:\n      f: {type: lambda, timeout: 10s}\n    connections:\n      - two.q -> f\n"
    )
    (tmp_path / "b.yaml").write_text("archlint: 1\nname: B\nservices:\n  two:\n    components:\n      q: sqs  # ours\n")
    before = (tmp_path / "a.yaml").read_text()
    assert run("check", "a.yaml", "--fix", "--select", "queue-without-dlq,visibility-timeout-too-short").returncode == 0
    assert (tmp_path / "a.yaml").read_text() == before
    assert (tmp_path / "b.yaml").read_text() == (
        "archlint: 1\nname: B\nservices:\n  two:\n    components:\n      q: {type: sqs, visibility_timeout: 1m}  # ours\n"
        "      q-dead: {type: sqs, retention: 14d}\n"
        "      q-dead-depth: {type: cloudwatch_alarm, metric: ApproximateNumberOfMessagesVisible}\n"
        "    connections:\n      - q !redrive!> q-dead: {max_receives: 5}\n      - q-dead-depth -observe-> q-dead\n"
    )


def test_suppressed_findings_are_not_fixed(run, tmp_path: Path) -> None:
    file = tmp_path / "tea.yaml"
    text = TEA.replace("# from the hill", "# archlint: ignore[queue-without-dlq] a toy")
    file.write_text(text)
    assert run("check", "--fix", "--select", "queue-without-dlq").returncode == 0
    assert file.read_text() == text


def test_a_fix_that_does_not_help_at_first_is_tried_again_when_the_text_has_changed(run, tmp_path: Path) -> None:
    """`draw` waits for `file`: that can be mended only after `measure`, which waits for `draw`, has been."""
    file = tmp_path / "survey.yaml"
    file.write_text(
        "archlint: 1\nname: A\ncomponents:\n  a: client\n  measure: {type: lambda, timeout: 30s}\n"
        "  draw: {type: lambda, timeout: 30s}\n  file: {type: lambda, timeout: 30s}\n"
        "connections:\n  - a => measure => draw => file\n"
    )
    run("--unsafe-fixes", "--fail-on", "never", "survey.yaml")
    once = file.read_bytes()
    run("--unsafe-fixes", "--fail-on", "never", "survey.yaml")
    assert file.read_bytes() == once


def test_standard_input_is_not_fixed_in_place(run) -> None:
    done = run("check", "-", "--fix", text=TEA)
    assert (done.returncode, done.stdout) == (2, "")
    assert "`--diff` shows the changes" in done.stderr
    assert "+  leaves-dead" in run("check", "-", "--diff", text=TEA).stdout


def test_a_link_out_of_the_project_is_not_followed(run, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text(TEA)
    project = tmp_path / "project"
    (project / ".git").mkdir(parents=True)
    (project / "tea.yaml").symlink_to(outside)
    done = run("check", "project/tea.yaml", "--fix")
    assert (done.returncode, outside.read_text()) == (2, TEA)
    assert "outside the project" in done.stderr


def test_a_link_inside_the_project_stays_one(run, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "real/tea.yaml").write_text(TEA)
    (tmp_path / "tea.yaml").symlink_to("real/tea.yaml")
    assert run("check", "tea.yaml", "--fix").returncode in {0, 1}
    assert (tmp_path / "tea.yaml").is_symlink()
    assert "leaves-dead" in (tmp_path / "real/tea.yaml").read_text()


def test_a_file_that_has_changed_since_is_refused_and_no_other_written(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_bytes(b"1")
    second.write_bytes(b"changed")
    with pytest.raises(InputError, match="has changed since it was read"):
        rewrite_files([Rewrite(first, b"1", b"2"), Rewrite(second, b"1", b"2")], [tmp_path])
    assert (first.read_bytes(), second.read_bytes()) == (b"1", b"changed")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_a_write_that_fails_half_way_is_taken_back(tmp_path: Path, monkeypatch) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_bytes(b"1")
    second.write_bytes(b"1")
    replace = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if Path(target).name == "b":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(InputError, match="no space left on device"):
        rewrite_files([Rewrite(first, b"1", b"2"), Rewrite(second, b"1", b"2")], [tmp_path])
    assert (first.read_bytes(), second.read_bytes()) == (b"1", b"1")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


@pytest.mark.parametrize("flags", [["--write-baseline", "b", "--fix"], ["--diff", "--format", "json"]])
def test_flags_that_make_no_sense_together(run, tmp_path: Path, flags: list[str]) -> None:
    (tmp_path / "tea.yaml").write_text(TEA)
    assert run("check", *flags).returncode == 2
