"""Widths come from the fonts, lines break where a reader would break them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.draw.metrics import balanced, is_covered, text_width, wrapped
from archlint.draw.wording import clean


def test_widths_follow_the_letters_and_the_size() -> None:
    assert text_width("iii", 10) < text_width("mmm", 10)
    assert text_width("orders", 20) == pytest.approx(2 * text_width("orders", 10))
    assert text_width("orders", 10) < text_width("orders", 10, bold=True)
    assert text_width("a\u0301", 10) == text_width("a", 10)


@pytest.mark.parametrize(
    "text",
    [
        "orders",
        "\u05e9\u05dc\u05d5\u05dd",
        "\u0645\u0631\u062d\u0628\u0627",
        "\u0434\u0430\u043d\u043d\u044b\u0435",
        "\U0001f680",
    ],
)
def test_the_bundled_fonts_cover_more_than_latin(text: str) -> None:
    assert is_covered(text)


def test_lines_break_after_words_and_before_the_parts_of_a_path() -> None:
    assert wrapped("waits for the task token", 10, 70, 3) == ("waits for the", "task token")
    assert wrapped("conversion-queue-alarm", 12, 110, 3) == ("conversion-queue-", "alarm")
    assert wrapped("GET /backend/orders", 10, 80, 3) == ("GET /backend", "/orders")


def test_balanced_lines_are_about_equally_long() -> None:
    assert balanced("a very long label that goes on", 10, 120, 3) == ("a very long label", "that goes on")


def test_too_long_a_text_ends_with_an_ellipsis() -> None:
    assert wrapped("x" * 500, 10, 60, 2)[-1].endswith("\u2026")


@given(st.text(max_size=300), st.integers(1, 4))
def test_wrapping_keeps_to_its_lines_and_to_their_width(text: str, lines: int) -> None:
    rows = wrapped(clean(text), 10, 80, lines)
    assert len(rows) <= lines
    assert all(text_width(row, 10) <= 80 + 12 for row in rows)


@given(st.text())
def test_clean_text_has_no_control_characters_and_turns_no_direction(text: str) -> None:
    assert not set(clean(text + "\x00\u202e\u2066")) & set("\x00\n\t\x1b\u202e\u2066")
