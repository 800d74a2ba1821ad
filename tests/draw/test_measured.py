"""Pictures measured as they are drawn; tests/bench/drawing.py does the same with many more."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from draw.inventing import invented
from draw.measuring import faults

from archlint.draw.crossings import crossings
from archlint.draw.layout import lay_out
from archlint.draw.lines import thinned
from archlint.draw.noting import with_notes
from archlint.draw.scene import Scene, make_scene
from archlint.draw.sizes import ICON, icon_rect
from archlint.importers import read, read_text
from archlint.lint import check
from archlint.rulebook.examples import completed

PROJECT = Path(__file__).parents[2]
SEEDS = (1, 7, 13, 21, 36, 49)


def test_every_example_of_the_catalog_is_drawn_without_a_fault(rulebook) -> None:
    found = {}
    for id_, entry in rulebook.catalog.items():
        example = yaml.safe_load(entry.file.read_text(encoding="utf-8"))["example"]
        scene = make_scene(read_text(completed(example)).architecture)
        found[id_] = faults(scene, lay_out(scene, "LR"))
    assert len(found) >= 19
    assert not {id_: fault for id_, fault in found.items() if fault}


@pytest.mark.parametrize("direction", ["LR", "TB"])
@pytest.mark.parametrize("file", sorted((PROJECT / "examples").glob("*.yaml")), ids=lambda file: file.stem)
def test_the_examples_are_drawn_without_a_fault(file: Path, direction: str) -> None:
    scene = make_scene(read([file]).architecture)
    assert not faults(scene, lay_out(scene, direction))


@pytest.mark.parametrize("direction", ["LR", "TB"])
def test_real_systems_are_drawn_without_a_fault(shared: Path, direction: str) -> None:
    found = {}
    for file in sorted((shared / "systems").glob("*.yaml")):
        scene = make_scene(read([file]).architecture)
        found[file.stem] = faults(scene, lay_out(scene, direction))
    assert found
    assert not {name: fault for name, fault in found.items() if fault}


@pytest.mark.parametrize("seed", SEEDS)
def test_invented_architectures_are_drawn_without_a_fault(seed: int) -> None:
    scene = make_scene(read_text(invented(seed)).architecture)
    assert not faults(scene, lay_out(scene, "TB" if seed % 2 else "LR"))


def test_arrows_that_share_a_node_do_not_cross_on_the_way() -> None:
    scene = make_scene(read_text(invented(0)).architecture)
    for met in crossings([thinned(line, 0.3) for line in lay_out(scene, "TB").lines]):
        one, other = scene.arrows[met.first], scene.arrows[met.second]
        assert not {one.source, one.target} & {other.source, other.target}, (one.title, other.title)


def examples_of(rulebook) -> dict[str, Scene]:
    found = {}
    for id_, entry in rulebook.catalog.items():
        example = yaml.safe_load(entry.file.read_text(encoding="utf-8"))["example"]
        found[id_] = make_scene(read_text(completed(example)).architecture)
    return found


def test_a_dead_letter_queue_stands_straight_beside_its_queue(rulebook) -> None:
    askew = {}
    for id_, scene in examples_of(rulebook).items():
        centres = lay_out(scene, "LR").centres
        for arrow in scene.arrows:
            if arrow.is_dead_letter:
                (ax, ay), (bx, by) = centres[arrow.source], centres[arrow.target]
                askew[id_, arrow.source] = abs(ax - bx) < 1 and abs(ay - by) < 200
    assert len(askew) >= 15
    assert all(askew.values()), askew


def late_clients(scene: Scene, direction: str) -> list[str]:
    centres, axis = lay_out(scene, direction).centres, 0 if direction == "LR" else 1
    first = min(centre[axis] for centre in centres.values())
    calling = {arrow.source for arrow in scene.arrows}
    return [
        node.id for node in scene.nodes if node.starts and node.id in calling and centres[node.id][axis] > first + 1
    ]


def test_clients_stand_first(rulebook) -> None:
    assert not {id_: late for id_, scene in examples_of(rulebook).items() if (late := late_clients(scene, "LR"))}


@pytest.mark.parametrize("direction", ["LR", "TB"])
def test_clients_of_real_systems_stand_first(shared: Path, direction: str) -> None:
    for file in sorted((shared / "systems").glob("*.yaml")):
        assert not late_clients(make_scene(read([file]).architecture), direction), file.stem


def test_badges_beside_arrows_cover_nothing(rulebook) -> None:
    architecture = read([PROJECT / "examples/orders.yaml"]).architecture
    scene = with_notes(make_scene(architecture), check(architecture, rulebook).findings)
    assert any(arrow.marks for arrow in scene.arrows)
    assert not faults(scene, lay_out(scene, "LR"))


def test_a_picture_stays_as_it_is_when_a_component_is_added_at_its_end() -> None:
    text = "archlint: 1\nname: A\ncomponents: {c: client, a: http_api, f: lambda, t: dynamodb%s}\nconnections:\n  - c => a => f => t\n%s"
    before = lay_out(make_scene(read_text(text % ("", "")).architecture), "LR").centres
    after = lay_out(make_scene(read_text(text % (", g: lambda", "  - t -> g\n")).architecture), "LR").centres
    order = sorted(before, key=lambda name: before[name])
    assert [name for name in sorted(after, key=lambda name: after[name]) if name in before] == order


def test_the_measure_sees_what_is_wrong() -> None:
    scene = make_scene(read_text(invented(13)).architecture)
    picture = lay_out(scene, "LR")
    place, label = next(iter(picture.labels.items()))
    other = next(rect for where, rect in picture.labels.items() if where != place)
    assert faults(scene, picture._replace(labels={**picture.labels, place: other}))["text over text"]
    node = scene.nodes[0].id
    moved = {**picture.centres, node: label.centre}
    found = faults(scene, picture._replace(centres=moved))
    assert found["text over node"]
    assert found["end in the air"]
    shifted = [[(x + 300, y) for x, y in line] for line in picture.lines]
    assert faults(scene, picture._replace(lines=tuple(shifted)))["line through node"]


def test_what_comes_from_beside_ends_at_the_icon_and_not_at_its_text(rulebook) -> None:
    scene = examples_of(rulebook)["router"]
    layout = lay_out(scene, "LR")
    arrow, line = next(
        (arrow, line)
        for arrow, line in zip(scene.arrows, layout.lines, strict=True)
        if (arrow.source, arrow.target) == ("failed-depth", "refund-failed")
    )
    assert icon_rect(layout.centres[arrow.target]).holds(line[-1], gap=8), arrow.title


def test_what_is_almost_straight_is_straight(rulebook) -> None:
    for id_, scene in examples_of(rulebook).items():
        for arrow, line in zip(scene.arrows, lay_out(scene, "LR").lines, strict=True):
            if arrow.source != arrow.target and len(thinned(line, 10)) == 2:
                assert len(thinned(line, 1.2)) == 2, (id_, arrow.title)


def test_boxes_begin_close_above_what_is_in_them(rulebook) -> None:
    for id_, scene in examples_of(rulebook).items():
        picture = lay_out(scene, "LR")
        for box, rect in zip(scene.boxes, picture.boxes, strict=True):
            tops = [picture.centres[member][1] - ICON / 2 for member in box.members]
            tops += [min(y for _, y in line) for line in picture.lines]
            assert min(top for top in tops if top > rect.top) - rect.top <= 50, id_
