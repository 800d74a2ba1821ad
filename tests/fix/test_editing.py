"""Edits change what they mean to and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archlint.fix import edited_texts
from archlint.importers import read_text
from archlint.model import AddComponent, AddConnection, RemoveConnection, SetProperty, Style

HEAD = "archlint: 1\nname: A\n"
TEXT = (
    HEAD
    + """\
# who does what
services:
  shop:
    components:
      api: http_api     # the door
      f: {type: lambda, timeout: 5s}
      q:
        type: sqs
        retention: 3d   # long enough

    connections:
      - api => f -> q   # in one line
      - q -> g: {batch_size: 5}
components: {g: lambda}
"""
)


def edited(text: str, *changes) -> str:
    texts = edited_texts(read_text(text, path="a.yaml"), changes)
    return texts.get("a.yaml", text)


def difference(text: str, *changes) -> list[str]:
    old, new = text.splitlines(), edited(text, *changes).splitlines()
    return [f"- {line}" for line in old if line not in new] + [f"+ {line}" for line in new if line not in old]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            SetProperty("auth", "jwt", component="shop.api"),
            ["-       api: http_api     # the door", "+       api: {type: http_api, auth: jwt}     # the door"],
        ),
        (
            SetProperty("timeout", 30, component="shop.f"),
            ["-       f: {type: lambda, timeout: 5s}", "+       f: {type: lambda, timeout: 30s}"],
        ),
        (
            SetProperty("memory", 256, component="shop.f"),
            ["-       f: {type: lambda, timeout: 5s}", "+       f: {type: lambda, timeout: 5s, memory: 256}"],
        ),
        (SetProperty("fifo", True, component="shop.q"), ["+         fifo: true"]),
        (
            SetProperty("retention", 86400, component="shop.q"),
            ["-         retention: 3d   # long enough", "+         retention: 1d   # long enough"],
        ),
        (AddComponent("shop.d", "sqs", "shop", {"retention": 1209600}), ["+       d: {type: sqs, retention: 14d}"]),
        (AddComponent("x", "client", None), ["- components: {g: lambda}", "+ components: {g: lambda, x: client}"]),
        (AddConnection("shop.f", "g", Style.SYNC, "", {"timeout": 2}), ["+       - f => g: {timeout: 2s}"]),
        (
            SetProperty("batch_size", 9, connection=("shop.q", "g", Style.ASYNC, "poll")),
            ["-       - q -> g: {batch_size: 5}", "+       - q -> g: {batch_size: 9}"],
        ),
        (
            SetProperty("payload", 1024, connection=("shop.f", "shop.q", Style.ASYNC, "send")),
            [
                "-       - api => f -> q   # in one line",
                "+       - api => f   # in one line",
                "+       - f -> q: {payload: 1KB}",
            ],
        ),
        (RemoveConnection("shop.q", "g", Style.ASYNC, "poll"), ["-       - q -> g: {batch_size: 5}"]),
        (
            RemoveConnection("shop.api", "shop.f", Style.SYNC, "invoke"),
            ["-       - api => f -> q   # in one line", "+       - f -> q   # in one line"],
        ),
    ],
)
def test_a_change(change, expected: list[str]) -> None:
    assert difference(TEXT, change) == expected


def test_missing_sections_are_made() -> None:
    text = HEAD + "services:\n  s:\n    owner: us\n"
    new = edited(text, AddComponent("s.f", "lambda", "s"), AddConnection("s.f", "s.f", Style.ASYNC))
    assert (
        new
        == HEAD + "services:\n  s:\n    owner: us\n    components:\n      f: lambda\n    connections:\n      - f -> f\n"
    )


def test_comma_lists_are_taken_apart_only_where_needed() -> None:
    text = HEAD + "components: {f: lambda, g: lambda, t: dynamodb}\nconnections:\n  - f, g => t\n"
    change = SetProperty("payload", 1, connection=("f", "t", Style.SYNC, "read_write"))
    assert edited(text, change).endswith("connections:\n  - f => t: {payload: 1B}\n  - g => t\n")


def test_line_endings_stay() -> None:
    text = TEXT.replace("\n", "\r\n")
    new = edited(text, AddComponent("shop.d", "sqs", "shop"))
    assert "\n" not in new.replace("\r\n", "")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                SetProperty("timeout", 60, component="shop.f"),
                SetProperty("auth", "iam", component="shop.api"),
                AddComponent("shop.d", "sqs", "shop"),
                AddConnection("shop.q", "g", Style.ERROR),
                AddConnection("g", "shop.api", Style.SYNC),
                SetProperty("batch_size", 1, connection=("shop.q", "g", Style.ASYNC, "poll")),
                SetProperty("route", "GET /", connection=("shop.api", "shop.f", Style.SYNC, "invoke")),
                RemoveConnection("shop.f", "shop.q", Style.ASYNC, "send"),
            ]
        ),
        max_size=5,
        unique_by=str,
    )
)
def test_any_changes_read_again_say_what_was_meant(changes) -> None:
    edited(TEXT, *changes)  # it compares with the changed architecture itself, and raises
