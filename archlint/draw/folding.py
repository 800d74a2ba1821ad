"""Long chains folded: rows one below the other, read like the lines of a page that turns at each end."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from math import sqrt

from archlint.draw.scene import Scene

_LONG = 14
"""The most ranks that stand side by side."""


class Fold(Enum):
    """What an arrow is to a folded picture."""

    BACKWARD_ROW = "backward"
    TURN = "turn"
    ACROSS = "across"


def folds(scene: Scene, order: Mapping[str, int], turned: frozenset[int]) -> Mapping[int, Fold]:
    """The arrows of a scene without boxes that are special if its longest chain is folded; none if it is short."""
    if scene.boxes:
        return {}
    ranks = _ranks(scene, order, turned)
    if max(ranks.values(), default=0) < _LONG:
        return {}
    wide = max(_LONG, round(sqrt(len(ranks) * 2)))
    found = {}
    for place, arrow in enumerate(scene.arrows):
        low, high = sorted((ranks[arrow.source], ranks[arrow.target]))
        if low // wide != high // wide:
            found[place] = Fold.TURN if high == low + 1 else Fold.ACROSS
        elif low // wide % 2:
            found[place] = Fold.BACKWARD_ROW
    return found


def _ranks(scene: Scene, order: Mapping[str, int], turned: frozenset[int]) -> dict[str, int]:
    """How many arrows the longest way to each node has."""
    ranks = dict.fromkeys(order, 0)
    following: dict[str, list[str]] = {name: [] for name in order}
    for place, arrow in enumerate(scene.arrows):
        if arrow.source != arrow.target:
            ends = (arrow.target, arrow.source) if place in turned else (arrow.source, arrow.target)
            following[ends[0]].append(ends[1])
    for name in sorted(order, key=order.__getitem__):
        for after in following[name]:
            ranks[after] = max(ranks[after], ranks[name] + 1)
    return ranks
