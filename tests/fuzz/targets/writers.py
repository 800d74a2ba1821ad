"""A text of the input in every report and every picture: it stays a text there, whatever it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache, partial
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from fuzz.judging import printable, require
from fuzz.target import Target
from fuzz.targets.findings import found_in, rulebook
from page.hostile import reading_of

from archlint.draw import Context, Look
from archlint.draw.drawing import picture
from archlint.draw.layout import lay_out
from archlint.draw.views import Choice, views
from archlint.importers import Reading
from archlint.lint import LintSettings, check
from archlint.model import Finding, InputError
from archlint.report.checkup import Checkup, report_named
from archlint.report.paint import Paint


def _reading(data: bytes) -> Reading | None:
    """A description with a text everywhere; None where the format does not take it."""
    try:
        return reading_of(data.decode("utf-8", errors="replace"))
    except InputError:
        return None


@cache
def _firing() -> LintSettings:
    """The rules that find something in the sample, whatever the text: the others would be asked in vain."""
    return LintSettings(select=frozenset(finding.rule for finding in found_in(reading_of("x"))))


def _found(reading: Reading) -> Sequence[Finding]:
    return check(reading.architecture, rulebook(), _firing()).findings


def _reported(name: str, judge: Callable[[str, Checkup], None], data: bytes) -> None:
    reading = _reading(data)
    report = report_named(name)
    assert report is not None
    if reading is not None:
        checkup = Checkup(_found(reading), reading, rulebook(), Paint(False), link="https://x.example/{path}#L{line}")
        text = report(checkup)
        text.encode()
        judge(text, checkup)


def _text(text: str, _checkup: Checkup) -> None:
    printable(text)


def _json(text: str, _checkup: Checkup) -> None:
    json.loads(text)


def _xml(text: str, _checkup: Checkup) -> None:
    names = {element.tag for element in ET.fromstring(text).iter()}  # noqa: S314  our own
    known = {"testsuites", "testsuite", "testcase", "properties", "skipped", "failure", "system-out", "system-err"}
    require(names <= known, f"elements {names - known}")


def _workflow(text: str, checkup: Checkup) -> None:
    """A command for each finding and nothing else that the runner would obey."""
    commands = [line for line in text.splitlines() if "::" in line and line.lstrip().startswith(("::", "##["))]
    require(len(commands) == len(checkup.shown), f"{len(commands)} commands for {len(checkup.shown)} findings")
    require(all(line.startswith(("::error ", "::warning ", "::notice ")) for line in commands), "another command")
    printable(text)


_TAGS = {"details", "summary"}


def _markdown(text: str, _checkup: Checkup) -> None:
    """Outside of code no tag but ours, no mention, no link of the input."""
    outside = _without_code(text)
    seen = _Tags()
    seen.feed(outside)
    require(set(seen.tags) <= _TAGS, f"tags {set(seen.tags) - _TAGS}")
    for scheme in ("](http", "](javascript", "](//", "]("):
        if f"{scheme}" in outside:
            require(
                outside.count("](") == outside.count("](https://x.example/") + outside.count("\\]("),
                "a link of the input",
            )
    require("\u202e" not in text and "\x1b" not in text, "a character that turns text")


def _without_code(text: str) -> str:
    """Markdown without fenced blocks and code spans."""
    kept: list[str] = []
    fence = ""
    for line in text.split("\n"):
        if fence:
            fence = "" if line == fence else fence
        elif line.startswith("```"):
            fence = line.removesuffix("diff")
        else:
            kept.append("".join(line.split("`")[::2]))
    return "\n".join(kept)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)


# --- pictures -------------------------------------------------------------------------------------------------------


@cache
def _laid() -> object:
    """The arrangement of the sample, found once: Graphviz never sees a text, so it makes no difference to it."""
    reading = reading_of("x")
    return lay_out(views(reading.architecture, Choice(everything=True))[0].scene, "LR")


def _drawn(name: str, judge: Callable[[str], None], data: bytes) -> None:
    reading = _reading(data)
    if reading is None:
        return
    architecture = reading.architecture
    scene = views(architecture, Choice(everything=True))[0].scene
    findings = _found(reading) if name == "html" else ()
    context = Context(architecture, reading.span, "https://x.example/y", findings)
    judge(picture(scene, _laid(), name, Look(), context).decode())


def _well_formed(text: str) -> None:
    for element in ET.fromstring(text).iter():  # noqa: S314  our own
        tag = str(element.tag).rpartition("}")[2].lower()
        require(tag not in {"script", "foreignobject", "iframe", "object"}, f"an element `{tag}`")
        for name, value in element.attrib.items():
            require(not name.lower().startswith("on"), f"an attribute `{name}`")
            require(not _runs(value), f"an address {value[:80]!r}")


class _Page(HTMLParser):
    """Counts what a browser would run."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts = 0
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        addresses = {"href", "src", "xlink:href", "action", "formaction", "srcdoc"}
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.handlers += [name for name, value in attrs if name in addresses and _runs(value or "")]


def _runs(address: str) -> bool:
    return address.strip().lower().startswith(("javascript:", "data:text", "vbscript:"))


@cache
def _scripts() -> int:
    page = _Page()
    _drawn("html", page.feed, b"x")
    return page.scripts


def _html(text: str) -> None:
    page = _Page()
    page.feed(text)
    require(not page.handlers, f"handlers {page.handlers}")
    require(page.scripts == _scripts(), f"{page.scripts} scripts instead of {_scripts()}")


def _lines(text: str) -> None:
    """Formats of lines: as many as with a plain text, so no text begins a line of its own."""
    require(not any(0xD800 <= ord(one) < 0xE000 for one in text), "half a character")
    require("\x1b" not in text and "\u202e" not in text, "a character that steers or turns")


_REPORTS = {
    "text": _text,
    "json": _json,
    "sarif": _json,
    "junit": _xml,
    "github": _workflow,
    "gitlab": _json,
    "markdown": _markdown,
}
_PICTURES = {
    "svg": _well_formed,
    "drawio": _well_formed,
    "html": _html,
    "dot": _lines,
    "mermaid": _lines,
    "d2": _lines,
    "markdown": _lines,
    "json": json.loads,
}
_WORDS = (
    *(
        b"</script>",
        b"<script>alert(1)</script>",
        b"<img src=x onerror=y>",
        b"]]>",
        b"<!--",
        b"-->",
        b"&#x3c;",
        b"&lt;",
    ),
    *(b"\n::error::x", b"%0A::error::", b"##[error]", b"::add-mask::", b"::stop-commands::", b"@team", b"#12", b"!1"),
    *(b"](javascript:x)", b"![x](https://e.example)", b"|", b"`", b"```\n", b"https://e.example", b"www.e.example"),
    *(b'"]', b'";}', b"\\N", b"\\", b"--> b", b"click a href", b"%%{init", b"${x}", b"|md", b"{{x}}", b"a;b=c"),
)
TARGETS = (
    *(Target(f"report-{name}", partial(_reported, name, judge), _WORDS, 60) for name, judge in _REPORTS.items()),
    *(Target(f"picture-{name}", partial(_drawn, name, judge), _WORDS, 40) for name, judge in _PICTURES.items()),
)
