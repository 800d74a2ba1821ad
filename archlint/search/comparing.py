"""``same`` and ``differ``: one property over several roles."""

from __future__ import annotations

from collections.abc import Mapping

from archlint.facts import Graph
from archlint.model import Component, is_unknown
from archlint.pattern.conditions import same_value
from archlint.pattern.terms import Same
from archlint.pattern.truth import Truth
from archlint.search.state import Binding


def compare(graph: Graph, test: Same, roles: Mapping[str, Binding]) -> Truth:
    """Whether the property is equal over all roles, or pairwise different.

    Plural roles are left out: their members have been chosen by the comparison. What has no value (a component
    outside every service) is equal to nothing and different from everything.
    """
    bound = [roles.get(name) for name in test.roles]
    values = [graph.component_value(one, test.property) for one in bound if isinstance(one, Component)]
    if any(is_unknown(value) for value in values):
        return None
    if test.differ:
        present = [repr(value) for value in values if value is not None]
        return len(set(present)) == len(present)
    return not values or (values[0] is not None and all(same_value(value, values[0]) for value in values[1:]))
