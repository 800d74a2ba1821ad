"""Named tuples of our own, beside those of ``typing``."""

from __future__ import annotations

import pickle
import typing

import pytest

from archlint.model.tuples import NamedTuple


class Place(NamedTuple):
    """A place, as archlint writes one."""

    file: str
    line: int = 1
    marks: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """Both in one."""
        return f"{self.file}:{self.line}"


class Peer(typing.NamedTuple):
    """The same by ``typing``."""

    file: str
    line: int = 1
    marks: tuple[str, ...] = ()


MADE = [((), {"file": "a"}), (("a",), {}), (("a", 2), {}), (("a",), {"marks": ("x",)}), (("a", 3, ("y",)), {})]


@pytest.mark.parametrize(("places", "names"), MADE)
def test_it_is_made_and_read_as_the_one_of_typing(places: tuple[object, ...], names: dict[str, object]) -> None:
    ours, theirs = Place(*places, **names), Peer(*places, **names)
    assert ours == theirs
    assert hash(ours) == hash(theirs)
    assert repr(ours) == repr(theirs).replace("Peer", "Place")
    assert (ours.file, ours.line, ours.marks) == (theirs.file, theirs.line, theirs.marks)
    assert ours._asdict() == theirs._asdict()
    assert Place._fields == Peer._fields
    assert ours.shown == f"{theirs.file}:{theirs.line}"


def test_a_field_may_have_any_name() -> None:
    class Odd(NamedTuple):
        cls: int
        new: int
        tuple: int = 3

    assert Odd(1, new=2) == (1, 2, 3)


def test_a_changed_copy_and_a_pickled_one_are_of_the_class() -> None:
    place = Place("a", 2)
    assert place._replace(line=3) == Place("a", 3)
    again = pickle.loads(pickle.dumps(place))  # noqa: S301  what was written a moment ago
    assert (again, type(again)) == (place, Place)


def test_it_matches_by_place_and_by_name() -> None:
    match Place("a", 2):
        case Place(file, line=2):
            assert file == "a"
        case _:
            pytest.fail("no match")


def test_nothing_can_be_set_and_nothing_else_be_kept() -> None:
    place = Place("a")
    with pytest.raises(AttributeError):
        place.line = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        place.other = 2  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        Place()
    with pytest.raises(TypeError):
        Place("a", nowhere=1)


def test_a_default_before_a_field_without_one_is_refused() -> None:
    with pytest.raises(TypeError, match="a field without a default"):
        type(NamedTuple)("Odd", (NamedTuple,), {"__annotations__": {"a": "int", "b": "int"}, "a": 1})
