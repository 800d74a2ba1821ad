"""Expressions over the roles and connections of a match, and what their names mean.

Every operation is three-valued: arithmetic and order with an unset or unknown operand are unknown, an unset value
equals nothing. The syntax is in :mod:`archlint.pattern.parsing`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeAlias

from archlint.model import Component, Connection, Value, is_unknown
from archlint.pattern.truth import Truth


class Row(Protocol):
    """A row of a computed relation: named values."""

    def value(self, name: str) -> Value:
        """The value of a column."""


Bound: TypeAlias = "Component | Connection | Row | Sequence[Component] | Sequence[Connection] | Value"


class Scope(Protocol):
    """What names mean while an expression is evaluated."""

    def named(self, name: str) -> Bound:
        """The element, elements or row a name is bound to; None if it is not bound."""

    def attribute(self, element: Component | Connection, name: str) -> Value:
        """The effective value of an element's property or fact."""

    def written(self, element: Component | Connection, name: str) -> Value:
        """The value of an element's property as it stands in the input, None if only a default holds."""

    def setting(self, namespace: str, name: str) -> Value:
        """``options.name`` or ``system.name``."""


Evaluate: TypeAlias = Callable[[Scope], Value]

Outline: TypeAlias = Sequence[Any]
"""An expression as plain data: a word that says what it is, then its parts, other outlines among them."""

NAMESPACES = frozenset({"options", "system"})


class Expression:
    """An expression that has been checked; it is compiled when it is first evaluated.

    ``names`` are the roles and connections it speaks of, ``attributes`` the properties it reads of them.
    """

    __slots__ = ("_compiled", "attributes", "names", "outline", "text")

    def __init__(
        self,
        text: str,
        names: frozenset[str],
        attributes: tuple[tuple[str, str], ...],
        outline: Outline,
        compiled: Evaluate | None = None,
    ) -> None:
        self.text = text
        self.names = names
        self.attributes = attributes
        self.outline = outline
        self._compiled = compiled

    def evaluate(self, scope: Scope) -> Value:
        """Its value, given what names mean."""
        return (self._compiled or self._compile())(scope)

    def truth(self, scope: Scope) -> Truth:
        """The expression as a condition."""
        return truth_of((self._compiled or self._compile())(scope))

    def _compile(self) -> Evaluate:
        from archlint.pattern.compiling import compiled  # noqa: PLC0415  most are never evaluated

        self._compiled = compiled(self.outline)
        return self._compiled


class ExpressionError(ValueError):
    """An expression that is not of the language."""


def truth_of(value: Value) -> Truth:
    """A value as a condition: unknown stays unknown."""
    if is_unknown(value):
        return None
    return bool(value) if isinstance(value, bool) else value is not None and value not in (0, ())
