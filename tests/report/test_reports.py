"""Every report: its golden file, the schema it promises, and what the input must not be able to do to it.

``pytest tests/report --update-golden`` writes the golden files anew.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
from importlib import metadata
from pathlib import Path

import jsonschema
import pytest
import xmlschema

from archlint import __version__
from archlint.importers import read_text
from archlint.lint import check
from archlint.report import markdown
from archlint.report.checkup import REPORTS, Checkup, report_named
from archlint.report.paint import Paint

HERE = Path(__file__).parent
FORMATS = sorted(REPORTS)
EVIL = '\x1b[2J\x9b\u202e@octocat #7 <script>alert(1)</script> [x](http://example.org) ``` `y` | z ::error::w %0A & "q"'
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^[^/.][^\\\\]*$"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def evil(words: str = EVIL) -> str:
    """A description whose labels, reasons and values try to be more than text."""
    quoted = json.dumps(words)
    return (
        "archlint: 1\nname: A\ncomponents:\n"
        f"  q: {{type: sqs, label: {quoted}}}\n  f: {{type: lambda, label: {quoted}, loop_guard: {quoted}}}\n"
        f"  g: lambda\nconnections:\n  - q -> f: {{label: {quoted}}}\n  - f -> g\n"
        f"ignore: [{{rule: batch-without-partial-response, reason: {quoted}}}]\n"
    )


@pytest.fixture
def reported(archlint_command, tmp_path, monkeypatch):
    """What the command prints for the bakery."""
    shutil.copytree(HERE / "bakery", tmp_path / "bakery")

    def call(format_: str, *arguments: str) -> str:
        done = subprocess.run(
            [*archlint_command, "check", "bakery.yaml", "--format", format_, *arguments],
            cwd=tmp_path / "bakery",
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (1, b"")
        return done.stdout.decode()

    return call


@pytest.fixture
def checkup(rulebook):
    def make(text: str, **more) -> Checkup:
        reading = read_text(text, path="a.yaml")
        return Checkup(check(reading.architecture, rulebook).findings, reading, rulebook, **more)

    return make


@pytest.mark.parametrize("format_", FORMATS)
def test_golden(format_: str, reported, request) -> None:
    golden = HERE / "golden" / f"bakery.{format_}"
    found = reported(format_).replace(f'"{__version__}"', '"VERSION"')
    if request.config.getoption("--update-golden"):
        golden.write_text(found)
    assert found == golden.read_text()


def test_json_holds_its_schema(reported, archlint_command) -> None:
    text = subprocess.run([*archlint_command, "schema", "--report", "check"], capture_output=True, check=True).stdout
    schema = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(schema)
    data = json.loads(reported("json"))
    jsonschema.validate(data, schema, cls=jsonschema.Draft202012Validator)
    data["findings"][0]["severity"] = "dreadful"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema, cls=jsonschema.Draft202012Validator)


def test_junit_holds_its_schema(reported) -> None:
    schema = xmlschema.XMLSchema(HERE / "junit.xsd")
    text = reported("junit")
    schema.validate(io.StringIO(text))
    assert text.count("<skipped/>") == 1
    assert not schema.is_valid(io.StringIO(text.replace("<properties/>", "")))


def test_junit_holds_the_schema_of_jenkins(reported) -> None:
    """The schema is that of Jenkins' xUnit plugin, whose licence stands in it."""
    schema = xmlschema.XMLSchema(HERE / "junit-10.xsd")
    text = reported("junit")
    schema.validate(io.StringIO(text))
    assert not schema.is_valid(io.StringIO(text.replace("<testcase ", "<case ").replace("</testcase>", "</case>")))


@pytest.mark.parametrize("kind", ["Ghas", "Sarif"])
def test_sarif_passes_its_validator(kind: str, reported, tmp_path) -> None:
    """What GitHub asks for (Ghas), and what the standard does, of findings over three files."""
    packages = Path(os.environ.get("ARCHLINT_NODE_PACKAGES", "."))
    tool = packages / "node_modules" / ".bin" / "sarif-multitool"
    if not tool.exists() or not shutil.which("node"):
        pytest.skip(
            "needs node, and ARCHLINT_NODE_PACKAGES=FOLDER after `npm install @microsoft/sarif-multitool` in it"
        )
    text = reported("sarif")
    assert all(f"{name}.yaml" in text for name in ("bakery", "oven", "shop"))
    assert _complaints(tool, kind, text, tmp_path) == []
    assert _complaints(tool, kind, text.replace('"startLine": ', '"startLine": -'), tmp_path)


def _complaints(tool: Path, kind: str, text: str, folder: Path) -> list[str]:
    file = folder / "archlint.sarif"
    file.write_text(text, encoding="utf-8")
    command = [str(tool), "validate", str(file), "--rule-kind", kind]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    return [line for line in done.stdout.splitlines() if ": error " in line]


def test_gitlab_holds_its_schema_and_has_no_fingerprint_twice(reported) -> None:
    rows = json.loads(reported("gitlab"))
    jsonschema.validate(rows, GITLAB)
    assert len({row["fingerprint"] for row in rows}) == len(rows) > 3


