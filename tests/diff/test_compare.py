"""Two architectures compared: what was added, removed, changed, renamed, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archlint.diff import EXACT, IMPLEMENTATION, Status, compare
from archlint.importers import read_text

BASE = """\
services:
  intake:
    owner: us
    components:
      api: http_api
      receiver: {type: lambda, timeout: 10s}
      inbox: sqs
      worker: {type: lambda, timeout: 20s}
      orders: dynamodb
      dead: sqs
    connections:
      - client => api => receiver -> inbox
      - inbox -> worker: {batch_size: 10}
      - worker =write=> orders
      - inbox !> dead: {max_receives: 5}
components: {client: client}
"""


def told(before: str, after: str, view=EXACT) -> list[str]:
    head = "archlint: 1\nname: A\n"
    comparison = compare(read_text(head + before).architecture, read_text(head + after).architecture, view)
    lines = []
    for found in comparison.components:
        if found.status is not Status.SAME:
            name = f"{found.old.id} > {found.new.id}" if found.renamed else found.component.id
            lines.append(f"{found.status.value} {name}{changes(found)}")
    for found in comparison.connections:
        if found.status is not Status.SAME:
            edge = found.connection
            lines.append(
                f"{found.status.value} {edge.source.id} {edge.style.arrow} {edge.target.id} {edge.action}{changes(found)}"
            )
    for found in comparison.services:
        if found.status is not Status.SAME:
            renamed = found.old and found.new and found.old.name != found.new.name
            name = f"{found.old.name} > {found.new.name}" if renamed else found.service.name
            lines.append(f"{found.status.value} service {name}{changes(found)}")
    assert comparison.is_same == (not lines and not comparison.settings)
    return lines


def changes(found) -> str:
    return "".join(f", {name} {old} to {new}" for name, old, new in found.changes)


def test_nothing_changed() -> None:
    assert told(BASE, BASE) == []
    assert told(BASE, BASE.replace("inbox: sqs", "inbox: {type: sqs, visibility_timeout: 30}")) == []


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("timeout: 20s", "timeout: 30s", ["changed intake.worker, timeout 20 to 30"]),
        ("inbox: sqs", "inbox: {type: sqs, fifo: unknown}", ["changed intake.inbox, fifo None to unknown"]),
        ("orders: dynamodb", "orders: aurora", ["changed intake.orders, type dynamodb to aurora"]),
        ("batch_size: 10", "batch_size: 1", ["changed intake.inbox -> intake.worker poll, batch_size 10 to 1"]),
        (
            "batch_size: 10",
            "confidence: guess",
            ["changed intake.inbox -> intake.worker poll, confidence certain to guess"],
        ),
        ("=write=>", "=read=>", ["changed intake.worker => intake.orders read, action write to read"]),
        (
            "=write=>",
            "->",
            ["changed intake.worker -> intake.orders invoke, style sync to async, action write to invoke"],
        ),
        ("owner: us", "owner: them", ["changed service intake, owner us to them"]),
        ("      dead: sqs\n", "      dead: sqs\n      audit: s3\n", ["added intake.audit"]),
        ("      - inbox !> dead: {max_receives: 5}\n", "", ["removed intake.inbox !> intake.dead redrive"]),
        (
            "receiver -> inbox",
            "receiver => inbox",
            ["changed intake.receiver => intake.inbox invoke, style async to sync, action send to invoke"],
        ),
    ],
)
def test_what_changed(old: str, new: str, lines: list[str]) -> None:
    assert told(BASE, BASE.replace(old, new)) == lines


def test_a_removed_component_takes_its_connections_along() -> None:
    after = BASE.replace("      dead: sqs\n", "").replace("      - inbox !> dead: {max_receives: 5}\n", "")
    assert told(BASE, after) == ["removed intake.dead", "removed intake.inbox !> intake.dead redrive"]


def test_a_rename_is_recognised_by_shape() -> None:
    assert told(BASE, BASE.replace("worker", "booking-function")) == ["changed intake.worker > intake.booking-function"]
    assert told(BASE, BASE.replace("inbox", "parcels")) == ["changed intake.inbox > intake.parcels"]


def test_a_renamed_service_is_one_difference() -> None:
    assert told(BASE, BASE.replace("intake", "orders-in")) == ["changed service intake > orders-in"]


def test_a_component_moves_to_another_service() -> None:
    after = BASE.replace("      orders: dynamodb\n", "").replace("=> orders", "=> ledger.orders")
    after = after.replace("components: {client", "  ledger: {components: {orders: dynamodb}}\ncomponents: {client")
    assert told(BASE, after) == ["changed intake.orders > ledger.orders", "added service ledger"]


def test_two_alike_are_not_guessed_at() -> None:
    before = "components: {a: sqs, b: sqs}\n"
    after = "components: {c: sqs, d: sqs}\n"
    assert told(before, after) == ["added c", "added d", "removed a", "removed b"]


def test_routes_between_the_same_ends_are_kept_apart() -> None:
    before = (
        "components: {a: http_api, f: lambda}\nconnections:\n  - a => f: {route: GET /x}\n  - a => f: {route: GET /y}\n"
    )
    assert told(before, before.replace("GET /y", "GET /z")) == ["changed a => f invoke, route GET /y to GET /z"]
    assert told(before, before.replace("  - a => f: {route: GET /x}\n", "")) == ["removed a => f invoke"]


BUILT = """\
components:
  FrontApi: http_api
  ReceiverFunction: {type: lambda, timeout: 10s, memory: 512}
  InboxQueue: sqs
  WorkerFunction: {type: lambda, timeout: 20s}
  OrdersTable: dynamodb
  DeadLetters: {type: sqs, resource: dead}
  Logs: cloudwatch_logs
