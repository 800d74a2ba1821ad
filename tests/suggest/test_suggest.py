from __future__ import annotations

from ferry import WEBHOOK

from archlint.importers import read_text
from archlint.rulebook.examples import example_of
from archlint.suggest import suggest


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


PRINTS = """\
archlint: 1
name: Prints
components:
  finish-album: lambda
  print-album: lambda
  inbox: sqs
  inbox-dead: {type: sqs, retention: 14d}
  pack: lambda
connections:
  - finish-album -invoke-> print-album
  - inbox -> pack
  - inbox !> inbox-dead: {max_receives: 5}
"""


def test_a_queue_with_work_of_its_own_is_nobodys_dead_letter_queue(rulebook) -> None:
    handoff = found(suggest(read_text(PRINTS), rulebook), "internal-handoff")
    assert handoff.missing == ("a dead-letter queue for print-album",)


DIRECT = """\
archlint: 1
name: Box office
services:
  sales:
    components:
      api: {type: http_api, auth: jwt, throttle: {rate: 50, burst: 90}}
      sell: {type: lambda, timeout: 10s, vpc: true}   # straight into the database
      seats: {type: rds, max_connections: 60}
    connections:
      - visitor => api => sell =write=> seats
components:
  visitor: client
"""


def found(answer, pattern: str):
    return next((one for one in answer.suggestions if one.pattern == pattern), None)


def test_a_writer_behind_an_api_is_told_to_put_a_queue_between(rulebook) -> None:
    best = suggest(read_text(DIRECT, path="a.yaml"), rulebook).suggestions[0]
    assert best.pattern == "scalable-webhook"
    assert best.missing == ("a queue between sales.api and sales.sell", "a dead-letter queue")
    assert [one.rule for one in best.solves] == ["unbuffered-function-to-limited-store"]
    changed = {line.strip() for line in best.diff.splitlines() if line.startswith("+ ")}
    assert {"+      - api -> queue", "+      - queue -> sell: {maximum_concurrency: 5}"} <= changed
    assert "-      - visitor => api => sell =write=> seats" in best.diff.splitlines()


def test_a_writer_that_others_invoke_is_told_to_be_a_consumer(rulebook) -> None:
    text = DIRECT.replace("visitor => api => sell =write=> seats", "sell =write=> seats").replace(
        "      api: {type: http_api, auth: jwt, throttle: {rate: 50, burst: 90}}\n", ""
    )
    text = text.replace(
        "components:\n  visitor: client\n",
        "  kiosk:\n    components: {press: {type: lambda, entry: true}}\n    connections: [press -invoke-> sales.sell]\n",
    ).replace("vpc: true}", "vpc: true, interface: true, idempotent: true}")
    near = suggest(read_text(text, path="a.yaml"), rulebook, "frugal-consumer").suggestions[0]
    assert near.missing == ("a queue between kiosk.press and sales.sell", "a dead-letter queue")


def test_a_pattern_that_is_there_needs_no_change(rulebook) -> None:
    entry = rulebook.catalog["streamer"]
    answer = suggest(read_text(example_of(entry.file)), rulebook, "streamer")
    assert [match.pattern for match in answer.matches] == ["streamer"]
    assert answer.suggestions == ()


def test_nobody_is_told_to_get_a_database_in_order_to_mend_a_queue(rulebook) -> None:
    text = """\
archlint: 1
name: Shelves
services:
  shelves:
    components:
      flow: step_functions
      wishes: sqs
      pick: {type: lambda, timeout: 5s}
      shelf: dynamodb
    connections:
      - flow -> wishes
      - wishes -> pick: {batch_size: 1}
      - pick => shelf
"""
    answer = suggest(read_text(text), rulebook)
    assert not [one for one in answer.suggestions for change in one.changes if getattr(change, "type", "") == "aurora"]


def test_a_function_with_other_business_is_made_no_authorizer(rulebook) -> None:
    """One that nothing calls may be started by what is not drawn; it publishes, which no authorizer does."""
    text = """\
archlint: 1
name: Ferry
services:
  ferry:
    components:
      api: http_api
      times: {type: lambda, timeout: 5s}
      report: {type: lambda, timeout: 5s}
      delays: {type: sns, interface: true}
      scans: s3
      read: {type: lambda, timeout: 5s}
      dead: sqs
    connections:
      - passenger => api => times
      - report -> delays
      - scans -> read
      - read !> dead
components:
  passenger: client
"""
    (found,) = [one for one in suggest(read_text(text), rulebook).suggestions if one.pattern == "gatekeeper"]
    assert found.missing == ("an authorizer for ferry.api",)
    assert not [line for line in found.diff.splitlines() if line.startswith("+") and "scans" in line]


def test_only_unknown_values_that_decide_are_asked_for(rulebook) -> None:
    text = WEBHOOK.replace("lines -> book  ", "lines -> book: {maximum_concurrency: unknown, batch_size: unknown}  ")
    answer = suggest(read_text(text), rulebook)
    (possible,) = [found for found in answer.possible if "scalable-webhook" in found.patterns]
    assert possible.hint == "say what `maximum_concurrency` of manifest.lines -> manifest.book is"
