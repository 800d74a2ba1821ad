"""Records do what dataclasses do."""

from __future__ import annotations

from functools import cached_property

import pytest

from archlint.model.record import fresh, record, replace


@record
class Point:
    """Two numbers."""

    x: int
    y: int = 0

    @property
    def sum(self) -> int:
        return self.x + self.y


@record(eq=False)
class Thing:
    """Has identity, and remembers."""

    name: str

    @cached_property
    def loud(self) -> list[str]:
        return [self.name.upper()]


@record(frozen=False)
class Bag:
    """Holds what is put into it."""

    items: list[int] = fresh(factory=list)


def test_fields_are_given_by_place_or_name_and_have_defaults() -> None:
    assert (Point(1, 2).x, Point(1, y=2).y, Point(x=1).y, Point(3, 4).sum) == (1, 2, 0, 7)
    with pytest.raises(TypeError):
        Point()  # type: ignore[call-arg]


def test_a_record_shows_its_fields() -> None:
    assert repr(Point(1, 2)) == "Point(x=1, y=2)"


def test_records_are_equal_by_value_unless_they_have_identity() -> None:
    assert Point(1, 2) == Point(1, 2) != Point(2, 1)
    assert len({Point(1, 2), Point(1, 2)}) == 1
    assert Thing("a") != Thing("a")
    assert Point(1, 2) != (1, 2)
    with pytest.raises(TypeError):
        hash(Bag())


def test_a_default_may_be_made_anew() -> None:
    one, other = Bag(), Bag()
    one.items.append(1)
    assert (other.items, Bag([2]).items) == ([], [2])


def test_a_record_has_no_other_fields() -> None:
    with pytest.raises(AttributeError):
        Bag().other = 1  # type: ignore[attr-defined]


def test_what_is_computed_is_remembered() -> None:
    thing = Thing("a")
    assert thing.loud is thing.loud


def test_replacing_makes_another_record() -> None:
    point = Point(1, 2)
    assert (replace(point, y=5), point) == (Point(1, 5), Point(1, 2))
    with pytest.raises(TypeError):
        replace(point, z=1)


def test_fields_are_matched_by_place() -> None:
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)
