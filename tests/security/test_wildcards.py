"""Patterns that come from outside find what they should, and in good time."""

from __future__ import annotations

import re
import time
from pathlib import Path
from warnings import catch_warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from archlint.importers import read
from archlint.importers.gitignore import spec_of
from archlint.importers.infrastructure.wildcards import wildcard
from archlint.model import InputError

MANY_STARS = "*a" * 40 + "*b"
NAMES = st.text("ab/.-", min_size=1, max_size=12).filter(lambda text: not text.startswith("/") and "//" not in text)


def seconds(act) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


def test_many_stars_take_no_time() -> None:
    assert seconds(lambda: spec_of([MANY_STARS]).match_file("a" * 250)) < 0.2
    assert seconds(lambda: wildcard(MANY_STARS).match("a" * 5_000)) < 0.5


@given(st.text("ab*?[]!/-.", min_size=1, max_size=10), st.lists(NAMES, min_size=1, max_size=5))
def test_a_spec_is_the_library_s_but_for_the_time(line: str, names: list[str]) -> None:
    try:
        with catch_warnings(action="ignore"):
            expected = GitIgnoreSpec.from_lines([line], backend="simple")
    except (ValueError, re.error):
        return
    for name in names:
        assert spec_of([line]).match_file(name) == expected.match_file(name)


@pytest.mark.parametrize("line", ["!", "\\", "[", "[!]", "a[", "/", "\0"])
def test_what_is_no_pattern_is_left_out_as_git_does(tmp_path: Path, line: str) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text(f"{line}\nignored.yaml\n")
    for name in ("a", "ignored"):
        (tmp_path / f"{name}.yaml").write_text(f"archlint: 1\nname: {name}\ncomponents: {{{name}: sqs}}\n")
    assert [component.id for component in read([tmp_path]).architecture.components] == ["a"]


def test_too_many_folders_of_any_depth_are_told(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("# **/**/**/**\n**/a/**/a/**/a/**/b\n")
    with pytest.raises(InputError, match=r"\.gitignore:2:1: this pattern has more than 3 `\*\*`"):
        read([tmp_path])


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [("a*c", "abc", True), ("a?c", "abc", True), ("a?c", "ac", False), ("[ab]", "a", False), ("[ab]*", "[ab]x", True)],
)
def test_a_wildcard_is_a_star_or_a_question_mark(pattern: str, text: str, found: bool) -> None:
    assert bool(wildcard(pattern).match(text)) is found


def test_a_long_text_with_unfinished_references_is_read_in_no_time(tmp_path: Path) -> None:
    """`Fn::Sub` of forty thousand `${` took twenty seconds, and four times as long for twice as many."""
    for name, text in {"holes": "${" * 200_000, "dynamic": "{{resolve:ssm:" * 40_000, "arn": "/*" * 200_000}.items():
        template = (
            "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n"
            f'      Environment: {{Variables: {{A: !Sub "{text}x", B: "{text}x"}}}}\n'
            "  P:\n    Type: AWS::IAM::Policy\n    Properties:\n      Roles: [!Ref R]\n"
            f'      PolicyDocument: {{Statement: [{{Effect: Allow, Action: "sqs:*", Resource: "{text}x"}}]}}\n'
            "  R: {Type: AWS::IAM::Role}\n"
        )
        (tmp_path / f"{name}.yaml").write_text(template)
        assert seconds(lambda name=name: read([tmp_path / f"{name}.yaml"])) < 5


def test_a_long_comment_is_read_in_no_time(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(f"# archlint: x {' ' * 300_000}y\n/* {'*' * 300_000} x */\n")
    assert seconds(lambda: read([tmp_path])) < 5
