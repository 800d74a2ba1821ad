"""How big things are, in points."""

from __future__ import annotations

from archlint.draw.badges import HEIGHT, badges_width
from archlint.draw.metrics import text_width
from archlint.draw.scene import DETAIL_SIZE, LABEL_SIZE, NAME_SIZE, TITLE_SIZE, Arrow, Box, Node
from archlint.draw.shapes import Point, Rect, around

ICON = 60.0
NAME_LINE, DETAIL_LINE, LABEL_LINE = 14.5, 12.5, 12.0
_DESCENT = 5.0
"""How far the last line of a node's text reaches below where the next one would begin."""
LOOP = 30.0
"""How far an arrow from a node to itself stands out above the icon; each further one a third more."""


def small_lines(node: Node) -> tuple[str, ...]:
    """The small lines below a node's name: what matters, then what is different."""
    return node.detail + (node.change.words if node.change else ())


def text_height(node: Node) -> float:
    """The height of a node's lines of text below its icon."""
    return NAME_LINE * len(node.name) + DETAIL_LINE * len(small_lines(node)) + _DESCENT


def text_width_of(node: Node) -> float:
    """The width of a node's longest line."""
    names = [text_width(line, NAME_SIZE) for line in node.name]
    details = [text_width(line, DETAIL_SIZE) for line in small_lines(node)]
    return max(0.0, *names, *details)


def node_width(node: Node) -> float:
    """The width of a node: its icon or its longest line."""
    return max(ICON, text_width_of(node)) + 8


def node_height(node: Node) -> float:
    """The height that keeps the icon in the node's middle, so that lines go through the icons."""
    above = LOOP * (1 + (node.loops - 1) / 3) if node.loops else 0.0
    return ICON + 2 * max(text_height(node), above)


def has_label(arrow: Arrow) -> bool:
    """Whether anything stands beside an arrow: a text, badges of findings, or the sign of a change."""
    return bool(arrow.label or arrow.marks or arrow.change)


def label_lines(arrow: Arrow) -> tuple[str, ...]:
    """The lines beside an arrow: its label, then what is different."""
    return arrow.label + (arrow.change.words if arrow.change else ())


def label_size(arrow: Arrow) -> tuple[float, float]:
    """Width and height of what stands beside an arrow: the badges, then the lines of text."""
    lines = label_lines(arrow)
    text = max((text_width(line, LABEL_SIZE) for line in lines), default=0.0)
    height = LABEL_LINE * len(lines)
    signs = badges_width(arrow.marks) if arrow.marks else HEIGHT if arrow.change else 0.0
    return signs + (text + 4 if signs and lines else text), max(height, HEIGHT if signs else 0.0)


def title_size(box: Box) -> tuple[float, float]:
    """Width and height of a box's title with its badges."""
    more = badges_width(box.marks) + 6 if box.marks else 0.0
    if box.change:
        words = box.change.words
        more = HEIGHT + 5 + (text_width(" ".join(words), DETAIL_SIZE) + 7 if words else 0.0)
    return text_width(box.name, TITLE_SIZE, bold=True) + more, TITLE_SIZE * 1.25


def icon_rect(centre: Point) -> Rect:
    """Where the icon is."""
    x, y = centre
    return Rect(x - ICON / 2, y - ICON / 2, x + ICON / 2, y + ICON / 2)


def text_rects(node: Node, centre: Point) -> tuple[Rect, ...]:
    """Where the lines of text below the icon are, one after the other."""
    x, top = centre[0], centre[1] + ICON / 2
    rects = []
    for lines, size, high in ((node.name, NAME_SIZE, NAME_LINE), (small_lines(node), DETAIL_SIZE, DETAIL_LINE)):
        for line in lines:
            half = text_width(line, size) / 2 + 1
            rects.append(Rect(x - half, top, x + half, top + high + _DESCENT))
            top += high
    return tuple(rects)


def node_rect(node: Node, centre: Point) -> Rect:
    """Icon and text together."""
    return around([icon_rect(centre), *text_rects(node, centre)])
