"""Every format: chosen by ending or name, written whole, the same bytes each time, with no path of the machine."""

from __future__ import annotations

import json
import os
import re
import struct
import subprocess
import sys
from importlib.metadata import EntryPoint
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from archlint.draw import FORMATS, Context, DrawingError, Look, draw, format_names, format_of, formats
from archlint.importers import read, read_text

EXAMPLE = Path(__file__).parents[2] / "examples/orders.yaml"
BASE = "https://github.com/acme/shop/blob/main"


@pytest.fixture
def run(archlint_command, tmp_path):
    def call(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*archlint_command, "render", *arguments],
            cwd=tmp_path,
            env={**os.environ, **environment},
            capture_output=True,
            check=False,
        )

    (tmp_path / "shop").mkdir()
    (tmp_path / "shop/orders.yaml").write_text(EXAMPLE.read_text())
    return call


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_bytes_in_every_process_and_no_path_of_the_machine(run, tmp_path: Path, name: str) -> None:
    answers = set()
    for seed in ("0", "1"):
        file = tmp_path / f"{seed}.{FORMATS[name].endings[0]}"
        done = run(str(tmp_path / "shop"), "-o", str(file), "--link-base", BASE, PYTHONHASHSEED=seed, TZ=f"UTC+{seed}")
        assert done.returncode == 0, done.stderr
        answers.add(file.read_bytes())
    assert len(answers) == 1
    assert str(tmp_path).encode() not in answers.pop()


@pytest.mark.parametrize(
    ("file", "name"),
    [("a.svg", "svg"), ("a.HTM", "html"), ("a.gv", "dot"), ("a.b.md", "markdown"), ("a.mmd", "mermaid"), ("a", None)],
)
def test_the_ending_says_the_format(file: str, name: str | None) -> None:
    assert format_of(Path(file)) == name


def test_every_ending_is_of_one_format() -> None:
    endings = [ending for format_ in FORMATS.values() for ending in format_.endings]
    assert len(endings) == len(set(endings))


def test_standard_output_takes_any_format(run) -> None:
    assert run("shop", "--format", "d2", "-o", "-").stdout.startswith(b"direction: right\n")
    assert run("shop", "--format", "mermaid").stdout.startswith(b"---\ntitle:")
    assert run("shop", "--format", "png", "-o", "-").stdout.startswith(b"\x89PNG")


def test_the_format_may_differ_from_the_ending(run, tmp_path: Path) -> None:
    assert run("shop", "--format", "json", "-o", "a.txt").returncode == 0
    assert json.loads((tmp_path / "a.txt").read_text())["version"] == 1


def test_scale_is_pixels_a_point(run, tmp_path: Path) -> None:
    for scale in ("1", "3"):
        assert run("shop", "-o", f"{scale}.png", "--scale", scale).returncode == 0
    one, three = (struct.unpack(">II", (tmp_path / f"{scale}.png").read_bytes()[16:24]) for scale in "13")
    assert three == (one[0] * 3, one[1] * 3)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "a.gif"], "has no ending of a picture"),
        (["-o", "a"], "has no ending of a picture"),
        (["--format", "mermaidd"], "did you mean `mermaid`?"),
        (["-o", "a.svg", "--link-base", "javascript:alert(1)"], "is no address"),
        (["-o", "a.svg", "--link-base", 'https://x.example/"'], "is no address"),
        (["-o", "a.png", "--scale", "0"], "--scale"),
        (["--watch", "--format", "svg", "-o", "-"], "--watch needs a file"),
        (["-o", "missing/a.svg"], "cannot write this file"),
    ],
)
def test_wrong_usage_is_one_message(run, tmp_path: Path, arguments: list[str], said: str) -> None:
    done = run("shop", *arguments)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert [path.name for path in tmp_path.iterdir()] == ["shop"]


def test_formats_of_other_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = EntryPoint("shout", f"{__name__}:shout", formats.GROUP)
    broken = EntryPoint("broken", "no_such_module:write", formats.GROUP)
    monkeypatch.setattr(formats, "entry_points", lambda group: [entry, broken] if group == formats.GROUP else [])
    monkeypatch.setitem(sys.modules, __name__, sys.modules[__name__])
    assert format_names()[-2:] == ["broken", "shout"]
    assert format_of(Path("a.shout")) == "shout"
    assert draw(read([EXAMPLE]).architecture, "shout") == b"ORDER INTAKE"
    with pytest.raises(DrawingError, match="cannot be loaded"):
        draw(read([EXAMPLE]).architecture, "broken")
    with pytest.raises(DrawingError, match="there is no format `x`"):
        draw(read([EXAMPLE]).architecture, "x")


def shout(sheet) -> bytes:
    return sheet.scene.title.upper().encode()


def drawn(text: str, name: str, base: str = "", **look) -> str:
    reading = read_text("archlint: 1\n" + text, path="shop/a.yaml")
    return draw(reading.architecture, name, Look(**look), Context(reading.architecture, reading.span, base)).decode()


