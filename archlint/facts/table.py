"""Every fact there is. A new one is a function in a module beside this and a row here."""

from __future__ import annotations

from collections.abc import Mapping

from archlint.facts import (
    breakers,
    broadcasts,
    chains,
    concurrency,
    degree,
    deployments,
    event_rules,
    exposure,
    failure,
    flows,
    invocation,
    naming,
    network,
    payload,
    provenance,
    service_pairs,
    services,
    timing,
    workflows,
)
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
        Fact("named_dead_letter", "queue", "boolean", naming.named_dead_letter),
        Fact("named_cloudwatch", "any", "boolean", naming.named_cloudwatch),
        Fact("imported", "any", "boolean", provenance.imported),
        Fact("flow_services", "any", "integer", flows.flow_services),
        Fact("written_stores", "workflow", "integer", workflows.written_stores, workflows.writing_tasks),
        Fact("compensates", "workflow", "boolean", workflows.compensates, workflows.writing_tasks),
        Fact("orchestrator", "workflow", "boolean", workflows.orchestrator),
    )
}

CONNECTION_FACTS: Mapping[str, Fact[Connection]] = {
    fact.name: fact
    for fact in (
        Fact("patience", "any", "duration", timing.patience),
        Fact("declared_in", "any", "text", provenance.declared_in),
        Fact("stranded", "any", "boolean", network.stranded),
        Fact("payload_limit", "any", "size", payload.payload_limit),
        Fact("open_to_all", "any", "boolean", exposure.open_to_all),
        Fact("breaker_lacks", "any", "list", breakers.breaker_lacks),
    )
}

RELATIONS: Mapping[str, Relation] = {
    relation.name: relation
    for relation in (
        Relation("services", services.COLUMNS, services.sizes),
        Relation("service_pairs", service_pairs.COLUMNS, service_pairs.pairs),
        Relation("deployments", deployments.COLUMNS, deployments.bundles),
        Relation("broadcasts", broadcasts.COLUMNS, broadcasts.broadcasts),
        Relation("event_rules", event_rules.COLUMNS, event_rules.event_rules),
    )
}
