"""Where things go: Graphviz lays the scene out in several ways, and the one that reads best is taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from archlint.draw.arranging import Arrangement, Laid, finished, labelled, lined
from archlint.draw.dot import Variant, dot_of
from archlint.draw.engine import run_dot
from archlint.draw.errors import DrawingError
from archlint.draw.flow import depth_order, sifted_order, turned
from archlint.draw.quality import badness
from archlint.draw.scene import Scene
from archlint.draw.shapes import Point, Rect

_TRIES = ((25, 32), (60, 16), (150, 4))
"""Up to so many nodes, so many ways are tried; one beyond."""
_SPACES = ((False, 0.9, False), (True, 0.55, False), (False, 1.3, True), (True, 0.75, True))
"""Whether room is kept for labels, the gap between ranks in inches, and whether nodes are named in opposite order."""
_FINALISTS = 3
"""How many of them get their texts, the best by their lines."""
_SERIOUS = 24.0
"""From this trouble with texts on, the next best are tried too."""
_TEXT = 1.5
"""What a point of trouble with texts weighs against one of lines."""


def lay_out(scene: Scene, direction: str) -> Arrangement:
    """The best arrangement found. Raises :class:`DrawingError` if no Graphviz can be run."""
    count = next((ways for size, ways in _TRIES if len(scene.nodes) <= size), 1)
    texts: list[str] = []
    variants: list[Variant] = []
    for variant in _variants(scene):
        text = dot_of(scene, direction, variant)
        if text not in texts and len(texts) < count:
            texts.append(text)
            variants.append(variant)
    answers = run_dot(texts)
    drawn = [lined(scene, _read(answer, scene, variant)) for answer, variant in zip(answers, variants, strict=False)]
    if len(drawn) == 1:
        return labelled(scene, finished(scene, drawn[0].laid))
    scores = [badness(scene, picture, direction) for picture in drawn]
    ranking = sorted(range(len(drawn)), key=lambda place: (scores[place], place))
    best: tuple[float, Arrangement] | None = None
    for number, place in enumerate(ranking):
        if number >= _FINALISTS and best is not None and best[1].trouble < _SERIOUS:
            break
        final = finished(scene, drawn[place].laid)
        picture = labelled(scene, final)
        score = badness(scene, final, direction) + _TEXT * picture.trouble
        if best is None or score < best[0]:
            best = score, picture
    assert best is not None
    return best[1]


def _variants(scene: Scene) -> Iterator[Variant]:
    """Ways to ask, the most promising first."""
    arrows = scene.arrows
    orders = [
        turned(arrows, sifted_order(scene)),
        turned(arrows, depth_order(scene)),
        turned(arrows, depth_order(scene, backwards=True)),
    ]
    besides = (True, False) if any(arrow.is_dead_letter for arrow in arrows) else (False,)
    for ranked in (False, True):
        for spaced, gap, mirrored in _SPACES:
            for order in orders:
                for beside in besides:
                    yield Variant(order, ranked, beside, spaced, gap, mirrored)


def _read(answer: Mapping[str, Any], scene: Scene, variant: Variant) -> Laid:
    try:
        height = float(answer["bb"].split(",")[3])
        named = {thing["name"]: thing for thing in answer.get("objects", [])}
        centres = {node.id: _point(named[f"n{place}"]["pos"], height) for place, node in enumerate(scene.nodes)}
        boxes = tuple(_rect(named[f"cluster_{place}"]["bb"], height) for place in range(len(scene.boxes)))
        paths = {}
        for edge in answer.get("edges", []):
            place, path = int(edge["comment"]), _spline(edge["pos"], height)
            paths[place] = path[::-1] if place in variant.turned else path
    except (KeyError, IndexError, ValueError) as error:
        message = f"Graphviz answered something unexpected ({error}); please report this"
        raise DrawingError(message) from error
    return Laid(centres, boxes, paths)


def _point(text: str, height: float) -> Point:
    x, y = text.split(",")[:2]
    return float(x), height - float(y)


def _rect(text: str, height: float) -> Rect:
    left, bottom, right, top = (float(number) for number in text.split(","))
    return Rect(left, height - top, right, height - bottom)


def _spline(text: str, height: float) -> tuple[Point, ...]:
    points = [part for part in text.split(";", maxsplit=1)[0].split() if not part.startswith(("s,", "e,"))]
    return tuple(_point(part, height) for part in points)
