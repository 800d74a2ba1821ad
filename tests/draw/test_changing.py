"""Two versions in one picture."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from draw.measuring import faults

from archlint.diff import IMPLEMENTATION, Status, compare, united
from archlint.draw import Choice, Context, Look, differing, draw_scenes, views, with_changes
from archlint.draw.layout import lay_out
from archlint.importers import read_text

OLD = """\
archlint: 1
name: Tea house
services:
  kitchen:
    owner: cooks
    components:
      leaves: {type: sqs, visibility_timeout: 30s}
      brew: {type: lambda, timeout: 10s}
      pots: dynamodb
    connections:
      - leaves -> brew: {batch_size: 1}
      - brew =write=> pots
  cellar:
    components: {wine: s3}
components: {guest: client, till: third_party}
connections:
  - guest -> kitchen.leaves
  - kitchen.brew => till
"""
NEW = """\
archlint: 1
name: Tea house
services:
  kitchen:
    owner: tea masters
    components:
      leaves: {type: sqs, visibility_timeout: 60s}
      brew: {type: lambda, timeout: 30s, tracing: true}
      cups: dynamodb
      lost: sqs
    connections:
      - leaves -> brew: {batch_size: 10}
      - brew =write=> cups
      - leaves !> lost
components: {guest: client, till: third_party}
connections:
  - guest -> kitchen.leaves
  - kitchen.brew -> till
