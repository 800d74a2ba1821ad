"""What single entries of the catalog take for theirs, and what not."""

from __future__ import annotations

import pytest

from archlint.importers import read_text
from archlint.model import AddComponent
from archlint.suggest import suggest


def _patterns(text: str, rulebook) -> set[str]:
    return {match.pattern for match in suggest(read_text(text), rulebook).matches}


ROUTER = """\
archlint: 1
name: Lost luggage
components:
  desk: {type: client, sdk: true}
  sort-claim: {type: lambda, timeout: 10s, idempotent: true}
  trace: {type: lambda, timeout: 30s, idempotent: true}
  traces: dynamodb
  refund: {type: lambda, timeout: 30s, idempotent: true}
  refunds: dynamodb
  failed: {type: sqs, retention: 14d}
connections:
  - desk -invoke-> sort-claim
  - sort-claim -invoke-> trace, refund: {mode: one_of}
  - trace => traces
  - refund => refunds
  - sort-claim, trace, refund !> failed
"""

FAN = """\
archlint: 1
name: Choir recordings
components:
  recordings: s3
  cut: {type: lambda, timeout: 10m, idempotent: true}
  clean: {type: lambda, timeout: 3m, idempotent: true}
  tracks: {type: dynamodb, keys: [recording, track]}
  failed: {type: sqs, retention: 14d}
connections:
  - recordings -> cut
  - cut -invoke-> clean: {instances: many}
  - clean =write=> tracks
  - cut, clean !> failed
"""

QUEUED = (
    FAN.replace("cut -invoke-> clean", "cut -> pieces")
    .replace("  - cut, clean !> failed", "  - pieces -> clean\n  - pieces, cut !> failed")
    .replace("  failed:", "  pieces: {type: sqs, visibility_timeout: 18m}\n  failed:")
)


@pytest.mark.parametrize(
    ("text", "pattern", "failing", "rest"),
    [
        (ROUTER, "router", "sort-claim, trace, refund", "trace, refund"),
        (FAN, "fan-out-fan-in", "cut, clean", "clean"),
        (QUEUED, "fan-out-fan-in", "pieces, cut", "pieces"),
    ],
)
def test_functions_may_share_a_dead_letter_queue(rulebook, text: str, pattern: str, failing: str, rest: str) -> None:
    assert pattern in _patterns(text, rulebook)
    without = text.replace(f"{failing} !>", f"{rest} !>")
    assert pattern not in _patterns(without, rulebook)


SUBSCRIBERS = """\
archlint: 1
name: Tide tables
services:
  harbour:
    components:
      measure: {type: lambda, timeout: 5s, entry: true}
    connections: [measure -> tides]
  boards:
    components: {inbox: sqs}
    connections: [tides -> inbox]
components: {tides: sns, radio: third_party, paper: third_party}
connections:
"""


@pytest.mark.parametrize(
    ("connections", "notified"),
    [
        ("  - tides -> radio", True),
        ("  - tides -> radio, paper", True),
        ("  - measured -> radio\n", False),
    ],
)
def test_a_subscriber_outside_every_service_is_one_of_its_own(rulebook, connections: str, notified: bool) -> None:
    text = SUBSCRIBERS.replace("paper: third_party", "paper: third_party, measured: sns")
    assert ("notifier" in _patterns(text + connections, rulebook)) is notified


def test_an_alarm_notifies_nobody_of_business(rulebook) -> None:
    text = """\
archlint: 1
name: Alarms
services:
  harbour:
    components: {late: {type: cloudwatch_alarm, metric: Errors}}
    connections: [late -> alarms]
components: {alarms: sns, pager: third_party, chat: third_party}
connections: [alarms -> pager, alarms -> chat]
"""
    assert "notifier" not in _patterns(text, rulebook)


BREAKER = """\
archlint: 1
name: Parcel tracking
components:
  customer: client
  api: {type: http_api, auth: none}
  track: {type: lambda, timeout: 8s}
  store: STORE
  carrier: third_party
connections:
  - customer => api => track
  - track =ACTION=> store
  - track => carrier: {timeout: 2s, breaker: true}
"""


@pytest.mark.parametrize(
    ("store", "action", "breaks"),
    [
        ("dynamodb", "read_write", True),
        ("elasticache", "write", True),
        ("dynamodb", "read", False),
        ("s3", "read_write", False),
        ("opensearch", "read_write", False),
        ("{type: s3, role: circuit_state}", "read_write", True),
    ],
)
def test_the_store_of_a_breaker(rulebook, store: str, action: str, breaks: bool) -> None:
    text = BREAKER.replace("STORE", store).replace("ACTION", action)
    assert ("circuit-breaker" in _patterns(text, rulebook)) is breaks


def test_records_that_fail_go_to_a_queue(rulebook) -> None:
    text = """\
archlint: 1
name: Herbarium
components:
  botanist: client
  api: {type: http_api, auth: jwt}
  enter: {type: lambda, timeout: 6s}
  sheets: {type: dynamodb, stream: new_image, version_field: last_updated}
  copy: {type: lambda, timeout: 20s, idempotent: true}
  search: opensearch
connections:
  - botanist => api => enter =write=> sheets
  - sheets -> copy: {maximum_retry_attempts: 4}
  - copy =write=> search
"""
    best = suggest(read_text(text), rulebook).suggestions[0]
    assert best.pattern == "eventually-consistent"
    assert [change.type for change in best.changes if isinstance(change, AddComponent)][:1] == ["sqs"]
