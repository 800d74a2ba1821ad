"""Examples are read only to be run, unless something stands below them."""

from __future__ import annotations

from archlint.rulebook.loading import head


def test_what_comes_last_is_left_out() -> None:
    assert head("id: a\nexample: |\n  archlint: 1\n\n  name: A\n") == "id: a\n"


def test_a_key_below_the_examples_is_not_lost() -> None:
    text = "id: a\nexample: |\n  archlint: 1\nsame: {service: [a, b]}\n"
    assert head(text) == text
