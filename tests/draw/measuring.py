"""What is wrong with a drawn picture, counted on its geometry alone."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, pairwise
from math import hypot

from archlint.draw.arranging import Arrangement
from archlint.draw.scene import Line, Scene
from archlint.draw.shapes import around_points
from archlint.draw.sizes import icon_rect, text_rects
from archlint.draw.strokes import strokes

REACH = 9.0
"""How far from its node an arrow may end, in points."""
GAP = (4.5, 8.5)
"""How far apart the two lines of a synchronous request may be."""


def faults(scene: Scene, picture: Arrangement) -> Counter[str]:
    """How often something is wrong, by what it is; a picture without faults gives an empty counter."""
    found: Counter[str] = Counter()
    nodes = {}
    for node in scene.nodes:
        centre = picture.centres[node.id]
        nodes[node.id] = [icon_rect(centre), *(rect.grown(-1) for rect in text_rects(node, centre))]
    titles = list(picture.titles)
    labels = dict(picture.labels)
    drawn = [
        (place, stroke)
        for place, (arrow, line) in enumerate(zip(scene.arrows, picture.lines, strict=True))
        for stroke in strokes(arrow.line, line)
    ]
    texts = [*labels.values(), *titles]
    found["text over text"] += sum(one.grown(-0.5).shared(other) > 0 for one, other in combinations(texts, 2))
    found["text over node"] += sum(
        text.grown(-0.5).shared(rect) > 0 for text in texts for rects in nodes.values() for rect in rects
    )
    for rects, more in combinations(nodes.values(), 2):
        found["node over node"] += any(a.grown(-0.5).shared(b) > 0 for a in rects for b in more)
    for place, stroke in drawn:
        own = {scene.arrows[place].source, scene.arrows[place].target}
        found["line over label"] += sum(hits(stroke.points, rect.grown(stroke.width / 2)) for rect in labels.values())
        found["line over title"] += sum(hits(stroke.points, rect.grown(-0.5)) for rect in titles)
        for name, rects in nodes.items():
            if any(hits(stroke.points, rect.grown(-1)) for rect in rects):
                found["line through its own node" if name in own else "line through node"] += 1
    for arrow, line in zip(scene.arrows, picture.lines, strict=True):
        for end, name in ((line[0], arrow.source), (line[-1], arrow.target)):
            found["end in the air"] += min(distance(end, rect) for rect in nodes[name]) > REACH
        if arrow.line is Line.SYNC:
            one, other = (stroke.points for stroke in strokes(arrow.line, line))
            gaps = [min(apart(point, a, b) for a, b in pairwise(other)) for point in one[::2]]
            found["uneven pair"] += not (GAP[0] <= min(gaps) and max(gaps) <= GAP[1])
    return +found


def hits(points, rect) -> bool:
    """Whether a line touches a rectangle."""
    inside = around_points(points).grown(1).shared(rect)
    return bool(inside) and any(crosses(a, b, rect) for a, b in pairwise(points))


def crosses(a, b, rect) -> bool:
    """Whether a piece of a line touches a rectangle (Liang and Barsky)."""
    low, high = 0.0, 1.0
    for start, step, least, most in (
        (a[0], b[0] - a[0], rect.left, rect.right),
        (a[1], b[1] - a[1], rect.top, rect.bottom),
    ):
        if abs(step) < 1e-9:
            if not least <= start <= most:
                return False
            continue
        first, last = sorted(((least - start) / step, (most - start) / step))
        low, high = max(low, first), min(high, last)
        if low > high:
            return False
    return True


def distance(point, rect) -> float:
    return hypot(
        max(rect.left - point[0], point[0] - rect.right, 0), max(rect.top - point[1], point[1] - rect.bottom, 0)
    )


def apart(point, a, b) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    size = dx * dx + dy * dy
    share = 0.0 if not size else min(max(((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / size, 0.0), 1.0)
    return hypot(point[0] - a[0] - dx * share, point[1] - a[1] - dy * share)
