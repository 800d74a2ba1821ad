"""Every fact there is. A new one is a function in a module beside this and a row here."""

from __future__ import annotations

from collections.abc import Mapping

from archlint.facts import chains, concurrency, degree, failure, invocation, timing
from archlint.facts.fact import Fact
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
        Fact("dead_letter", "queue", "boolean", failure.dead_letter),
    )
}

CONNECTION_FACTS: Mapping[str, Fact[Connection]] = {
    fact.name: fact for fact in (Fact("patience", "any", "duration", timing.patience),)
}
