"""Reading a text with expressions in braces."""

from __future__ import annotations

from archlint.pattern.expressions import Expression, ExpressionError
from archlint.pattern.parsing import parse_expression
from archlint.pattern.templates import Template


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
