"""Texts with expressions in braces: messages, labels, help."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from archlint.model import Value
from archlint.model.tuples import NamedTuple
from archlint.pattern.expressions import Expression, Scope

Show: TypeAlias = Callable[[Expression, Value], str]
"""How a value reads: with its unit, a list with commas and an "and"."""


class Template(NamedTuple):
    """Literal text and expressions in turn."""

    parts: tuple[str | Expression, ...]

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """The expressions, to check the names they use."""
        return tuple(part for part in self.parts if isinstance(part, Expression))

    def fill(self, scope: Scope, show: Show) -> str:
        """The text with every expression's value in its place."""
        return "".join(part if isinstance(part, str) else show(part, part.evaluate(scope)) for part in self.parts)
