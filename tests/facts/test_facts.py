from __future__ import annotations

import pytest

from archlint.facts import Graph
from archlint.model import UNKNOWN


@pytest.fixture
def fact(describe):
    def value(text: str, component: str, name: str):
        graph = Graph(describe(text).architecture)
        return graph.component_value(graph.architecture.by_id[component], name)

    return value


@pytest.mark.parametrize(
    ("text", "ceiling"),
    [
        ("components: {q: sqs, f: lambda}\nconnections: [q -> f]", None),
        ("components: {q: sqs, f: {type: lambda, reserved_concurrency: 7}}\nconnections: [q -> f]", 7),
        (
            "components: {q: sqs, f: {type: lambda, reserved_concurrency: 7}}\nconnections: [{q -> f: {maximum_concurrency: 3}}]",
            3,
        ),
        (
            "components: {q: sqs, r: sqs, f: lambda}\nconnections: [{q -> f: {maximum_concurrency: 3}}, {r -> f: {maximum_concurrency: 4}}]",
            7,
        ),
        ("components: {q: sqs, r: sqs, f: lambda}\nconnections: [{q -> f: {maximum_concurrency: 3}}, r -> f]", None),
        (
            "components: {q: sqs, f: lambda}\nconnections: [{q -> f: {provisioned_pollers: {minimum: 2, maximum: 5}}}]",
            50,
        ),
        ("components: {q: sqs, f: lambda}\nconnections: [{q -> f: {maximum_concurrency: unknown}}]", UNKNOWN),
        (
            "components: {k: {type: kinesis, shards: 4}, f: lambda}\nconnections: [{k -> f: {parallelization_factor: 2}}]",
            8,
        ),
        ("components: {k: {type: kinesis, mode: on_demand}, f: lambda}\nconnections: [k -> f]", None),
        (
            "components: {q: sqs, a: http_api, f: lambda}\nconnections: [{q -> f: {maximum_concurrency: 3}}, a => f]",
            None,
        ),
    ],
)
def test_ceiling(fact, text: str, ceiling) -> None:
    assert fact(text, "f", "ceiling") is ceiling or fact(text, "f", "ceiling") == ceiling


def test_connections_of_a_database(fact) -> None:
    text = (
        "components: {q: sqs, f: {type: lambda, connections_per_instance: 5}, g: {type: lambda, reserved_concurrency: 2}, "
        "h: lambda, db: {type: rds, max_connections: 50}}\n"
        "connections: [{q -> f: {maximum_concurrency: 3}}, f => db, g => db, {h => db: {via: data_api}}]"
    )
    assert fact(text, "db", "peak_connections") == 17
    assert fact(text, "db", "usable_connections") == 45
    assert (
        fact(text.replace("g: {type: lambda, reserved_concurrency: 2}", "g: lambda"), "db", "peak_connections") is None
    )


def test_how_a_function_is_invoked(fact) -> None:
    text = "components: {q: sqs, n: sns, a: http_api, m: cloudwatch_alarm, f: lambda, g: lambda, h: lambda}\nconnections: [q -> f, n -> g, a => h, m -> f]"
    shown = {id_: [fact(text, id_, name) for name in ("pushed", "polled", "called")] for id_ in "fgh"}
    assert shown == {"f": [False, True, False], "g": [True, False, False], "h": [False, False, True]}


def test_the_longest_chain_of_waiting(fact) -> None:
    text = "components: {a: lambda, p: http_api, b: lambda, c: lambda, t: dynamodb}\nconnections: [a => p => b => c => t, c => a]"
    assert fact(text.replace(", c => a", ""), "a", "sync_depth") == 3
    assert fact(text, "a", "sync_depth") >= 3
