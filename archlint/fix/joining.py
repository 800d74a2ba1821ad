"""Edits of one text put together."""

from __future__ import annotations

from collections.abc import Sequence
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


def touching(edits: Sequence[Edit]) -> bool:
    """Whether two edits overlap or meet, so that the order in which they are made matters."""
    ordered = sorted(edits)
    return any(first.end >= second.start for first, second in pairwise(ordered))


def edited(text: str, edits: Sequence[Edit]) -> str:
    """The text with edits made that do not touch."""
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
