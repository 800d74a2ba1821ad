"""Terraform's JSON syntax (``.tf.json``) to the document that the same configuration in HCL is.

https://developer.hashicorp.com/terraform/language/syntax/json

Without the schema of a provider nothing tells a nested block from a mapping: an object is both, and whoever reads it
asks for what it is. Texts are templates, and their ``${…}`` the same expressions as in HCL.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from archlint.model import InputError, Problem
from archlint.source.document import Document
from archlint.source.hcl import MAP, TEXT, Expression, parse_expression
from archlint.source.limits import Limits
from archlint.source.nodes import TooDeepError, plain
from archlint.source.reading import parse

if TYPE_CHECKING:
    from tree_sitter import Node as Syntax

    from archlint.source.comments import Comment
    from archlint.source.nodes import RawValue

_LABELS = {"resource": 2, "data": 2, "ephemeral": 2, "variable": 1, "output": 1, "module": 1, "provider": 1}
"""How many names stand behind a block's type; other blocks have none."""
_DEFAULT = Limits()
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class _Object(MappingNode, Expression):
    """An object: the nested block that it may be, and the mapping."""

    def __init__(self, fields: list[tuple[Node, Node]], value: Expression) -> None:
        MappingNode.__init__(self, MAP, fields, value.start_mark, value.end_mark, flow_style=True)
        self.make = value.make


def parse_hcl_json(shown: str, text: str, limits: Limits = _DEFAULT) -> Document:
    """Read a text. Raises :class:`InputError` with the place of what is wrong."""
    document = parse(shown, text, limits)
    try:
        fields = list(_top(document.root, limits.depth))
    except TooDeepError as error:
        raise InputError([Problem("this is nested too deeply", document.span_of(error.node))]) from error
    root = MappingNode(MAP, fields, document.root.start_mark, document.root.end_mark, flow_style=False)
    return Document(shown, text, root, _no_comments)


def _no_comments(_text: str, _root: Node) -> list[Comment]:
    return []


def _top(root: Node, depth: int) -> Iterator[tuple[Node, Node]]:
    for key, value in _entries(root):
        seen: dict[str, int] = {}
        for names, header, body in _headed(value, [key], _LABELS.get(key.value, 0)):
            name = ".".join(names)
            count = seen[name] = seen.get(name, -1) + 1
            yield _key(f"{name}[{count}]" if count else name, header), _body(body, depth)


def _headed(
    node: Node, keys: list[ScalarNode], labels: int
) -> Iterator[tuple[tuple[str, ...], ScalarNode, MappingNode]]:
    """The blocks below a block's type, with the names on the way to each."""
    if labels:
        for key, value in _entries(node):
            yield from _headed(value, [*keys, key], labels - 1)
        return
    for item in node.value if isinstance(node, SequenceNode) else [node]:
        if isinstance(item, MappingNode):
            yield tuple(key.value for key in keys), keys[-1], item


def _entries(node: Node) -> Iterator[tuple[ScalarNode, Node]]:
    for item in node.value if isinstance(node, SequenceNode) else [node]:
        for key, value in item.value if isinstance(item, MappingNode) else ():
            if isinstance(key, ScalarNode) and key.value != "//":
                yield key, value


def _body(node: MappingNode, depth: int) -> MappingNode:
    fields = [pair for key, value in _entries(node) for pair in _field(key, value, depth)]
    return MappingNode(MAP, fields, node.start_mark, node.end_mark, flow_style=False)


def _field(key: ScalarNode, value: Node, depth: int) -> Iterator[tuple[Node, Node]]:
    """An attribute, and the nested blocks that its objects may be."""
    if depth <= 0:
        raise TooDeepError(value)
    whole = Expression(lambda: _syntax(value, depth), value.start_mark, value.end_mark)
    objects = value.value if isinstance(value, SequenceNode) else [value]
    blocks = [item for item in objects if isinstance(item, MappingNode)]
    if not blocks or len(blocks) != len(objects):
        yield _key(key.value, key), whole
        return
    for count, block in enumerate(blocks):
        fields = _body(block, depth - 1).value
        if key.value == "dynamic":
            for name, inner in _entries(block):
                yield _key(f"dynamic.{name.value}", name), _body_of(inner, depth - 1)
            return
        yield _key(f"{key.value}[{count}]" if count else key.value, key), _Object(fields, whole)


def _body_of(node: Node, depth: int) -> Node:
    first = node.value[0] if isinstance(node, SequenceNode) and node.value else node
    return _body(first, depth) if isinstance(first, MappingNode) else node


def _key(name: str, node: ScalarNode) -> ScalarNode:
    return ScalarNode(TEXT, name, node.start_mark, node.end_mark, style="|")


def _syntax(node: Node, depth: int) -> Syntax:
    return parse_expression(_written(plain(node, depth)))


def _written(value: RawValue) -> str:
    """A value as an expression of HCL."""
    if isinstance(value, dict):
        pairs = (f"{_quoted(key)} = {_written(item)}" for key, item in value.items() if key != "//")
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, value)) + "]"
    if isinstance(value, str):
        return _quoted(value)
    return json.dumps(value)


def _quoted(text: str) -> str:
    """A text as a quoted template: what stands in ``${…}`` is left as it is."""
    parts: list[str] = []
    place = 0
    while place < len(text):
        if text.startswith(("${", "%{"), place) and not text.startswith(text[place], place - 1 if place else 1):
            end = _closed(text, place + 2)
            parts.append(text[place:end])
            place = end
        else:
            character = text[place]
            code = "" if character.isprintable() or character in _ESCAPES else f"\\u{ord(character) & 0xFFFF:04x}"
            parts.append(code or _ESCAPES.get(character, character))
            place += 1
    return '"' + "".join(parts) + '"'


def _closed(text: str, place: int) -> int:
    """Behind the brace that closes the one before ``place``, braces in quoted texts not counted."""
    depth, quoted = 1, False
    while place < len(text) and depth:
        character = text[place]
        if quoted and character == "\\":
            place += 1
        elif character == '"':
            quoted = not quoted
        elif not quoted:
            depth += {"{": 1, "}": -1}.get(character, 0)
        place += 1
    return place
