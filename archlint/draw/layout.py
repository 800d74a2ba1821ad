"""Where things go: Graphviz lays the scene out in several ways, and the one that reads best is taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archlint.draw.arranging import Arrangement, finished, labelled, lined
from archlint.draw.dot import Variant, dot_of
from archlint.draw.engine import run_dot
from archlint.draw.errors import DrawingError
from archlint.draw.flow import depth_order, sifted_order, turned
from archlint.draw.folding import folds
from archlint.draw.labels import SERIOUS
from archlint.draw.laid import Laid
from archlint.draw.quality import badness, through_nodes
from archlint.draw.scene import Line, Scene
from archlint.draw.shapes import Point, Rect
from archlint.model.tuples import NamedTuple

_TRIES = ((25, 32), (60, 16), (150, 4))
"""Up to so many nodes, so many ways are tried; one beyond."""
_SPACES = ((False, 0.9, False), (True, 0.55, False), (False, 1.3, True), (True, 0.75, True))
"""Whether room is kept for labels, the gap between ranks in inches, and whether nodes are named in opposite order."""
_WAYS = (
    (0, False, False, True),
    (1, False, False, False),
    (0, True, True, False),
    (1, False, True, True),
    (2, False, False, False),
    (1, True, True, True),
    (2, True, True, False),
    (2, False, True, True),
    (3, False, False, False),
    (2, True, True, True),
    (0, True, True, True),
    (0, False, False, False),
    (2, False, True, False),
)
"""The place of a space, whether ranks go across boxes, whether clients are held first, and alarms of
dead-letter queues after these; the most promising first."""
_MANY_SCENES, _ROOMY = 3, 4
_FINALISTS, _MOST_FINALISTS = 3, 8
"""How many of them get their texts, the best by their lines."""
_HOPE = 0.85
"""What care may make of a layout's score at best: one that is not the best even then gets no texts."""
_TEXT = 1.5
"""What a point of trouble with texts weighs against one of lines."""


class Question(NamedTuple):
    """The graphs to lay out for one scene, by the names that they have: each with the variant it asks for."""

    scene: Scene
    direction: str
    graphs: Mapping[str, tuple[Variant, str]]


def lay_out(scene: Scene, direction: str) -> Arrangement:
    """The best arrangement found. Raises :class:`DrawingError` if no Graphviz can be run."""
    return next(lay_out_all([scene], direction))


def lay_out_all(scenes: Sequence[Scene], direction: str) -> Iterator[Arrangement]:
    """The best arrangement found for each scene, in one run of Graphviz. Of many scenes each is tried in fewer ways.

    Raises :class:`DrawingError` if no Graphviz can be run.
    """
    most = 32 if len(scenes) <= _MANY_SCENES else 4
    questions = [_question(number, scene, direction, most) for number, scene in enumerate(scenes)]
    texts = [text for question in questions for _, text in question.graphs.values()]
    answers = {answer.get("name"): answer for answer in run_dot(texts)}
    for question in questions:
        best = _best(question, answers)
        yield _roomier(question, best) if best.trouble >= SERIOUS else best


def _roomier(question: Question, best: Arrangement) -> Arrangement:
    """A layout with more room between everything, if the texts find places in it that they do not find in the best."""
    graphs = {
        f"{name}r": (roomy, f"digraph {name}r {dot_of(question.scene, question.direction, roomy)}")
        for name, (variant, _) in list(question.graphs.items())[:_ROOMY]
        for roomy in (variant._replace(gap=max(variant.gap, 0.9) * 1.5, apart=0.8, spaced=True),)
    }
    try:
        answers = {answer.get("name"): answer for answer in run_dot([text for _, text in graphs.values()])}
        tried = _best(question._replace(graphs=graphs), answers)
    except DrawingError:  # there is a picture already
        return best
    return tried if tried.trouble < best.trouble else best


def _question(number: int, scene: Scene, direction: str, most: int) -> Question:
    count = min(most, next((ways for size, ways in _TRIES if len(scene.nodes) <= size), 1))
    graphs: dict[str, tuple[Variant, str]] = {}
    bodies = set()
    for variant in _variants(scene):
        body = dot_of(scene, direction, variant)
        if body not in bodies and len(graphs) < count:
            bodies.add(body)
            name = f"g{number}_{len(graphs)}"
            graphs[name] = variant, f"digraph {name} {body}"
    return Question(scene, direction, graphs)


def _best(question: Question, answers: Mapping[Any, Mapping[str, Any]]) -> Arrangement:
    scene, direction = question.scene, question.direction
    laid = []
    fault = "Graphviz laid this picture out in no way; draw a part of the architecture instead"
    for name, (variant, _) in question.graphs.items():
        try:
            laid.append(_read(answers[name], scene, variant))
        except (KeyError, IndexError, ValueError) as error:  # it gives up on single arrows, too
            fault = f"Graphviz answered something unexpected ({error}); please report this"
    if not laid:
        raise DrawingError(fault)
    if len(laid) == 1:
        return labelled(scene, finished(scene, laid[0], direction))
    drawn = [lined(scene, one) for one in laid]
    scores = [badness(scene, picture, direction) for picture in drawn]
    alike = {score: place for place, score in reversed(list(enumerate(scores)))}  # the same layout, asked for twice
    best: tuple[float, Arrangement] | None = None
    for number, (rough, place) in enumerate(sorted(alike.items())):
        if best is not None and best[1].trouble >= SERIOUS:
            if number >= _MOST_FINALISTS:
                break
        elif best is not None and (number >= _FINALISTS or rough * _HOPE > best[0]):
            break
        final = finished(scene, laid[place], direction)
        picture = labelled(scene, final)
        if through_nodes(scene, final):
            picture = picture._replace(trouble=picture.trouble + SERIOUS)
        score = badness(scene, final, direction) + _TEXT * picture.trouble
        if best is None or score < best[0]:
            best = score, picture
    assert best is not None
    return best[1]


def _variants(scene: Scene) -> Iterator[Variant]:
    """Ways to ask, the most promising first."""
    arrows = scene.arrows
    places = [sifted_order(scene), depth_order(scene), depth_order(scene, backwards=True)]
    besides = (True, False) if any(arrow.is_dead_letter for arrow in arrows) else (False,)
    orders = []
    for order in places:
        back = turned(arrows, order)
        orders.append((back, folds(scene, order, back)))
    dead = {arrow.target for arrow in arrows if arrow.is_dead_letter}
    watching = frozenset(
        place for place, arrow in enumerate(arrows) if arrow.line is Line.WATCH and arrow.target in dead
    )
    for space, ranked, first, after in _WAYS:
        for back, folded in orders:
            turn = back | watching if after and not folded else back
            for beside in besides:
                yield Variant(turn, ranked, beside, *_SPACES[space], folded, first=first)


def _read(answer: Mapping[str, Any], scene: Scene, variant: Variant) -> Laid:
    """What Graphviz answered. Raises KeyError, IndexError or ValueError if that is not what was asked for."""
    height = float(answer["bb"].split(",")[3])
    named = {thing["name"]: thing for thing in answer.get("objects", [])}
    centres = {node.id: _point(named[f"n{place}"]["pos"], height) for place, node in enumerate(scene.nodes)}
    boxes = tuple(_rect(named[f"cluster_{place}"]["bb"], height) for place in range(len(scene.boxes)))
    paths = {}
    for edge in answer.get("edges", []):
        if "comment" not in edge:  # it only held a client first
            continue
        place, path = int(edge["comment"]), _spline(edge["pos"], height)
        paths[place] = path[::-1] if variant.is_reversed(place) else path
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