"""


@pytest.fixture
def both():
    return united(
        compare(read_text(OLD).architecture, read_text(NEW.replace("cups: dynamodb", "cups: s3")).architecture)
    )


@pytest.fixture
def scene(both):
    return with_changes(views(both.architecture)[0].scene, both)


def svg(scene, look: Look | None = None) -> ET.Element:
    return ET.fromstring(next(draw_scenes([scene], "svg", look or Look(), Context())))  # noqa: S314  our own


def texts(root: ET.Element) -> list[str]:
    return ["".join(element.itertext()) for element in root.iter("{http://www.w3.org/2000/svg}text")]


def test_what_is_gone_is_still_there_in_its_place(both, scene) -> None:
    assert [node.id for node in scene.nodes] == [
        *("kitchen.leaves", "kitchen.brew", "kitchen.pots", "cellar.wine", "kitchen.cups", "kitchen.lost"),
        *("guest", "till"),
    ]
    statuses = {node.id: node.change.status.value for node in scene.nodes if node.change}
    assert statuses == {
        "kitchen.leaves": "changed",
        "kitchen.brew": "changed",
        "kitchen.pots": "removed",
        "kitchen.cups": "added",
        "kitchen.lost": "added",
        "cellar.wine": "removed",
    }
    assert {box.service: box.change.status.value for box in scene.boxes if box.change} == {
        "kitchen": "changed",
        "cellar": "removed",
    }
    assert differing(both) == {*statuses, "till"}


def test_what_is_different_is_said_in_words_and_not_twice(scene) -> None:
    nodes = {node.id: node for node in scene.nodes}
    assert nodes["kitchen.leaves"].detail == ()
    assert " ".join(nodes["kitchen.leaves"].change.words) == "visibility timeout 30s → 1m"
    assert nodes["kitchen.brew"].change.words == ("timeout 10s → 30s", "+ tracing")
    arrows = {(arrow.source, arrow.target): arrow for arrow in scene.arrows if arrow.change}
    batch = arrows["kitchen.leaves", "kitchen.brew"]
    assert (batch.label, batch.change.words) == ((), ("batch size 1 → 10",))
    assert arrows["kitchen.brew", "till"].change.words == ("sync → async",)
    assert scene.boxes[0].change.words == ("owner cooks → tea masters",)
    assert scene.remark.startswith("Services: 1 removed, 1 changed; components: 2 added, 2 removed, 2 changed;")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_change_has_a_sign_beside_its_colour(scene, theme: str) -> None:
    root = svg(scene, Look(theme))
    written = texts(root)
    parts = [part.change.status for group in (scene.nodes, scene.boxes, scene.arrows) for part in group if part.change]
    for status, sign in ((Status.ADDED, "+"), (Status.REMOVED, "\u2212"), (Status.CHANGED, "~")):
        assert written.count(sign) == parts.count(status) + 1  # and in the legend
    assert {"added", "removed", "changed"} <= set(written)
    titles = [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}title")]
    assert any(title.endswith("changed: timeout 10s → 30s; + tracing") for title in titles)


def test_the_legend_tells_only_what_occurs() -> None:
    later = read_text(OLD.replace("timeout: 10s", "timeout: 20s")).architecture
    both = united(compare(read_text(OLD).architecture, later))
    scene = with_changes(views(both.architecture)[0].scene, both)
    written = texts(svg(scene))
    assert "changed" in written
    assert not {"added", "removed", "+", "\u2212", "failures"} & set(written)


def test_what_is_gone_is_dashed_and_faint(scene) -> None:
    root = svg(scene)
    wine = next(group for group in root.iter() if group.get("data-id") == "cellar.wine")
    around = next(group for group in root.iter() if group.get("data-frame") == "cellar.wine")
    frame = [rect for rect in around.iter("{http://www.w3.org/2000/svg}rect") if rect.get("stroke-dasharray")]
    assert frame
    assert any(group.get("opacity") == "0.5" for group in wine.iter("{http://www.w3.org/2000/svg}g"))
    line = next(group for group in root.iter() if group.get("data-to") == "kitchen.pots")
    assert [one.get("stroke-dasharray") for one in line.iter("{http://www.w3.org/2000/svg}polyline")] == [
        None,
        "4 3",
        "4 3",
    ]


@pytest.mark.parametrize("direction", ["LR", "TB"])
def test_it_is_drawn_without_a_fault(scene, direction: str) -> None:
    assert not faults(scene, lay_out(scene, direction))


def test_parallel_connections_of_different_fates_are_arrows_of_their_own() -> None:
    text = "archlint: 1\nname: A\ncomponents: {a: http_api, f: lambda}\nconnections:\n  - a => f: {route: GET /x}\n%s"
    old = read_text(text % "  - a => f: {route: GET /y}\n").architecture
    new = read_text(text % "  - a => f: {route: GET /z}\n  - a => f: {route: GET /w}\n").architecture
    both = united(compare(old, new))
    arrows = with_changes(views(both.architecture)[0].scene, both).arrows
    assert [(arrow.label, arrow.change.status.value if arrow.change else "same") for arrow in arrows] == [
        (("GET /x",), "same"),
        ((), "changed"),
        (("GET /w",), "added"),
    ]
    assert arrows[1].change.words == ("route GET", "/y → GET /z")


def test_loops_that_are_there_no_more_have_room() -> None:
    text = "archlint: 1\nname: A\ncomponents: {f: lambda, g: lambda}\nconnections:\n  - f -> g\n"
    both = united(compare(read_text(text + "  - f -> f\n").architecture, read_text(text + "  - f => f\n").architecture))
    scene = with_changes(views(both.architecture)[0].scene, both)
    assert scene.nodes[0].loops == 1
    both = united(compare(read_text(text + "  - f -> f\n").architecture, read_text(text).architecture))
    scene = with_changes(views(both.architecture)[0].scene, both)
    assert scene.nodes[0].loops == 1
    assert not faults(scene, lay_out(scene, "LR"))


def test_an_id_that_means_something_else_now_is_not_mixed_up() -> None:
    old = read_text("archlint: 1\nname: A\ncomponents: {q: sqs, f: lambda}\nconnections: [q -> f]\n").architecture
    new = read_text(
        "archlint: 1\nname: A\ncomponents: {q: dynamodb, f: lambda}\nconnections: [f =write=> q]\n"
    ).architecture
    both = united(compare(old, new, IMPLEMENTATION))
    assert [component.id for component in both.architecture.components] == ["q (2)", "q", "f"]
    scene = with_changes(views(both.architecture)[0].scene, both)
    assert [(node.name, node.change.status.value) for node in scene.nodes if node.change] == [
        (("q",), "removed"),
        (("q",), "added"),
    ]


def large(names: str, timeout: int = 3) -> str:
    parts = "\n".join(
        f"  {name}{number}:\n    components: {{f: {{type: lambda, timeout: {timeout}s}}, q: sqs, d: dynamodb}}\n"
        "    connections: [q -> f, f => d]"
        for name in names
        for number in range(12)
    )
    return f"archlint: 1\nname: Large\nservices:\n{parts}\n"


def test_of_a_large_system_what_is_different_is_drawn_with_its_neighbours() -> None:
    both = united(
        compare(read_text(large("ab")).architecture, read_text(large("ab").replace("3s", "9s", 2)).architecture)
    )
    found = views(both.architecture, Choice(chiefly=differing(both)))
    assert [[node.id for node in view.scene.nodes] for view in found] == [
        ["a0.f", "a0.q", "a0.d", "a1.f", "a1.q", "a1.d"]
    ]


def test_where_that_is_too_much_only_services_with_a_difference_are_drawn() -> None:
    old, new = read_text(large("ab")), read_text(large("ac").replace("3s", "9s", 11))
    both = united(compare(old.architecture, new.architecture))
    found = views(both.architecture, Choice(chiefly=differing(both)))
    assert len(differing(both)) == 11 + 2 * 36
    scene = with_changes(found[0].scene, both)
    changes = {node.service: node.change for node in scene.nodes}
    assert {"a0", "c0", "b0"} < {view.name for view in found}
    assert "a11" not in [view.name for view in found]
    assert changes["a0"].words == ("1 changed",)
    assert changes["a11"] is None
    assert changes["c0"].status is Status.ADDED
    assert changes["b0"].status is Status.REMOVED


@pytest.mark.parametrize("format_", ["mermaid", "d2", "dot", "drawio", "html", "pdf", "png"])
def test_every_format_tells_what_is_different(scene, both, format_: str) -> None:
    data = next(draw_scenes([scene], format_, Look(), Context(both.architecture)))
    if format_ in ("pdf", "png"):
        assert data.startswith((b"%PDF", b"\x89PNG"))
        return
    text = data.decode()
    assert re.search(r"(\+|#43;|&#43;)( |&nbsp;)cups|\"sign\":\"\+\"", text), text
    assert re.search(r"(\u2212) pots|\"sign\":\"\u2212\"", text)
    assert "10s → 30s" in text
    assert "removed" in text
