"""Edits of one text put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from archlint.model.tuples import NamedTuple


class Edit(NamedTuple):
    """Characters from ``start`` to before ``end`` are replaced by ``text``; ``opens``: which begins a section."""

    start: int
    end: int
    text: str
    opens: bool = False


def touching(edits: Iterable[Edit]) -> bool:
    """Whether two edits overlap or meet, so that one must see what the other did; insertions at one place follow."""
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    return any(
        first.end >= second.start and not first.start == first.end == second.start == second.end
        for first, second in pairwise(ordered)
    )


def in_order(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in the order of the text; what is inserted at one place stays in the order given."""
    return sorted(edits, key=lambda edit: edit.start)


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits made that do not touch."""
    return "".join(_pieces(text, in_order(edits)))


def _pieces(text: str, edits: Iterable[Edit]) -> Iterator[str]:
    place = 0
    for edit in edits:
        yield text[place : edit.start]
        yield edit.text
        place = edit.end
    yield text[place:]
