"""Every fact there is. A new one is a function in a module beside this and a row here."""

from __future__ import annotations

from collections.abc import Mapping

from archlint.facts import chains, concurrency, degree, failure, invocation, later, timing
from archlint.facts.fact import Fact
from archlint.facts.relation import Relation
from archlint.model import Component, Connection

COMPONENT_FACTS: Mapping[str, Fact[Component]] = {
    fact.name: fact
    for fact in (
        Fact("pushed", "function", "boolean", invocation.pushed),
        Fact("polled", "function", "boolean", invocation.polled),
        Fact("called", "function", "boolean", invocation.called),
        Fact("ceiling", "function", "integer", concurrency.ceiling),
        Fact("sync_depth", "function", "integer", chains.sync_depth, chains.sync_chain),
        Fact("awaited", "function", "boolean", chains.awaited),
        Fact(
            "peak_connections",
            "connection_limited",
            "integer",
            concurrency.peak_connections,
            concurrency.connectors,
        ),
        Fact("usable_connections", "connection_limited", "integer", concurrency.usable_connections),
        Fact("degree", "any", "integer", degree.degree),
        Fact("demand", "rds_proxy", "integer", concurrency.demand, concurrency.askers),
        Fact("pool", "rds_proxy", "integer", concurrency.pool),
        Fact("dead_letter", "queue", "boolean", failure.dead_letter),
        Fact("named_dead_letter", "queue", "boolean", later.value("naming", "named_dead_letter")),
        Fact("named_cloudwatch", "any", "boolean", later.value("naming", "named_cloudwatch")),
        Fact("imported", "any", "boolean", later.value("provenance", "imported")),
        Fact("logs_kept_for_ever", "logger", "boolean", later.value("logs", "logs_kept_for_ever")),
        Fact("service_runs", "any", "boolean", later.value("stacks", "service_runs")),
        Fact("outermost_stack", "any", "text", later.value("stacks", "outermost_stack")),
        Fact("flow_services", "any", "integer", later.value("flows", "flow_services")),
        Fact(
            "written_stores",
            "workflow",
            "integer",
            later.value("workflows", "written_stores"),
            later.evidence("workflows", "writing_tasks"),
        ),
        Fact(
            "compensates",
            "workflow",
            "boolean",
            later.value("workflows", "compensates"),
            later.evidence("workflows", "writing_tasks"),
        ),
        Fact("orchestrator", "workflow", "boolean", later.value("workflows", "orchestrator")),
    )
}

CONNECTION_FACTS: Mapping[str, Fact[Connection]] = {
    fact.name: fact
    for fact in (
        Fact("patience", "any", "duration", timing.patience),
        Fact("declared_in", "any", "text", later.value("provenance", "declared_in")),
        Fact("stranded", "any", "boolean", later.value("network", "stranded")),
        Fact("refuted", "any", "boolean", later.value("network", "refuted")),
        Fact("payload_limit", "any", "size", later.value("payload", "payload_limit")),
        Fact("open_to_all", "any", "boolean", later.value("exposure", "open_to_all")),
        Fact("breaker_lacks", "any", "list", later.value("breakers", "breaker_lacks")),
    )
}

RELATIONS: Mapping[str, Relation] = {
    relation.name: relation
    for relation in (
        Relation(
            "services",
            frozenset({"service", "functions", "stores", "components", "parts", "part_names"}),
            later.rows("services", "sizes"),
        ),
        Relation(
            "service_pairs",
            frozenset({"service", "other", "calls", "back"}),
            later.rows("service_pairs", "pairs"),
            services=2,
        ),
        Relation(
            "deployments",
            frozenset({"service", "services", "stack", "stacks"}),
            later.rows("deployments", "bundles"),
            services=2,
        ),
        Relation(
            "broadcasts",
            frozenset({"event", "told", "targets", "services"}),
            later.rows("broadcasts", "broadcasts"),
            services=2,
        ),
        Relation(
            "event_rules",
            frozenset({"rule", "targets"}),
            later.rows("event_rules", "event_rules"),
            types=("eventbridge_rule", "bus"),
        ),
    )
}
