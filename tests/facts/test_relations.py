from __future__ import annotations

import pytest

from archlint.facts import RELATIONS, Graph


@pytest.fixture
def rows(describe):
    def of(text: str, relation: str, *columns: str):
        graph = Graph(describe(text).architecture)
        return [tuple(row.value(column) for column in columns) for row in RELATIONS[relation].compute(graph)]

    return of


def test_every_row_has_the_columns_of_its_relation(describe) -> None:
    text = (
        "services:\n"
        "  a: {stack: s, components: {f: lambda, g: lambda, t: dynamodb}, connections: [f => t, g => t, f => b.api, f -> b.q]}\n"
        "  b: {stack: s, components: {api: http_api, q: sqs, bus: eventbridge_bus}, connections: [{bus -> a.f: {rule: r}}]}\n"
    )
    graph = Graph(describe(text).architecture)
    for relation in RELATIONS.values():
        found = relation.compute(graph)
        assert found, relation.name
        for row in found:
            assert all(row.value(column) is not None for column in relation.columns - {"stacks", "event"}), (
                relation.name
            )


def test_sizes_of_services(rows) -> None:
    text = (
        "services:\n  a:\n    components:\n"
        "      {f: {type: lambda, group: r}, g: {type: lambda, group: r}, h: lambda, t: dynamodb, u: s3, m: cloudwatch_alarm, x: {type: lambda, external: true}}\n"
        "    connections: [f => t, g => t, h => u, m -> h]\n"
    )
    columns = ("service", "functions", "stores", "components", "parts", "part_names")
    assert rows(text, "services", *columns) == [("a", 2, 2, 5, 2, ("f", "h"))]


def test_a_store_of_nobody_holds_its_users_together(rows) -> None:
    text = (
        "services:\n  a: {components: {f: lambda, t: dynamodb, g: lambda, u: dynamodb}, connections: [f => t, g => u, f => s, g => s]}\n"
        "components: {s: s3}\n"
    )
    assert rows(text, "services", "parts") == [(1,)]


def test_a_shared_dead_letter_queue_holds_nothing_together(rows) -> None:
    text = "components: {f: lambda, t: dynamodb, g: lambda, u: dynamodb, d: sqs}\nconnections: [f => t, g => u, f !> d, g !> d]"
    assert rows(text, "services", "parts") == [(2,)]


PAIR = "services:\n  a: {{components: {{f: lambda, g: lambda, api: http_api}}, connections: [{}]}}\n  b: {{components: {{x: lambda, y: lambda}}, connections: [{}]}}\n"


@pytest.mark.parametrize(
    ("calls", "back", "expected"),
    [
        ("f => b.x, f => b.y, g => b.x", "", [("a", "b", 3, 0)]),
        ("f => b.x", "x => a.f, y => a.f", [("b", "a", 2, 1)]),
        ("f => b.x", "x => a.f", [("a", "b", 1, 1)]),
        ("f -> b.x, api =authorize=> b.x", "", []),
        ("api => f, f => b.x, f => b.y, g => b.x", "", [("a", "b", 1, 0)]),
        ("api => f, {f => b.x: {route: a}}, {f => b.x: {route: b}}", "", [("a", "b", 2, 0)]),
    ],
)
def test_calls_between_two_services(rows, calls: str, back: str, expected) -> None:
    assert rows(PAIR.format(calls, back), "service_pairs", "service", "other", "calls", "back") == expected


def test_what_is_deployed_together(rows) -> None:
    text = (
        "services:\n  a: {stack: one, components: {f: lambda}}\n  b: {stack: one, imports: [d], components: {f: lambda}}\n"
        "  c: {stack: c, imports: [a], components: {f: lambda}}\n  d: {imports: [c], components: {f: lambda}}\n"
        "  p: {stack: one, components: {n: {type: vpc, shared: true}}}\n  e: {stack: unknown, imports: [e, a], components: {f: lambda}}\n"
    )
    assert rows(text, "deployments", "services", "stack", "stacks") == [
        (("a", "b"), "one", None),
        (("a", "b", "d", "c"), None, ("one", "d", "c")),
    ]


def test_what_is_told_one_by_one(rows) -> None:
    text = (
        "services:\n  a: {components: {f: lambda, g: lambda}, connections: ["
        "{f -> b.q: {event: E}}, {f -> c.q: {event: E}}, f -> b.h, {f -> c.q: {mode: one_of}}, {f -> b.h: {instances: many}}, f -> g]}\n"
        "  b: {components: {q: sqs, h: lambda}}\n  c: {components: {q: sqs}}\n"
    )
    assert rows(text, "broadcasts", "event", "told", "targets", "services") == [
        ("E", ("b.q", "c.q"), 2, 2),
        (None, ("b.h",), 1, 1),
    ]


def test_rules_and_their_targets(rows) -> None:
    text = (
        "components: {bus: eventbridge_bus, new: {type: eventbridge_bus, version: custom}, r: eventbridge_rule, s: eventbridge_rule, f: lambda, g: lambda}\n"
        "connections: [bus -> r, r -> f, r -> g, {bus -> f: {rule: x}}, {bus -> g: {rule: x}}, {new -> f: {rule: y}}, new -> s, s -> f, bus -> f]"
    )
    assert rows(text, "event_rules", "rule", "targets") == [("r", 2), ("x", 2)]
