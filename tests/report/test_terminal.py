"""Drawings of characters."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archlint.importers import Reading, read_text
from archlint.lint import LintSettings, check
from archlint.report import text as text_report
from archlint.report.checkup import Checkup
from archlint.report.paint import Paint, width
from archlint.report.telling import told
from archlint.report.terminal import ASCII, MOST, UNICODE, drawing, strokes_for
from archlint.rulebook import Rulebook
from archlint.rulebook.examples import example_of

PLAIN = Paint(colour=False)


def drawn(reading: Reading, strokes=UNICODE) -> str:
    return drawing(reading.architecture, PLAIN, strokes)


def test_traffic_runs_right_and_failures_branch_off(describe: Callable[[str], Reading]) -> None:
    text = """
components: {partner: client, api: http_api, inbox: sqs, worker: lambda, ledger: aurora, dead: sqs, depth: cloudwatch_alarm}
connections:
  - partner => api -> inbox -> worker =write=> ledger
  - inbox !> dead
  - depth -> dead
"""
    lines = drawn(describe(text)).splitlines()
    assert re.fullmatch(r"partner ═+▶ api ━+▶ inbox ━+▶ worker ═ write ═+▶ ledger", lines[0])
    assert re.fullmatch(r"client +http api +sqs +lambda +aurora", lines[1])
    assert re.fullmatch(r" +╰╌+▷ dead", lines[2])
    assert re.fullmatch(r"depth ┈+> \(dead\)", lines[5])
    assert lines[-1] == "══▶ synchronous   ━━▶ asynchronous   ╌╌▷ failures   ┈┈> watches"


def test_columns_line_up(describe: Callable[[str], Reading]) -> None:
    lines = drawn(describe("components: {a: lambda, b: sqs, c: sqs}\nconnections: [a -> b, a -> c]")).splitlines()
    assert lines[0].index("b") == lines[2].index("c") == lines[1].index("sqs")


def test_a_cycle_ends_and_a_self_loop_is_named(describe: Callable[[str], Reading]) -> None:
    text = drawn(describe("components: {a: lambda, b: sqs}\nconnections: [a -> b, b -> a, a => a]"))
    assert text.count("(a)") == 2


def test_errors_are_red_where_there_is_colour(describe: Callable[[str], Reading]) -> None:
    architecture = describe("components: {a: sqs, b: sqs}\nconnections: [a !> b]").architecture
    assert "\x1b[1;31m╌╌▷\x1b[0m" in drawing(architecture, Paint(colour=True))


def test_ascii_stands_in_where_the_output_cannot_show_more(describe: Callable[[str], Reading]) -> None:
    text = drawn(
        describe("components: {a: {type: sqs, label: x}, b: lambda, d: sqs}\nconnections: [a -> b, a !> d]"), ASCII
    )
    assert text.isascii()
    assert re.match(r"a -+> b", text)
    assert re.search(r"^`!+> d", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("encoding", "strokes"),
    [("utf-8", UNICODE), ("ascii", ASCII), ("latin-1", ASCII), (None, ASCII), ("no-such", ASCII)],
)
def test_the_output_says_which(encoding: str | None, strokes) -> None:
    assert strokes_for(encoding) is strokes


def test_every_entry_of_the_catalog_fits(rulebook: Rulebook) -> None:
    for entry in rulebook.catalog.values():
        lines = drawn(read_text(example_of(entry.file))).splitlines()
        assert lines
        assert max(map(width, lines)) <= MOST


names = st.sampled_from([f"component-with-a-rather-long-name-{number}" for number in range(12)])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(names, st.sampled_from(["=>", "->"]), names), min_size=1, max_size=25))
def test_any_graph_fits_and_shows_every_component_once(edges) -> None:
    known = sorted({name for source, _, target in edges for name in (source, target)})
    text = "archlint: 1\nname: A\ncomponents:\n" + "".join(f"  {name}: lambda\n" for name in known)
    text += "connections:\n" + "".join(
        f"  - {source} {arrow} {target}\n" for source, arrow, target in dict.fromkeys(edges)
    )
    lines = drawn(read_text(text)).splitlines()
    assert max(map(width, lines)) <= MOST
    shown = re.findall(r"(?<![(\w-])component-with[^ )\n]*", "\n".join(lines))
    assert len(shown) == len(known)


def test_remarks_of_one_rule_are_folded(rulebook) -> None:
    queues = "".join(
        f"  q{n}: {{type: sqs, visibility_timeout: 60s}}\n  f{n}: {{type: lambda, timeout: 5s}}\n" for n in range(8)
    )
    edges = "".join(f"  - q{n} -> f{n}\n" for n in range(8))
    reading = read_text(f"archlint: 1\nname: A\ncomponents:\n{queues}connections:\n{edges}", path="a.yaml")
    found = check(
        reading.architecture, rulebook, LintSettings(select=frozenset({"queue-without-age-alarm", "queue-without-dlq"}))
    )
    checkup = Checkup(found.findings, reading, rulebook)
    text = told(checkup)
    assert (text.count("info[queue-without-age-alarm]"), text.count("error[queue-without-dlq]")) == (1, 8)
    assert "= also: q1 (a.yaml:6), q2 (a.yaml:8), q3 (a.yaml:10), q4 (a.yaml:12), q5 (a.yaml:14), and 2 more;" in text
    assert text.splitlines()[-2].startswith("Found 8 errors, 8 info in")
    assert told(checkup._replace(whole=True)).count("info[queue-without-age-alarm]") == 8


def test_two_claims_of_one_service_are_told_with_what_each_lacks(rulebook) -> None:
    reading = read_text(
        "archlint: 1\nname: Mail\nservices:\n  mail:\n    patterns: [router, scalable-webhook]\n"
        "    components: {send: lambda, jobs: sqs}\n    connections: [send -> jobs]\n"
    )
    wanted = LintSettings(select=frozenset({"declared-pattern-mismatch"}))
    findings = check(reading.architecture, rulebook, wanted).findings
    shown = text_report.report(Checkup(findings, reading, rulebook))
    assert "the pattern router, and lacks" in shown
    assert "the pattern scalable-webhook, and lacks" in shown
