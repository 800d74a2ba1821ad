from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from archlint.draw import DrawingError, Look, draw
from archlint.importers import read, read_text
from archlint.model import Architecture, Component, Confidence, Connection, Site, Style

EXAMPLE = Path(__file__).parents[2] / "examples/orders.yaml"
SVG = "{http://www.w3.org/2000/svg}"


def svg(text: str, **look) -> ET.Element:
    return ET.fromstring(draw(read_text("archlint: 1\n" + text).architecture, "svg", Look(**look)))  # noqa: S314  our own


def texts(picture: ET.Element) -> list[str]:
    return [element.text or "" for element in picture.iter(f"{SVG}text")]


def test_a_png_has_the_size_of_the_svg_times_the_scale() -> None:
    architecture = read([EXAMPLE]).architecture
    picture = ET.fromstring(draw(architecture, "svg"))  # noqa: S314
    data = draw(architecture, "png", Look(scale=1))
    assert data.startswith(b"\x89PNG")
    assert struct.unpack(">II", data[16:24]) == (int(picture.get("width")), int(picture.get("height")))


def test_a_png_is_filled_to_its_edges_where_points_are_no_whole_pixels() -> None:
    data = draw(read([EXAMPLE]).architecture, "png", Look(scale=1.003))
    with Image.open(BytesIO(data)) as image:
        assert image.getchannel("A").getextrema() == (255, 255)


def test_the_three_arrows_and_a_legend_of_what_occurs() -> None:
    picture = svg("name: A\ncomponents: {c: client, f: lambda, q: sqs}\nconnections: [c => f -> q]")
    assert "synchronous: waits for the answer" in texts(picture)
    assert "failures" not in texts(picture)
    assert len(list(picture.iter(f"{SVG}polyline"))) == 3 + 3
    assert "synchronous: waits for the answer" not in texts(svg("name: A\ncomponents: {c: client}", legend=False))


def test_a_legend_makes_no_picture_wider_than_what_is_drawn() -> None:
    text = "name: A\ncomponents: {q: sqs, f: lambda, t: s3, d: sqs, a: cloudwatch_alarm}\nconnections: [q -> f => t, q !> d, a -> d]"
    entries = {"synchronous: waits for the answer", "asynchronous: does not wait", "failures", "watches"}
    with_legend, without = svg(text), svg(text, legend=False)
    assert entries <= set(texts(with_legend))
    assert with_legend.get("width") == without.get("width")


@pytest.mark.parametrize(
    "label", ["</text><script>alert(1)</script>", "]]>", '\\"; x [label=1]; "', "&amp; <b>", "\\N\\G", "a\\nb"]
)
def test_a_label_cannot_break_out(label: str) -> None:
    quoted = label.replace("\\", "\\\\").replace('"', '\\"')
    picture = svg(
        f'name: "{quoted}"\ncomponents: {{f: {{type: lambda, label: "{quoted}"}}}}\nconnections:\n  - f -> f: {{label: "{quoted}"}}'
    )
    assert {element.tag.removeprefix(SVG) for element in picture.iter()} <= {
        "svg",
        "title",
        "desc",
        "defs",
        "style",
        "symbol",
        "image",
        "rect",
        "g",
        "use",
        "text",
        "polyline",
        "polygon",
    }


def test_a_megabyte_of_label_is_cut() -> None:
    picture = svg(f"name: A\ncomponents: {{f: {{type: lambda, label: '{'long ' * 200_000}'}}}}")
    assert max(map(len, texts(picture))) < 500


def test_bytes_are_the_same_in_every_process(tmp_path: Path) -> None:
    answers = set()
    for seed in ("0", "1"):
        out = tmp_path / f"{seed}.png"
        variables = {**os.environ, "PYTHONHASHSEED": seed, "PATH": "", "FONTCONFIG_PATH": str(tmp_path / "empty")}
        subprocess.run(
            [sys.executable, "-P", "-m", "archlint", "render", str(EXAMPLE), "-o", str(out)],
            env=variables,
            check=True,
            capture_output=True,
        )
        answers.add(out.read_bytes())
    assert len(answers) == 1


def test_no_path_of_the_machine_is_in_the_picture() -> None:
    text = draw(read([EXAMPLE]).architecture, "svg").decode()
    assert not re.search(r"/(home|root|usr|tmp|work)/", re.sub(r"base64,[^\"]*", "", text))


def test_the_source_is_named_without_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "shop.yaml"
    file.write_text("archlint: 1\nname: A\ncomponents: {c: client}\n")
    picture = draw(read([file]).architecture, "svg").decode()
    assert ">shop.yaml<" in picture
    assert str(tmp_path) not in picture


def test_a_png_too_large_for_viewers_is_refused_with_the_way_out() -> None:
    with pytest.raises(DrawingError, match="draw it as SVG"):
        draw(read([EXAMPLE]).architecture, "png", Look(scale=40))


def test_an_alarm_watches_with_a_light_line_of_its_own() -> None:
    picture = svg("name: A\ncomponents: {a: cloudwatch_alarm, q: sqs}\nconnections: [a -> q]")
    assert "watches" in texts(picture)
    assert "asynchronous: does not wait" not in texts(picture)


def test_a_label_without_glyphs_is_followed_by_the_id() -> None:
    picture = svg("name: A\ncomponents: {orders: {type: lambda, label: '注文'}}")
    assert {"注文", "orders"} <= set(texts(picture))


def test_what_is_not_built_yet_is_faint() -> None:
    picture = svg("name: A\ncomponents: {f: {type: lambda, planned: true}, g: lambda}")
    assert [group.get("opacity") for group in picture.iter(f"{SVG}g") if group.find(f"{SVG}title") is not None] == [
        "0.5",
        None,
    ]


def test_nothing_to_draw_is_said() -> None:
    with pytest.raises(DrawingError, match="no components"):
        draw(read_text("archlint: 1\nname: A\n").architecture, "svg")


def test_other_scripts_self_loops_and_the_dark_theme() -> None:
    picture = svg(
        "name: שלום\ncomponents: {f: {type: lambda, label: 'مرحبا 😀'}}\nconnections: [f -> f, f => f]",
        theme="dark",
        direction="TB",
    )
    assert "שלום" in texts(picture)


def _drawn_with(*confidences: Confidence) -> ET.Element:
    """A function and a table with a connection of each confidence."""
    here = Site("a.yaml", ())
    work, table = Component("work", "lambda", None, {}, here), Component("table", "dynamodb", None, {}, here)
    edges = tuple(Connection(work, table, Style.SYNC, "read", {}, here, one) for one in confidences)
    return ET.fromstring(draw(Architecture("A", (work, table), edges, {}), "svg"))  # noqa: S314


@pytest.mark.parametrize(
    ("confidences", "faint"),
    [
        ([Confidence.GUESS], True),
        ([Confidence.GUESS, Confidence.GUESS], True),
        ([Confidence.GUESS, Confidence.LIKELY], False),
        ([Confidence.CERTAIN], False),
    ],
)
def test_what_is_only_guessed_is_fainter_and_the_legend_says_so(confidences: list[Confidence], faint: bool) -> None:
    picture = _drawn_with(*confidences)
    (arrow,) = [one for one in picture.iter() if one.get("data-from") == "work"]
    assert any(one.get("opacity") for one in arrow.iter()) is faint
    assert ("guessed from the code" in texts(picture)) is faint
