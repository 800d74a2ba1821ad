"""What is imported late is there, whatever the architecture asks for."""

from __future__ import annotations

from archlint.facts import COMPONENT_FACTS, CONNECTION_FACTS, RELATIONS, Graph

TEXT = (
    "services:\n"
    "  a: {components: {f: lambda, q: sqs, w: step_functions, p: rds_proxy, db: rds, api: http_api, x: eventbridge_rule}, "
    "connections: [api => f, f -> q, w => f, f => p, p => db]}\n"
    "  b: {components: {g: lambda}, connections: [g -> a.q]}\n"
)


def test_every_fact_and_relation_can_be_computed(describe) -> None:
    graph = Graph(describe(TEXT).architecture)
    for component in graph.architecture.components:
        for name in COMPONENT_FACTS:
            graph.component_value(component, name)
            if component.type in graph.vocabulary.members(COMPONENT_FACTS[name].of):
                graph.evidence(component, name)
    for edge in graph.architecture.connections:
        for name in CONNECTION_FACTS:
            graph.connection_value(edge, name)
    for relation in RELATIONS.values():
        relation.rows(graph)


def test_a_relation_looks_first_whether_it_can_have_rows(describe) -> None:
    graph = Graph(describe("components: {f: lambda, q: sqs}\nconnections: [f -> q]").architecture)
    assert [name for name, relation in RELATIONS.items() if relation.rows(graph)] == ["services"]
