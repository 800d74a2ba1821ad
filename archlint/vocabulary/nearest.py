"""The nearest valid name to one that is not."""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST = 80
_CUTOFF = 0.6


def nearest(name: str, candidates: Iterable[str]) -> str:
    """The most similar candidate, or ``""`` if none is similar enough; long names are compared by their start."""
    from difflib import get_close_matches  # noqa: PLC0415  only needed once something is wrong

    folded: dict[str, str] = {}
    for candidate in candidates:
        folded.setdefault(candidate.lower()[:_LONGEST], candidate)
    found = get_close_matches(name.lower()[:_LONGEST], folded, n=1, cutoff=_CUTOFF)
    return folded[found[0]] if found else ""
