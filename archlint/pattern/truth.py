"""Kleene's three-valued logic: True, False, and None for "cannot be known"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

Truth: TypeAlias = bool | None


def all_of(truths: Iterable[Truth]) -> Truth:
    """False if one is false, else unknown if one is unknown."""
    result: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def any_of(truths: Iterable[Truth]) -> Truth:
    """True if one is true, else unknown if one is unknown."""
    result: Truth = False
    for truth in truths:
        if truth is True:
            return True
        if truth is None:
            result = None
    return result


def negated(truth: Truth) -> Truth:
    """The opposite; what is unknown stays unknown."""
    return None if truth is None else not truth
