"""Numbers of infrastructure code: finite ones, also where they are written as text."""

from __future__ import annotations

from math import isfinite

from archlint.model import UNKNOWN, Unknown


def finite(number: float) -> int | float | Unknown:
    """The number; unknown if it is infinite, none at all or larger than any that is worked with."""
    try:
        return number if isfinite(number) else UNKNOWN
    except OverflowError:
        return UNKNOWN


def number_in(text: str) -> int | float | Unknown:
    """The number that a text is, a whole one without a fraction; unknown if it is none or not finite."""
    try:
        found = float(text)
    except ValueError:
        return UNKNOWN
    return int(found) if found.is_integer() else finite(found)
