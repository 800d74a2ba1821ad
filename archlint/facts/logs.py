"""How long logs are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.provenance import imported
from archlint.model import Component, Value, is_unknown

if TYPE_CHECKING:
    from archlint.facts.graph import Graph


def logs_kept_for_ever(graph: Graph, component: Component) -> Value:
    """Whether a log group has no retention, or a function of infrastructure code no log group with one.

    A description leaves the log groups of functions out; without one in the code Lambda makes one that keeps all.
    """
    if component.type in graph.vocabulary.members("function"):
        return imported(graph, component) and _unless_unknown(graph.component_value(component, "log_retention"))
    return _unless_unknown(graph.component_value(component, "retention"))


def _unless_unknown(retention: Value) -> Value:
    return retention if is_unknown(retention) else retention is None
