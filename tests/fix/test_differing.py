"""A difference is in lines as git counts them, whatever else separates lines somewhere."""

from __future__ import annotations

import subprocess

import pytest

from archlint.fix import diffs_of_each, previews, unified_diff
from archlint.importers import read_text
from archlint.model import SetProperty

TEXT = """\
archlint: 1
name: Odd   # one\u2028# two
components:
  a: sqs   # three\u0085# four
  b: {type: sqs, visibility_timeout: 30s}
"""
CHANGES = [SetProperty("visibility_timeout", 60, component="b")]


@pytest.mark.parametrize("whole", [True, False])
def test_git_takes_the_difference(tmp_path, whole: bool) -> None:
    reading = read_text(TEXT, path="a.yaml")
    (diff,) = diffs_of_each(reading, [CHANGES])
    after = TEXT.replace("30s", "1m")
    if whole:
        diff = unified_diff(TEXT, after, "a.yaml")
    (tmp_path / "a.yaml").write_bytes(TEXT.encode())
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=diff.encode(), check=True)
    assert (tmp_path / "a.yaml").read_bytes() == after.encode()


def test_a_preview_counts_the_same_lines() -> None:
    (lines,) = previews(read_text(TEXT, path="a.yaml"), [CHANGES])
    assert [(one.line, one.added) for one in lines] == [(5, False), (5, True)]
