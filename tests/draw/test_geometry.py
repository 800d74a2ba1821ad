"""What a reader relies on: lines from node to node that go through no other, texts that cover nothing."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import atan2, hypot, remainder, tau
from pathlib import Path

import pytest

from archlint.draw.arranging import Arrangement
from archlint.draw.crossings import crossings
from archlint.draw.dot import Variant, dot_of
from archlint.draw.layout import lay_out
from archlint.draw.routing import obstacle
from archlint.draw.scene import Line, Scene, make_scene
from archlint.importers import read, read_text

EXAMPLE = Path(__file__).parents[2] / "examples/orders.yaml"
PARALLEL = "name: A\ncomponents: {a: lambda, b: lambda}\nconnections: [a -> b, a => b, b -> a, b => a]"
CYCLE = (
    "name: A\ncomponents: {c: client, a: lambda, b: sqs, d: lambda, e: s3}\nconnections: [c => e -> a -> b -> d => e]"
)
FAN = "name: A\ncomponents: {t: sns, a: sqs, b: sqs, d: sqs, x: lambda, y: lambda, z: lambda}\nconnections: [t -> a -> x, t -> b -> y, t -> d -> z]"


def scene_of(text: str) -> Scene:
    return make_scene(read_text("archlint: 1\n" + text).architecture)


def example() -> Scene:
    return make_scene(read([EXAMPLE]).architecture)


@pytest.mark.parametrize("direction", ["LR", "TB"])
@pytest.mark.parametrize("scene", [example(), *map(scene_of, (PARALLEL, CYCLE, FAN))])
def test_lines_end_at_their_nodes_and_pass_through_no_other(scene: Scene, direction: str) -> None:
    picture = lay_out(scene, direction)
    rects = {node.id: obstacle(node, picture.centres[node.id]) for node in scene.nodes}
    for arrow, line in zip(scene.arrows, picture.lines, strict=True):
        for end, name in ((line[0], arrow.source), (line[-1], arrow.target)):
            assert any(rect.holds(end, 12) for rect in rects[name])
        for name in rects.keys() - {arrow.source, arrow.target}:
            assert not any(rect.holds(point) for rect in rects[name] for point in line)


@pytest.mark.parametrize("scene", [example(), *map(scene_of, (PARALLEL, CYCLE, FAN))])
def test_texts_cover_no_node_and_no_other_text(scene: Scene) -> None:
    picture = lay_out(scene, "LR")
    rects = [rect for node in scene.nodes for rect in obstacle(node, picture.centres[node.id])]
    written = [*picture.titles, *picture.labels.values()]
    assert not any(text.shared(rect) for text in written for rect in rects)
    assert not any(one.shared(other) for one, other in combinations(written, 2))


def test_parallel_arrows_are_lines_of_their_own() -> None:
    picture = lay_out(scene_of(PARALLEL), "LR")
    assert not crossings(picture.lines)
    for one, other in combinations(picture.lines, 2):
        middle = one[len(one) // 2]
        assert min(hypot(middle[0] - x, middle[1] - y) for x, y in other) > 8


def test_a_fan_is_drawn_without_a_crossing() -> None:
    assert not crossings(lay_out(scene_of(FAN), "LR").lines)


def test_the_client_is_first_and_the_traffic_goes_on_from_it() -> None:
    def order(picture: Arrangement, axis: int) -> list[str]:
        return sorted(picture.centres, key=lambda name: picture.centres[name][axis])

    assert order(lay_out(scene_of(CYCLE), "LR"), 0) == ["c", "e", "a", "b", "d"]
    assert order(lay_out(scene_of(CYCLE), "TB"), 1) == ["c", "e", "a", "b", "d"]


def test_arrows_to_oneself_stand_above_the_icon_one_around_the_other() -> None:
    picture = lay_out(scene_of("name: A\ncomponents: {f: lambda}\nconnections: [f -> f, f => f]"), "LR")
    heights = [max(picture.centres["f"][1] - y for _, y in line) for line in picture.lines]
    assert 50 < heights[0] < heights[1]


def test_an_arrow_to_oneself_is_round_and_not_in_the_way_of_one_that_goes_up() -> None:
    scene = scene_of("name: A\ncomponents: {s: sqs, f: lambda, d: sqs}\nconnections: [s -> f, f -> f, f !> d]")
    picture = lay_out(scene, "LR")
    assert not crossings(picture.lines)
    loop = picture.lines[1]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(loop)]
    turns = [abs(remainder(atan2(q[1], q[0]) - atan2(p[1], p[0]), tau)) for p, q in pairwise(steps)]
    assert max(turns) < 0.35


def test_a_dead_letter_queue_stands_straight_above_or_below_its_queue() -> None:
    scene = scene_of(
        "name: A\ncomponents: {c: client, f: lambda, q: sqs, dead: sqs, w: lambda}\n"
        "connections:\n  - c => f -> q -> w\n  - q !> dead: {max_receives: 5}"
    )
    picture = lay_out(scene, "LR")
    assert picture.centres["q"][0] == pytest.approx(picture.centres["dead"][0], abs=2)
    assert [arrow.label for arrow in scene.arrows if arrow.line is Line.ERROR] == [("after 5 receives",)]


def test_clients_are_held_before_what_takes_part_and_before_nothing_that_stands_alone() -> None:
    text = "name: A\ncomponents: {c: client, f: lambda, e: schedule, lone: lambda}\nconnections: [c => f, e -> f]"
    body = dot_of(scene_of(text), "LR", Variant(frozenset(), True, False, False, 0.9, False, first=True))
    assert [line for line in body.splitlines() if "invis" in line] == ["n0 -> n2 [style=invis];"]
