from __future__ import annotations

from archlint.draw.crossings import crossings
from archlint.draw.scene import Arrow, Line
from archlint.draw.untangling import pushed_apart, untwisted


def arrow(source: str, target: str) -> Arrow:
    return Arrow(source, target, Line.ASYNC, (), "", is_dead_letter=False)


def test_lines_that_cross_twice_do_not_cross_afterwards() -> None:
    straight, wave = [(0.0, 0.0), (300.0, 0.0)], [(0.0, 20.0), (100.0, -20.0), (200.0, -20.0), (300.0, 20.0)]
    lines = untwisted([arrow("a", "b"), arrow("c", "d")], [straight, wave])
    assert not crossings(lines)
    assert [(line[0], line[-1]) for line in lines] == [((0, 0), (300, 0)), ((0, 20), (300, 20))]


def test_lines_from_one_node_that_cross_once_exchange_their_beginnings() -> None:
    lines = untwisted([arrow("a", "b"), arrow("a", "c")], [[(0.0, 0.0), (200.0, 90.0)], [(0.0, 20.0), (200.0, -90.0)]])
    assert not crossings(lines)
    assert [line[-1] for line in lines] == [(200, 90), (200, -90)]


def test_lines_of_four_nodes_that_cross_once_have_to() -> None:
    lines = untwisted([arrow("a", "b"), arrow("c", "d")], [[(0.0, 0.0), (200.0, 90.0)], [(0.0, 90.0), (200.0, 0.0)]])
    assert len(crossings(lines)) == 1


def test_lines_that_run_as_one_are_pushed_apart_between_their_ends() -> None:
    lines = pushed_apart([[(0.0, 0.0), (400.0, 0.0)], [(0.0, 2.0), (400.0, 2.0)]], [(), ()])
    middles = [line[len(line) // 2][1] for line in lines]
    assert middles[1] - middles[0] > 9
    assert [line[0] for line in lines] == [(0, 0), (0, 2)]
