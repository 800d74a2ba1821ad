"""Edits of one text put together."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple


class Edit(NamedTuple):
    """Characters from ``start`` to before ``end`` are replaced by ``text``."""

    start: int
    end: int
    text: str


def edit_between(before: str, after: str) -> Edit:
    """The least edit that makes one text of the other."""
    start = _shared(before, after)
    tail = _shared(before[start:][::-1], after[start:][::-1])
    return Edit(start, len(before) - tail, after[start : len(after) - tail])


def _shared(first: str, second: str) -> int:
    """How many characters two texts begin with alike; by halving, so that the comparing is done in C."""
    least, most = 0, min(len(first), len(second))
    while least < most:
        middle = (least + most + 1) // 2
        if first.startswith(second[least:middle], least):
            least = middle
        else:
            most = middle - 1
    return least


def touching(edits: Iterable[Edit]) -> bool:
    """Whether two edits overlap or meet, so that one must see what the other did; insertions at one place follow."""
    ordered = sorted(edits, key=lambda edit: edit.start)
    return any(
        first.end >= second.start and not first.start == first.end == second.start == second.end
        for first, second in pairwise(ordered)
    )


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits made that do not touch; what is inserted at one place stays in the order given."""
    for _, edit in sorted(enumerate(edits), key=lambda placed: (placed[1].start, placed[0]), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
