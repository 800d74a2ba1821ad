"""The list of findings below a picture."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.draw.listing import note_list
from archlint.draw.scene import Note
from archlint.model import Severity


def notes(count: int, words: int = 8) -> list[Note]:
    return [Note(number, Severity.WARNING, "some-rule", "word " * words) for number in range(1, count + 1)]


@pytest.mark.parametrize(("count", "width", "columns"), [(0, 900, 0), (1, 3000, 1), (6, 3000, 1), (60, 900, 1)])
def test_a_list_is_one_column_if_it_is_short_or_the_picture_narrow(count: int, width: float, columns: int) -> None:
    assert len(note_list(notes(count), width).columns) == columns


def test_a_long_list_below_a_wide_picture_has_columns_of_one_height() -> None:
    found = note_list(notes(60), 1500)
    assert [len(column) for column in found.columns] == [20, 20, 20]
    assert found.height < note_list(notes(60), 900).height / 2.5


@given(st.lists(st.integers(0, 60), max_size=40), st.floats(0, 5000))
def test_every_finding_stands_in_it_once_and_in_order(words: list[int], width: float) -> None:
    given_notes = [Note(number, Severity.INFO, "some-rule", "word " * length) for number, length in enumerate(words)]
    found = note_list(given_notes, width)
    assert [note for column in found.columns for note, _ in column] == given_notes
    assert all(found.columns)
    assert found.width * len(found.columns) <= max(width, 460) * (1 + 1e-9)
