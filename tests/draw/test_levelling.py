from __future__ import annotations

from archlint.draw.levelling import levelled
from archlint.draw.lines import thinned
from archlint.draw.scene import Arrow, Line, Scene
from archlint.draw.shapes import Rect

KINKED = [(0.0, 0.0), (20.0, 6.0), (200.0, 4.0)]


def scene_of(*ends: tuple[str, str]) -> Scene:
    arrows = tuple(Arrow(source, target, Line.ASYNC, (), "", is_dead_letter=False) for source, target in ends)
    return Scene("", "", (), (), arrows)


def test_a_line_that_is_almost_straight_is_straightened() -> None:
    (line,) = levelled(scene_of(("a", "b")), [KINKED], [()], [()])
    assert thinned(line) == [KINKED[0], KINKED[-1]]


def test_a_bend_that_is_meant_stays() -> None:
    bent = [(0.0, 0.0), (100.0, 40.0), (200.0, 0.0)]
    assert levelled(scene_of(("a", "b")), [bent], [()], [()]) == [bent]


def test_a_line_stays_bent_where_a_node_is_in_the_way() -> None:
    assert levelled(scene_of(("a", "b")), [KINKED], [()], [(Rect(10, -8, 30, -3),)]) == [KINKED]
    assert levelled(scene_of(("a", "b")), [KINKED], [(Rect(15, -6, 25, 0),)], [()]) == [KINKED]


def test_a_line_stays_bent_where_a_straight_one_would_cross_or_touch_another() -> None:
    tooth = [(15.0, -60.0), (20.0, 3.0), (25.0, -60.0)]
    assert levelled(scene_of(("a", "b"), ("c", "d")), [KINKED, tooth], [(), ()], [(), ()])[0] == KINKED
    along = [(float(x), 15.0 if x < 60 else 14.5) for x in range(0, 200, 3)]
    raised = [(0.0, 4.0), (100.0, 0.0), (200.0, 4.0)]
    assert levelled(scene_of(("a", "b"), ("c", "d")), [raised, along], [(), ()], [(), ()])[0] == raised
