"""Where a `#` is a comment and where it is text."""

from __future__ import annotations

import pytest

from archlint.source import parse

TEXT = """\
a: "x # no"  # one
# alone
b: |  # two
  # no
  text # no
# after a block
c: 'it''s # no' # three
d: a#b # four
e: [x, # five
  y]
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_comments_are_told_from_text(newline: str) -> None:
    comments = parse("a.yaml", TEXT.replace("\n", newline)).comments
    assert [(comment.line, comment.text) for comment in comments] == [
        (1, "one"),
        (2, "alone"),
        (3, "two"),
        (6, "after a block"),
        (7, "three"),
        (8, "four"),
        (9, "five"),
    ]
    assert [comment.line for comment in comments if comment.alone] == [2, 6]
    assert comments[0].column == TEXT.index("# one") + 1


def test_json_has_none() -> None:
    assert parse("a.json", '{"a": "# no", "b": ["x # y"]}').comments == []
