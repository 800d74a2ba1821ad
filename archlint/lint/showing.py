"""How the values in a message read: with their unit, a list with commas and an "and"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from archlint.facts import Graph
from archlint.model import Connection, Value, is_unknown
from archlint.pattern.expressions import Expression
from archlint.pattern.names import component_property, connection_property, fact_kind
from archlint.search import Solution
from archlint.vocabulary import show_duration, show_size

_DEFAULT_BUS = "the default bus"
_WITH_A_UNIT: dict[str, Callable[[float], str]] = {"duration": show_duration, "size": show_size}


class Shower:
    """Words values for the reader of a message."""

    def __init__(self, graph: Graph, *, in_names: bool = False) -> None:
        """``in_names`` is for what becomes part of a name and not of a sentence."""
        self._graph = graph
        self._in_names = in_names

    def bound_to(self, solution: Solution) -> Callable[[Expression, Value], str]:
        """A function that words the value of an expression over a solution."""

        def show(expression: Expression, value: Value) -> str:
            return self._words(value, self._unit(expression, solution))

        return show

    def _unit(self, expression: Expression, solution: Solution) -> str:
        """The unit of the first property in the expression that has one: sums and multiples keep it."""
        for name, attribute in expression.attributes:
            kind = self._kind(solution, name, attribute)
            if kind in _WITH_A_UNIT:
                return kind
        return ""

    def _kind(self, solution: Solution, name: str, attribute: str) -> str:
        edge = solution.edges.get(name)
        if isinstance(edge, Connection | tuple):
            found = connection_property(attribute)
        else:
            found = component_property({member.type for member in solution.members(name)}, attribute)
        return found.kind if found else fact_kind(attribute) or ""

    def _has_default_bus(self) -> bool:
        """Whether the account's own bus is there: of all names only its one reads as another word in a sentence."""
        if self._in_names:
            return False
        component = self._graph.architecture.by_id.get("default")
        return component is not None and component.type == "eventbridge_bus"

    def _words(self, value: Value, unit: str) -> str:
        match value:
            case None:
                return "unset"
            case bool():
                return "true" if value else "false"
            case int() | float():
                return (
                    _WITH_A_UNIT[unit](value) if unit else f"{value:,g}" if isinstance(value, float) else f"{value:,}"
                )
            case "default" if self._has_default_bus():
                return _DEFAULT_BUS
            case str():
                return value
            case tuple():
                return listed([self._words(item, unit) for item in dict.fromkeys(value) if item is not None])
            case _:
                return "unknown" if is_unknown(value) else "set"


def listed(words: Sequence[str]) -> str:
    """Words as a sentence has them: ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