SMALL = "name: A\nservices: {s: {components: {f: lambda, q: sqs, dead: sqs}, connections: [f -> q, q !> dead]}}\ncomponents: {c: client}\nconnections: [c => s.f]"


def test_svg_has_places_in_its_tooltips_and_links_where_there_is_an_address() -> None:
    plain, linked = drawn(SMALL, "svg"), drawn(SMALL, "svg", BASE)
    assert "<title>s.f: Lambda function\nshop/a.yaml:3</title>" in plain
    assert "<a " not in plain
    assert linked.count(f'<a xlink:href="{BASE}/shop/a.yaml#L3"') == 5
    picture = ET.fromstring(plain)  # noqa: S314  our own
    assert picture.get("role") == "img"
    assert [child.tag.rpartition("}")[2] for child in picture][:2] == ["title", "desc"]


def test_mermaid() -> None:
    text = drawn(SMALL, "mermaid", direction="TB")
    for line in (
        "flowchart TB",
        "  c <--> s_f",
        "  s_f ==> s_q",
        "  s_q -.-> s_dead",
        "  linkStyle 1 stroke:#d13212,stroke-width:2px",
    ):
        assert line in text.splitlines()
    assert "archlint_legend" not in drawn(SMALL, "mermaid", legend=False)


def test_names_that_mermaid_or_d2_could_mistake_are_others() -> None:
    text = "name: A\nservices: {label: {components: {a-b: lambda, a_b: lambda, A_B: lambda, style: lambda}}}\ncomponents: {end: lambda, shape: lambda}"
    assert {"end_2", "label_a_b", "label_a_b_2", "label_A_B_3"} <= set(re.findall(r"\w+(?=\[)", drawn(text, "mermaid")))
    assert {"label_2", "a_b", "a_b_2", "A_B_3", "style_2", "shape_2"} <= set(
        re.findall(r"^ *(\w+):", drawn(text, "d2"), re.MULTILINE)
    )


def test_markdown_is_a_title_a_chart_and_a_legend() -> None:
    lines = drawn(SMALL, "markdown").splitlines()
    assert lines[:4] == ["# A", "", "```mermaid", "flowchart LR"]
    assert lines[-1].startswith("Arrows: \u21c4 synchronous")


def test_drawio_binds_arrows_to_components_in_their_services() -> None:
    file = ET.fromstring(drawn(SMALL, "drawio"))  # noqa: S314
    holders = {cell.get("id"): cell.find("mxCell") for cell in file.iter("UserObject")}
    function = holders["component-s.f"]
    assert function.get("parent") == "service-0"
    assert "resIcon=mxgraph.aws4.lambda;" in function.get("style")
    arrow = holders["connection-0"]
    assert (arrow.get("source"), arrow.get("target")) == ("component-s.f", "component-s.q")
    for cell in file.iter("mxCell"):
        assert cell.get("parent") in {None, "0", "1", *holders}


def test_json_holds_positions() -> None:
    data = json.loads(drawn(SMALL, "json"))
    assert {component["id"] for component in data["components"]} == {"s.f", "s.q", "s.dead", "c"}
    assert [service["components"] for service in data["services"]] == [["s.f", "s.q", "s.dead"]]
    for thing in (*data["components"], *data["services"]):
        assert 0 <= thing["x"] <= thing["x"] + thing["width"] <= data["width"] + 0.1
    assert all(len(connection["points"]) > 1 for connection in data["connections"])


def test_pdf_has_letters_and_links() -> None:
    pypdf = pytest.importorskip("pypdf")
    reading = read_text(
        "archlint: 1\n" + SMALL.replace("name: A", "name: 'Ärger & Ёлка → 🚀 مرحبا'"), path="shop/a.yaml"
    )
    data = draw(reading.architecture, "pdf", None, Context(reading.architecture, reading.span, BASE))
    (page,) = pypdf.PdfReader(BytesIO(data)).pages
    assert "synchronous: waits for the answer" in page.extract_text()
    assert {note["/A"]["/URI"] for note in page["/Annots"]} == {f"{BASE}/shop/a.yaml#L{line}" for line in (3, 4, 5)}
    picture = ET.fromstring(drawn(SMALL, "svg"))  # noqa: S314
    assert abs(float(page.mediabox.height) - int(picture.get("height"))) < 60


def test_a_large_architecture_is_one_page_and_one_file_to_edit(run, tmp_path: Path) -> None:
    services = "".join(f"  s{number}: {{components: {{a: lambda, b: sqs, c: s3}}}}\n" for number in range(25))
    (tmp_path / "big.yaml").write_text(f"archlint: 1\nname: Big\nservices:\n{services}")
    for ending in ("html", "drawio", "json", "d2", "dot"):
        assert run("big.yaml", "-o", f"big.{ending}").stderr == f"Wrote big.{ending}.\n".encode()
    assert b"Wrote 26 pictures" in run("big.yaml", "-o", "big.md").stderr
