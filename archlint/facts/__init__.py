"""The architecture with AWS's defaults and with what can be computed from it: named facts of its elements."""

from __future__ import annotations

from archlint.facts.fact import Evidence, Fact
from archlint.facts.graph import Graph
from archlint.facts.relation import Relation, Row
from archlint.facts.table import COMPONENT_FACTS, CONNECTION_FACTS, RELATIONS

__all__ = ["COMPONENT_FACTS", "CONNECTION_FACTS", "RELATIONS", "Evidence", "Fact", "Graph", "Relation", "Row"]
