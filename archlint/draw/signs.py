"""How parts of a picture look that are different between two versions: a sign, and a colour that is not needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archlint.diff import Status
from archlint.draw.badges import HEIGHT
from archlint.draw.look import Palette
from archlint.draw.scene import Change, Scene
from archlint.draw.shapes import Point, Rect
from archlint.draw.svg import rect_element, text_element

SIGNS: Mapping[Status, str] = {Status.ADDED: "+", Status.REMOVED: "\u2212", Status.CHANGED: "~"}
FAINT = 0.5
"""How much of what is gone is seen."""
_SIZE = 13.0


def statuses_of(scene: Scene) -> list[Status]:
    """What became of parts in the picture, in the order of a legend."""
    changes = (part.change for group in (scene.nodes, scene.boxes, scene.arrows) for part in group)
    found = {change.status for change in changes if change is not None}
    return [status for status in SIGNS if status in found]


def colour_of(status: Status, colours: Palette) -> str:
    """The colour of a status."""
    return {Status.ADDED: colours.added, Status.REMOVED: colours.removed}.get(status, colours.changed)


def sign_elements(status: Status, at: Point, colours: Palette) -> Iterator[str]:
    """A sign in a disc whose top left is at a point."""
    left, top = at
    rect = Rect(left, top, left + HEIGHT, top + HEIGHT)
    yield rect_element(rect, colour_of(status, colours), colours.background, radius=HEIGHT / 2)
    middle = (rect.centre[0], rect.top + HEIGHT * 0.8)
    yield text_element(SIGNS[status], middle, _SIZE, colours.background, anchor="middle", bold=True)


def signed(change: Change | None, text: str) -> str:
    """A text with the sign of a change before it, for formats that have nothing but text."""
    return f"{SIGNS[change.status]} {text}".rstrip() if change else text


def is_gone(change: Change | None) -> bool:
    """Whether a part is only in the old version."""
    return change is not None and change.status is Status.REMOVED
