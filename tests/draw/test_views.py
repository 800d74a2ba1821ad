"""What is drawn of an architecture that is too large for one picture."""

from __future__ import annotations

import pytest

from archlint.draw import Choice, DrawingError, views
from archlint.draw.layout import lay_out
from archlint.draw.scene import Scene
from archlint.importers import read_text
from archlint.model import Architecture


def services(count: int, each: int) -> Architecture:
    lines = ["archlint: 1", "name: Many", "components: {c: client}", "services:"]
    for number in range(count):
        chain = " -> ".join(f"f{part}" for part in range(each))
        parts = ", ".join(f"f{part}: lambda" for part in range(each))
        lines += [f"  s{number}:", f"    components: {{{parts}}}", f"    connections: [{chain}]"]
    lines.append("connections:")
    lines += ["  - c => s0.f0", "  - s0.f0 => s1.f1", "  - s0.f1 => s1.f2", "  - s0.f2 -> s1.f1"]
    lines += [f"  - s{number}.f0 -> s{number + 1}.f0" for number in range(1, count - 1)]
    return read_text("\n".join(lines) + "\n").architecture


def ids(scene: Scene) -> set[str]:
    return {node.id for node in scene.nodes}


def test_a_small_architecture_is_one_picture() -> None:
    assert [view.name for view in views(services(5, 5))] == [""]


def test_a_large_one_is_an_overview_and_a_picture_for_each_service() -> None:
    found = views(services(7, 10))
    assert [view.name for view in found] == ["", *(f"s{number}" for number in range(7))]
    overview = found[0].scene
    assert ids(overview) == {"c", *(f"service s{number}" for number in range(7))}
    counts = {(arrow.source, arrow.target, arrow.line.value): arrow.label for arrow in overview.arrows}
    assert counts["service s0", "service s1", "sync"] == ("\u00d7 2",)
    assert counts["service s0", "service s1", "async"] == ()
    one = found[2].scene
    assert {box.service: box.foreign for box in one.boxes} == {"s0": True, "s1": False, "s2": True}
    assert ids(one) == {*(f"s1.f{part}" for part in range(10)), "s0.f0", "s0.f1", "s0.f2", "s2.f0"}


def test_all_draws_everything() -> None:
    assert len(views(services(7, 10), Choice(everything=True))[0].scene.nodes) == 71


def test_a_service_that_is_too_large_comes_in_parts_that_hold_all_of_it() -> None:
    found = views(services(2, 100), Choice(service="s1"))
    assert [view.name for view in found] == ["", "s1-2-of-3", "s1-3-of-3"]
    shown = [{node.id for node in view.scene.nodes if node.id.startswith("s1.")} for view in found]
    assert set().union(*shown) == {f"s1.f{part}" for part in range(100)}
    assert max(map(len, shown)) <= 60


def test_what_is_around_a_component() -> None:
    assert ids(views(services(7, 10), Choice(focus="s3.f0"))[0].scene) == {"s2.f0", "s3.f0", "s3.f1", "s4.f0"}
    assert ids(views(services(7, 10), Choice(focus="s3.f0", depth=0))[0].scene) == {"s3.f0"}


def test_more_around_a_component_than_can_be_read_is_said() -> None:
    with pytest.raises(DrawingError, match="use a smaller --depth, or --all"):
        views(services(7, 10), Choice(focus="s3.f0", depth=20))
    assert len(views(services(7, 10), Choice("", "s3.f0", 20, everything=True))[0].scene.nodes) == 71


def test_names_of_files_are_plain_and_differ_on_any_file_system() -> None:
    parts = ", ".join(f"f{part}: lambda" for part in range(31))
    lines = [
        "archlint: 1",
        "name: Alike",
        "services:",
        *(f"  {name}: {{components: {{{parts}}}}}" for name in ("Shop", "shop")),
    ]
    assert [view.name for view in views(read_text("\n".join(lines) + "\n").architecture)] == ["", "Shop", "shop-2"]


def test_a_hub_is_told_in_words_in_a_large_overview() -> None:
    lines = ["archlint: 1", "name: Hub", "components: {c: client}", "services:"]
    lines += [f"  s{number}: {{components: {{f: lambda, g: lambda}}}}" for number in range(35)]
    lines += ["connections:", *(f"  - c => s{number}.f" for number in range(35))]
    scene = views(read_text("\n".join(lines) + "\n").architecture)[0].scene
    assert not scene.arrows
    assert {node.detail[-1] for node in scene.nodes} == {"\u2194 c", "\u2194 35 others"}


def test_a_long_chain_of_services_is_folded() -> None:
    lines = ["archlint: 1", "name: Long", "services:"]
    lines += [f"  s{number}: {{components: {{f: lambda, g: lambda}}}}" for number in range(40)]
    lines += ["connections:", *(f"  - s{number}.f -> s{number + 1}.f" for number in range(39))]
    extent = lay_out(views(read_text("\n".join(lines) + "\n").architecture)[0].scene, "LR").extent
    assert extent.width < 2000
