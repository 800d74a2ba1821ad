"""Texts with expressions in braces: messages, labels, help."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from archlint.model import Value
from archlint.pattern.expressions import Expression, ExpressionError, Scope, parse_expression

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


def parse_template(text: str) -> Template:
    """Read a text; ``{{`` and ``}}`` are braces. :class:`ExpressionError` says what is wrong."""
    parts: list[str | Expression] = []
    literal = ""
    position = 0
    while position < len(text):
        character = text[position]
        if text[position : position + 2] in {"{{", "}}"}:
            literal += character
            position += 2
        elif character == "{":
            end = text.find("}", position)
            if end < 0:
                message = f"a brace is not closed in `{text}`"
                raise ExpressionError(message)
            if literal:
                parts.append(literal)
            literal = ""
            parts.append(parse_expression(text[position + 1 : end]))
            position = end + 1
        else:
            literal += character
            position += 1
    if literal:
        parts.append(literal)
    return Template(tuple(parts))
