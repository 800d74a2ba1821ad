"""Badges: the numbers of findings, by shape and colour as bad as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archlint.draw.look import Palette
from archlint.draw.metrics import text_width
from archlint.draw.scene import Mark
from archlint.draw.shapes import Rect
from archlint.draw.svg import rect_element, text_element
from archlint.model import Severity

HEIGHT, SPACE = 15.0, 2.0
_SIZE = 9.5
_RADII = {Severity.ERROR: HEIGHT / 2, Severity.WARNING: 3.5, Severity.INFO: HEIGHT / 2}


def badge_width(mark: Mark) -> float:
    """How wide a badge is: round with one digit, longer with more."""
    return max(HEIGHT, text_width(str(mark.number), _SIZE, bold=True) + 8)


def badges_width(marks: Sequence[Mark]) -> float:
    """How wide badges in a row are; nothing for none."""
    return sum(badge_width(mark) + SPACE for mark in marks) - SPACE if marks else 0.0


def badges(marks: Sequence[Mark], left: float, top: float, colours: Palette) -> Iterator[str]:
    """Badges in a row: errors round and red, warnings square and yellow, hints hollow."""
    for mark in marks:
        width = badge_width(mark)
        rect = Rect(left, top, left + width, top + HEIGHT)
        fill, ink, border = {
            Severity.ERROR: (colours.error, "#ffffff", colours.background),
            Severity.WARNING: ("#f2b200", "#16191f", colours.background),
            Severity.INFO: (colours.background, colours.ink, colours.quiet),
        }[mark.severity]
        yield rect_element(rect, fill, border, radius=_RADII[mark.severity])
        at = ((rect.left + rect.right) / 2, rect.top + HEIGHT * 0.72)
        yield text_element(str(mark.number), at, _SIZE, ink, anchor="middle", bold=True)
        left = rect.right + SPACE


def rows(marks: Sequence[Mark], width: float) -> list[Sequence[Mark]]:
    """Badges in rows no wider than ``width``, the worst first."""
    ordered = sorted(marks, key=lambda mark: (-mark.severity, mark.number))
    found: list[list[Mark]] = [[]]
    for mark in ordered:
        if found[-1] and badges_width([*found[-1], mark]) > width:
            found.append([])
        found[-1].append(mark)
    return list(found)
