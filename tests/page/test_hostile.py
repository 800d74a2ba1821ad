"""No text of a user breaks a format or gets out of its place in it; each is read by a parser of its own."""

from __future__ import annotations

import json
import re
import subprocess
import warnings
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from page.hostile import HOSTILE, reading_of

from archlint.diff import compare, united
from archlint.draw import Context, Look, draw, draw_scenes, views, with_changes
from archlint.lint import check
from archlint.model import Match
from archlint.rulebook import load

SVG = "{http://www.w3.org/2000/svg}"
SVG_ELEMENTS = {
    "svg",
    "title",
    "desc",
    "defs",
    "style",
    "image",
    "rect",
    "g",
    "a",
    "use",
    "text",
    "polyline",
    "polygon",
}
EXPECTED_EDGES = 3


def drawn(text: str, format_: str, **look) -> str:
    reading = reading_of(text)
    architecture = reading.architecture
    findings = check(architecture, load()).findings if format_ == "html" else ()
    matches = [Match("evil", text, "s", "s.f", {text[:50]: ("s.f",)})]
    context = Context(architecture, reading.span, "https://example.com/x", findings, matches, {"evil": text})
    return draw(architecture, format_, Look(**look), context).decode()


def drawn_difference(text: str, format_: str) -> str:
    """The picture of a harmless architecture's becoming one with a text everywhere."""
    old, new = reading_of("harmless").architecture, reading_of(text).architecture
    both = united(compare(old, new))
    scene = with_changes(views(both.architecture)[0].scene, both)
    return next(draw_scenes([scene], format_, Look(legend=False), Context(both.architecture))).decode()


@pytest.fixture(params=HOSTILE, ids=str)
def text(request) -> str:
    return HOSTILE[request.param]


def test_svg(text: str) -> None:
    picture = ET.fromstring(drawn(text, "svg"))  # noqa: S314  our own
    assert {element.tag.removeprefix(SVG) for element in picture.iter()} <= SVG_ELEMENTS
    for element in picture.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert not re.match(r"\s*javascript:", value)


def test_drawio(text: str) -> None:
    file = ET.fromstring(drawn(text, "drawio"))  # noqa: S314
    cells = list(file.iter("mxCell"))
    assert {element.tag for element in file.iter()} <= {
        "mxfile",
        "diagram",
        "mxGraphModel",
        "root",
        "mxCell",
        "UserObject",
        "mxGeometry",
        "mxPoint",
        "Array",
    }
    assert sum(cell.get("edge") == "1" and "legend" not in cell.get("id", "") for cell in cells) == EXPECTED_EDGES
    for cell in cells:
        assert not re.search("evil|script", cell.get("style") or "")
    for labelled in file.iter("UserObject"):
        page = Elements()
        page.feed(labelled.get("label", ""))
        assert set(page.tags) <= {"b", "br", "font"}


class Elements(HTMLParser):
    """The tags of a page, and its texts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.comments = 0
        self.inside: list[str] = []
        self.scripts: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        self.inside.append(tag)
        if tag == "script":
            self.scripts.append("")

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_comment(self, data):
        self.comments += 1

    def handle_data(self, data):
        if self.inside and self.inside[-1] == "script":
            self.scripts[-1] += data


def test_html(text: str) -> None:
    page, plain = Elements(), Elements()
    page.feed(drawn(text, "html"))
    plain.feed(drawn("plain", "html"))
    assert page.tags.count("script") == 2
    assert page.comments == 0
    assert set(page.tags) == set(plain.tags)
    assert set(page.attributes) <= set(plain.attributes) | {"font-family"}
    data = json.loads(page.scripts[0])
    assert {component["id"] for component in data["components"]} == {"s.f", "s.d", "q", "o"}
    assert not any(mark in page.scripts[0] for mark in "<>&\u2028\u2029")
    assert len(page.scripts[0]) < 100_000


def test_json(text: str) -> None:
    assert len(json.loads(drawn(text, "json"))["connections"]) == EXPECTED_EDGES


def test_dot(text: str) -> None:
    pygraphviz = pytest.importorskip("pygraphviz")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        graph = pygraphviz.AGraph(string=drawn(text, "dot"))
    assert set(graph.nodes()) == {"s.f", "s.d", "q", "o"}
    assert len(graph.edges()) == EXPECTED_EDGES


def test_markdown_has_one_fence(text: str) -> None:
    page = drawn(text, "markdown")
    assert page.count("```") == 2
    assert (
        not re.search(r"^#.*[<*_`\[](?<!\\.)", page.splitlines()[0].replace("\\", "")) or "\\" in page.splitlines()[0]
    )


def test_every_line_of_mermaid_has_its_quotes_closed(text: str) -> None:
    for line in drawn(text, "mermaid").splitlines():
        assert line.count('"') % 2 == 0
    assert "%%" not in drawn(text, "mermaid")


def test_differences_in_hostile_texts(text: str) -> None:
    picture = ET.fromstring(drawn_difference(text, "svg"))  # noqa: S314  our own
    assert {element.tag.removeprefix(SVG) for element in picture.iter()} <= SVG_ELEMENTS
    ET.fromstring(drawn_difference(text, "drawio"))  # noqa: S314  our own
    page = drawn_difference(text, "html")
    assert page.count("<script") == 2
    assert len(page) < 1_000_000


@pytest.mark.parametrize("language", ["mermaid", "d2"])
@pytest.mark.parametrize("draw_text", [partial(drawn, legend=False), drawn_difference], ids=["one", "two versions"])
def test_the_languages_own_parsers(packages: Path, tmp_path: Path, language: str, draw_text) -> None:
    files = []
    for number, text in enumerate(HOSTILE.values()):
        files.append(tmp_path / f"{number}.txt")
        files[-1].write_text(draw_text(text, language))
    script = Path(__file__).with_name("node") / "parse.mjs"
    done = subprocess.run(
        ["node", str(script), language, str(packages), *map(str, files)],
        capture_output=True,
        text=True,
        check=True,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(HOSTILE)
    extra = {"mermaid": 0, "d2": 2}[language]  # the title and the service are shapes of D2
    for name, answer in zip(HOSTILE, answers, strict=True):
        assert "error" not in answer, (name, answer)
        assert len(answer["nodes"]) == 4 + extra, name
        assert answer["edges"] == EXPECTED_EDGES, name
        assert answer["links"] == (0 if draw_text is drawn_difference else 4), name