connections:
  - FrontApi => ReceiverFunction: {route: POST /orders}
  - ReceiverFunction -> InboxQueue: {confidence: likely}
  - InboxQueue -> WorkerFunction: {batch_size: 10}
  - WorkerFunction => OrdersTable: {confidence: likely}
  - InboxQueue !> DeadLetters: {max_receives: 5}
"""


def test_a_description_that_its_template_implements() -> None:
    assert told(BASE, BUILT, IMPLEMENTATION) == []
    assert told(BASE.replace("worker: {type", "worker: {idempotent: true, type"), BUILT, IMPLEMENTATION) == []


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("timeout: 20s}", "timeout: 30s}", ["changed intake.worker > WorkerFunction, timeout 20 to 30"]),
        (", timeout: 20s", "", ["changed intake.worker > WorkerFunction, timeout 20 to None"]),
        ("timeout: 20s", "timeout: unknown", []),
        ("{batch_size: 10}", "{batch_size: 5}", ["changed InboxQueue -> WorkerFunction poll, batch_size 10 to 5"]),
        ("  - InboxQueue !> DeadLetters: {max_receives: 5}\n", "", ["removed intake.inbox !> intake.dead redrive"]),
        ("  Logs: cloudwatch_logs\n", "  Audit: s3\n", ["added Audit"]),
        (
            "  - WorkerFunction => OrdersTable: {confidence: likely}\n",
            "  - WorkerFunction => OrdersTable: {confidence: likely}\n  - ReceiverFunction => OrdersTable: {confidence: guess}\n",
            [],
        ),
        (
            "  - WorkerFunction => OrdersTable: {confidence: likely}\n",
            "  - WorkerFunction => OrdersTable: {confidence: likely}\n  - ReceiverFunction => OrdersTable: {confidence: likely}\n",
            ["added ReceiverFunction => OrdersTable read_write"],
        ),
        ("FrontApi: http_api", "FrontApi: rest_api", ["changed intake.api > FrontApi, type http_api to rest_api"]),
    ],
)
def test_drift(old: str, new: str, lines: list[str]) -> None:
    assert told(BASE, BUILT.replace(old, new), IMPLEMENTATION) == lines


def test_what_code_cannot_show_is_no_drift() -> None:
    described = BASE.replace(
        "components: {client: client}",
        "components: {client: client, stripe: third_party}\nconnections: [intake.worker => stripe]",
    )
    described = described.replace("      dead: sqs\n", "      dead: sqs\n      later: {type: sqs, planned: true}\n")
    assert told(described, BUILT, IMPLEMENTATION) == []


@settings(max_examples=60, deadline=None)
@given(st.permutations(BASE.splitlines()[4:10]), st.permutations(BUILT.splitlines()[1:8]))
def test_the_order_of_a_file_does_not_count(ours, theirs) -> None:
    before, after = BASE.splitlines(), BUILT.splitlines()
    before[4:10], after[1:8] = ours, theirs
    assert told("\n".join(before), "\n".join(after), IMPLEMENTATION) == []
