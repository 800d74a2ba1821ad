from __future__ import annotations

import time

import pytest

from archlint.model import InputError, Site, Span
from archlint.source import TooDeepError, decode, parse, plain


def problem(text: str) -> str:
    with pytest.raises(InputError) as caught:
        parse("a.yaml", text)
    assert len(caught.value.problems) >= 1
    return str(caught.value.problems[0])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a:\n\tb: c\n", "a.yaml:2:1: a tab is used for indentation"),
        ("a: *x\n", "a.yaml:1:4: this alias has no anchor"),
        ("a: &x [*x]\n", "a.yaml:1:4: an alias expands into itself"),
        ("a: !secret b\n", "a.yaml:1:4: the tag `!secret` is not allowed"),
        ("a: &x !secret b\n", "a.yaml:1:4: the tag `!secret` is not allowed"),
        ("a:\r  !secret b\n", "a.yaml:2:3: the tag `!secret` is not allowed"),
        ("a: 1\n---\nb: 2\n", "there is more than one document"),
        ("a: \x01\n", "a.yaml:1:4: a control character"),
        ("a: 1\nb 2\nc: 3\n", "a.yaml:2:1: a `:` is missing here"),
        ("", "this file is empty"),
        ("a: [1, 2\n", "this is no valid YAML"),
        ("[" * 5000, "nested too deeply"),
    ],
)
def test_what_is_no_plain_yaml_is_refused_with_its_place(text: str, said: str) -> None:
    assert said in problem(text)


def test_an_alias_bomb_is_refused_quickly() -> None:
    levels = ["l0: &l0 [x, x, x, x, x, x, x, x, x, x]"]
    levels += [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 12)]
    start = time.monotonic()
    assert "aliases expand to more than 1,000,000 nodes" in problem("\n".join(levels))
    assert time.monotonic() - start < 5


def test_plain_data_is_not_read_beyond_a_depth() -> None:
    document = parse("a.yaml", "a: " + "[" * 150 + "]" * 150)
    with pytest.raises(TooDeepError):
        plain(document.root)


def test_text_that_is_not_utf8_is_refused_with_its_place() -> None:
    with pytest.raises(InputError, match=r"a\.yaml:2:4: this is not UTF-8"):
        decode(b"a: b\nc: \xff\n", "a.yaml")


def test_values_are_of_yaml_1_2() -> None:
    document = parse("a.yaml", "a: [on, no, 1:30, 0o7, true, ~, 1.5, '5', 12]")
    assert plain(document.root) == {"a": ["on", "no", "1:30", "0o7", True, None, 1.5, "5", 12]}


def test_a_byte_order_mark_and_crlf_do_not_move_columns() -> None:
    text = decode("\ufeffa: 1\r\nbb: {c: d}\r\n".encode(), "a.yaml")
    document = parse("a.yaml", text)
    assert document.span(Site("a.yaml", ("bb", "c"), key=True)) == Span("a.yaml", 2, 6, 2, 7)
    assert document.line(2) == "bb: {c: d}"


def test_a_part_of_a_scalar_has_its_own_span() -> None:
    document = parse("a.yaml", 'x:\n  - "a => b -> c"\n')
    assert document.span(Site("a.yaml", ("x", 0), (5, 11))) == Span("a.yaml", 2, 11, 2, 17)
