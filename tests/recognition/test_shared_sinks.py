"""One dead-letter queue may serve every function of a pattern."""

from __future__ import annotations

import pytest

from archlint.importers import read_text
from archlint.suggest import suggest

FUNCTIONS = """\
archlint: 1
name: Weather
services:
  maps:
    components:
      images: s3
      cut: {type: lambda, timeout: 1m, idempotent: true}
      tile: {type: lambda, timeout: 1m, idempotent: true}
      label: {type: lambda, timeout: 1m, idempotent: true}
      tiles: {type: dynamodb, keys: [image, tile]}
      labels: {type: dynamodb, keys: [image]}
      work: {type: sqs, visibility_timeout: 6m}
      dead: {type: sqs, retention: 14d}
    connections:
      - tile =write=> tiles
      - label =write=> labels
"""

ROUTER = """\
      - sender -invoke-> cut
      - cut -invoke-> tile, label: {mode: one_of}
      - cut, tile, label !> dead
components:
  sender: {type: client, sdk: true}
"""

FAN_OUT = """\
      - images -> cut
      - cut -invoke-> tile: {instances: many}
      - cut, tile !> dead
"""

QUEUED = """\
      - images -> cut
      - cut -> work: {instances: many}
      - work -> tile
      - cut, work !> dead
"""


@pytest.mark.parametrize(
    ("connections", "pattern", "role"),
    [
        (ROUTER, "router", "task_dlq"),
        (FAN_OUT, "fan-out-fan-in", "worker_dlq"),
        (QUEUED, "fan-out-fan-in", "buffer_dlq"),
    ],
)
def test_all_failures_may_go_to_one_place(rulebook, connections: str, pattern: str, role: str) -> None:
    matches = suggest(read_text(FUNCTIONS + connections), rulebook).matches
    (match,) = (match for match in matches if match.pattern == pattern)
    assert match.roles["dlq"] == match.roles[role] == ("maps.dead",)


def test_a_place_that_is_shared_is_not_missing(rulebook) -> None:
    text = FUNCTIONS + FAN_OUT.replace(": {instances: many}", "")
    text = "".join(line for line in text.splitlines(keepends=True) if "label" not in line and "work:" not in line)
    near = [one.missing for one in suggest(read_text(text), rulebook).suggestions if one.pattern == "fan-out-fan-in"]
    assert near[0] == ("instances many on maps.cut -> maps.tile",)