def test_sarif_links_its_places_and_follows_the_path(reported) -> None:
    (run,) = json.loads(reported("sarif"))["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["partialFingerprints"]["primaryLocationLineHash"]
        links = [int(number) for number in re.findall(r"(?<!\\)\]\((\d+)\)", result["message"]["text"])]
        assert links == [related["id"] for related in result.get("relatedLocations", [])]
        for place in [*result["locations"], *result.get("relatedLocations", [])]:
            region = place["physicalLocation"]["region"]
            assert region["startLine"] == region["endLine"]
            assert region["startColumn"] < region["endColumn"]
    shared = next(result for result in run["results"] if result["ruleId"] == "shared-datastore")
    flow = shared["codeFlows"][0]["threadFlows"][0]["locations"]
    files = {step["location"]["physicalLocation"]["artifactLocation"]["uri"] for step in flow}
    assert files == {"shop.yaml", "bakery.yaml"}
    told = [result["suppressions"] for result in run["results"] if result["suppressions"]]
    assert [(one["kind"], one["justification"]) for (one,) in told] == [("inSource", 'baked twice is "well done"')]
    for rule in rules:
        assert len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["markdown"].startswith("**")


def test_paths_are_those_of_the_repository(checkup) -> None:
    found = checkup(
        "archlint: 1\nname: A\ncomponents: {q: sqs, f: lambda}\nconnections: [q -> f]\n", prefix="docs/a b/"
    )
    assert json.loads(report_named("gitlab")(found))[0]["location"]["path"] == "docs/a b/a.yaml"
    sarif = json.loads(report_named("sarif")(found))
    place = sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == "docs/a%20b/a.yaml"
    assert "file=docs/a b/a.yaml,line=3" in report_named("github")(found)
    link = "https://github.com/o/r/blob/abc/{path}#L{line}"
    assert "](https://github.com/o/r/blob/abc/docs/a%20b/a.yaml#L3)" in report_named("markdown")(
        found._replace(link=link)
    )


@pytest.mark.parametrize("format_", FORMATS)
def test_no_report_lets_the_input_out(format_: str, checkup) -> None:
    text = report_named(format_)(checkup(evil()))
    shown = json.dumps(json.loads(text)) if format_ in {"json", "sarif", "gitlab"} else text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)
    if format_ == "github":
        assert all(
            line.startswith(("::error ", "::warning ", "::notice ", "Found ")) or "can be fixed" in line
            for line in text.splitlines()
        )
    if format_ == "junit":
        xmlschema.XMLSchema(HERE / "junit.xsd").validate(io.StringIO(text))


def test_markdown_is_nothing_but_text(checkup) -> None:
    """What the input says stands in text, code spans and fenced blocks, and never as markup."""
    for words in (
        EVIL,
        "`",
        "``a",
        "a`b`c`d",
        "- x",
        "1. x",
        "# x",
        "@a",
        "![x](y)",
        "<!--",
        "a|b",
        "https://x.org",
        "www.x.org",
    ):
        shown = re.sub(r"`[^`]*`", "", markdown.text(words))
        assert not re.search(r"(?<!\\)[\[\]*_`|>]|<|@\w|(?<!&)#\d|https?:/|www\.x|\A\s*[-#]", shown), shown
        inside = markdown.html(words)
        assert not re.search(r"[<>\[\]`*|]|@\w", inside), inside
    assert markdown.html("`a |b") == "&#96;a &#124;b"
    fence = list(markdown.fenced(["+ ````", "- ```diff"]))
    assert fence[0] == "`````diff"
    assert fence[-1] == "`````"


def test_markdown_stays_below_what_a_comment_holds(rulebook) -> None:
    lines = "".join(f"  queue-{number}: sqs\n  reader-{number}: lambda\n" for number in range(400))
    wires = "".join(f"  - queue-{number} -> reader-{number}\n" for number in range(400))
    reading = read_text(f"archlint: 1\nname: A\ncomponents:\n{lines}connections:\n{wires}", path="a.yaml")
    found = Checkup(check(reading.architecture, rulebook).findings, reading, rulebook)
    text = report_named("markdown")(found)
    assert len(text) < 65_536
    assert re.search(r"… and [\d,]+ more findings", text)


def test_text_keeps_to_the_width_and_colours_arrows(checkup) -> None:
    names = "".join(f"  a-function-with-a-long-name-{number}: lambda\n" for number in range(8))
    chain = " => ".join(f"a-function-with-a-long-name-{number}" for number in range(8))
    text = f"archlint: 1\nname: A\ncomponents:\n{names}connections:\n  - {chain}\n"
    narrow = report_named("text")(checkup(text, columns=60))
    assert max(len(line) for line in narrow.splitlines() if " | + " not in line) <= 60  # what is new can be copied
    coloured = report_named("text")(checkup(text, paint=Paint(True)))
    assert "\x1b[32m=>\x1b[0m" in coloured
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == report_named("text")(checkup(text))


def test_findings_of_one_place_are_told_once(checkup) -> None:
    text = (
        "archlint: 1\nname: A\ncomponents: {t: sns, f: lambda, g: lambda, h: lambda}\nconnections:\n  - t -> f, g, h\n"
    )
    shown = report_named("text")(checkup(text))
    assert shown.count("[subscription-without-dlq]") == 1
    assert "also: t -> g, t -> h: the same, here" in shown


def test_an_own_report_is_found_by_its_entry_point(monkeypatch, checkup) -> None:
    entry = metadata.EntryPoint("tally", "test_reports:tally", "archlint.reports")
    monkeypatch.setattr(
        metadata, "entry_points", lambda **wanted: [entry] if wanted.get("name", "tally") == "tally" else []
    )
    monkeypatch.setattr(metadata.EntryPoint, "load", lambda _: tally)
    assert report_named("tally")(checkup(evil())).isdigit()
    assert report_named("talli") is None


def tally(found: Checkup) -> str:
    return str(len(found.findings))
