from __future__ import annotations

from archlint.importers import read_text
from archlint.rulebook.examples import example_of
from archlint.suggest import suggest

WEBHOOK = """\
archlint: 1
name: Ferry manifest   # the title
services:
  manifest:
    components:
      api: http_api        # public
      take: lambda
      lines: {type: sqs, visibility_timeout: 2m}
      book: {type: lambda, timeout: 10s, idempotent: true}
      ledger: {type: rds, max_connections: 50}
      dead: sqs
    connections:
      - captain => api => take -> lines

      - lines -> book        # one at a time
      - book =write=> ledger
      - lines !> dead: {max_receives: 5}
components:
  captain: client
"""


def test_what_is_missing_is_one_change_that_keeps_the_layout(rulebook) -> None:
    best = suggest(read_text(WEBHOOK, path="a.yaml"), rulebook).suggestions[0]
    assert (best.pattern, best.missing) == ("scalable-webhook", ("a throttle on manifest.book",))
    changed = [line for line in best.diff.splitlines() if line[:1] in "+-" and line[:3] not in {"+++", "---"}]
    assert changed == [
        "-      - lines -> book        # one at a time",
        "+      - lines -> book: {maximum_concurrency: 5}        # one at a time",
    ]


def test_a_whole_pattern_is_a_match_and_no_suggestion(rulebook) -> None:
    for entry in rulebook.catalog.values():
        answer = suggest(read_text(example_of(entry.file)), rulebook)
        assert entry.id in {match.pattern for match in answer.matches}
        anchors = {(match.pattern, match.anchor) for match in answer.matches}
        assert not anchors & {(found.pattern, found.anchor) for found in answer.suggestions}


def test_an_unknown_value_makes_a_match_possible(rulebook) -> None:
    text = WEBHOOK.replace("lines -> book  ", "lines -> book: {maximum_concurrency: unknown}  ")
    answer = suggest(read_text(text), rulebook)
    (possible,) = [found for found in answer.possible if "scalable-webhook" in found.patterns]
    assert possible.hint == "say what `maximum_concurrency` of manifest.lines -> manifest.book is"
    assert "scalable-webhook" not in {match.pattern for match in answer.matches}


def test_one_pattern_at_any_distance(rulebook) -> None:
    text = "archlint: 1\nname: A\ncomponents: {c: client, a: http_api, f: lambda, t: dynamodb}\nconnections: [c => a => f => t]\n"
    answer = suggest(read_text(text), rulebook, "gatekeeper")
    assert {found.pattern for found in answer.suggestions} == {"gatekeeper"}
