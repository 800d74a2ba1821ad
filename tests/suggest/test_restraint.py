"""What is not suggested: changes of what an owner has said or that nobody can know, and other designs."""

from __future__ import annotations

import pytest

from archlint.importers import read_text
from archlint.lint import check
from archlint.suggest import suggest
from archlint.suggest.suggesting import Answer

REPLICA = """\
archlint: 1
name: Herbarium
services:
  herbarium:
    components:
      api: {type: http_api, auth: jwt}
      enter: {type: lambda, timeout: 6s}
      sheets: {type: dynamodb, stream: STREAM, version_field: last_updated}
      copy: {type: lambda, timeout: 20s, idempotent: true}
      search: {type: dynamodb, keys: [genus]}
      uncopied: {type: sqs, retention: 14d}
    connections:
      - botanist => api => enter =write=> sheets
      - sheets -> copy: {maximum_retry_attempts: 4}
      - copy =write=> search
      - copy !> uncopied
components: {botanist: client}
"""


def _answer(text: str, rulebook, pattern: str | None = None) -> Answer:
    return suggest(read_text(text), rulebook, pattern)


def _suggested(text: str, rulebook, pattern: str | None = None) -> list[str]:
    return [one.pattern for one in _answer(text, rulebook, pattern).suggestions]


@pytest.mark.parametrize("claim", ["", "    patterns: [eventually-consistent]\n"])
def test_an_unknown_value_is_not_overwritten(rulebook, claim: str) -> None:
    text = REPLICA.replace("STREAM", "unknown").replace("    components:\n", f"{claim}    components:\n", 1)
    answer = _answer(text, rulebook)
    assert [one.hint for one in answer.possible] == ["say what `stream` of herbarium.sheets is"]
    assert not answer.suggestions
    found = {finding.rule for finding in check(read_text(text).architecture, rulebook).findings}
    assert not found & {"pattern-near-miss", "declared-pattern-mismatch"}


def test_what_is_not_enabled_is(rulebook) -> None:
    assert _suggested(REPLICA.replace("STREAM", "false"), rulebook) == ["eventually-consistent"]


def test_a_claim_is_kept_in_one_way(rulebook) -> None:
    text = (
        REPLICA.replace("STREAM", "true")
        .replace("      - copy !> uncopied\n", "")
        .replace("    components:\n", "    patterns: [eventually-consistent]\n    components:\n", 1)
    )
    assert [(one.pattern, one.anchor) for one in _answer(text, rulebook).suggestions] == [
        ("eventually-consistent", "herbarium.sheets")
    ]


BREAKER = """\
archlint: 1
name: Parcel tracking
components:
  customer: client
  api: {type: http_api, auth: jwt}
  track: {type: lambda, timeout: 8s}
  parcels: {type: dynamodb, role: data}
  carrier: third_party
connections:
  - customer => api => track => parcels
  - track => carrier: {timeout: 2s}
"""


def test_a_store_of_data_does_not_become_one_of_a_breaker(rulebook) -> None:
    (breaker,) = [one for one in _answer(BREAKER, rulebook).suggestions if one.pattern == "circuit-breaker"]
    assert "parcels" not in {one.component for one in breaker.changes if hasattr(one, "component")}
    assert "+  status-store: {type: dynamodb, role: circuit_state}" in breaker.diff


FAN = """\
archlint: 1
name: Greetings
components:
  app: {type: client, sdk: true}
  split: {type: lambda, timeout: 1m, idempotent: true}
  mail: {type: lambda, timeout: 1m, idempotent: true}
  text: {type: lambda, timeout: 1m, idempotent: true}
  sent: ses
  failed: {type: sqs, retention: 14d}
connections:
  - app -> split
  - split -> mail, text: {mode: all}
  - mail, text -> sent
  - split, mail !> failed
"""


def test_all_is_not_turned_into_one(rulebook) -> None:
    answer = _answer(FAN, rulebook)
    assert "router" not in {one.pattern for one in answer.suggestions}
    best = answer.suggestions[0]
    assert (best.pattern, best.missing) == ("fan-out-fan-in", ("a dead-letter queue of the worker for text",))


def test_what_may_be_either_is_asked_and_not_proposed(rulebook) -> None:
    text = FAN.replace(": {mode: all}", "").replace("split, mail !>", "split, mail, text !>")
    answer = _answer(text, rulebook)
    assert [one.patterns for one in answer.possible] == [("router", "fan-out-fan-in")]
    assert not answer.suggestions


CONSUMER = """\
archlint: 1
name: Freight
components:
  import: {type: lambda, timeout: 10s, entry: true}
  queue: {type: sqs, visibility_timeout: 2m}
  work: {type: lambda, timeout: 10s, idempotent: true, vpc: true}
  ledger: STORE
  dead: {type: sqs, retention: 14d}
connections:
  - import -> queue
  - queue -> work: {maximum_concurrency: 5}
  - {from: work, to: ledger, style: sync, action: write}
  - queue !> dead
"""


def test_no_api_in_front_of_what_something_else_invokes(rulebook) -> None:
    assert not _suggested(CONSUMER.replace("STORE", "{type: aurora, max_connections: 90}"), rulebook)


def test_no_database_beside_another_store(rulebook) -> None:
    assert not _suggested(CONSUMER.replace("STORE", "dynamodb"), rulebook)


def test_who_calls_us_is_not_called(rulebook) -> None:
    text = """\
archlint: 1
name: Tickets
services:
  shop:
    components:
      api: {type: http_api, auth: jwt}
      reserve: {type: lambda, timeout: 8s}
      events: dynamodb
    connections:
      - visitor => api => reserve => events
  payments:
    components:
      hook: {type: http_api, auth: api_key}
      accept: {type: lambda, timeout: 4s}
      paid: dynamodb
    connections:
      - provider => hook => accept => paid
components: {visitor: client, provider: third_party}
"""
    assert "circuit-breaker" not in _suggested(text, rulebook)


def test_no_second_store_for_what_tells_others_of_changes(rulebook) -> None:
    text = REPLICA.replace("STREAM", "new_image").replace("search: {type: dynamodb, keys: [genus]}", "found: sns")
    assert not _suggested(text.replace("copy =write=> search", "copy -> found"), rulebook)
