"""From nodes to plain data, by the rules of YAML 1.2's core schema: ``on`` and ``no`` are text, ``1:30`` is too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isfinite
from typing import TypeAlias

from yaml import MappingNode, Node, ScalarNode, SequenceNode

RawScalar: TypeAlias = "str | int | float | bool | None"
RawValue: TypeAlias = "RawScalar | list[RawValue] | dict[str, RawValue]"

_STRING = "tag:yaml.org,2002:str"
_TAGS = ("plain", "str", "int", "float", "bool", "null", "seq", "map", "merge", "timestamp")
_CORE = frozenset(f"tag:yaml.org,2002:{name}" for name in _TAGS)
_CONSTANTS: dict[str, bool | None] = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
    "null": None,
    "Null": None,
    "NULL": None,
    "~": None,
    "": None,
}
_INTEGER = re.compile(r"[-+]?[0-9]{1,300}\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]{1,300}|[0-9]{1,300}(?:\.[0-9]{0,300})?)(?:[eE][-+]?[0-9]{1,3})?\Z")


def scalar(node: ScalarNode) -> RawScalar:
    """The value of a scalar; quoted and block scalars are text."""
    text: str = node.value
    if node.style or node.tag == _STRING:
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.match(text):
        return int(text)
    if _FLOAT.match(text) and isfinite(number := float(text)):
        return number
    return text


class TooDeepError(ValueError):
    """Data is nested beyond the limit; ``node`` is where."""

    def __init__(self, node: Node) -> None:
        super().__init__("nested too deeply")
        self.node = node


def plain(node: Node, depth: int = 100) -> RawValue:
    """A node as plain data. Keys become text; of a key that stands twice, the last one holds.

    Raises :class:`TooDeepError` beyond ``depth`` levels. What aliases expand to is measured when a document is read.
    """
    if isinstance(node, ScalarNode):
        return scalar(node)
    if depth <= 0:
        raise TooDeepError(node)
    if isinstance(node, SequenceNode):
        return [plain(item, depth - 1) for item in node.value]
    return {str(key.value): plain(value, depth - 1) for key, value in node.value}


Fields: TypeAlias = "dict[str, tuple[ScalarNode, Node]]"


def fields_of(node: MappingNode) -> tuple[Fields, list[tuple[ScalarNode, ScalarNode]], list[Node]]:
    """A mapping's nodes by key; the keys that stand twice, first and again; the keys that are no text."""
    found: Fields = {}
    doubled: list[tuple[ScalarNode, ScalarNode]] = []
    odd: list[Node] = []
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            odd.append(key)
        elif key.value in found:
            doubled.append((found[key.value][0], key))
        else:
            found[key.value] = (key, value)
    return found, doubled, odd


def is_core(node: Node) -> bool:
    """Whether a node has no tag of its own."""
    return node.tag in _CORE


def children(node: Node) -> Iterator[Node]:
    """The nodes directly inside a node, keys included."""
    if isinstance(node, SequenceNode):
        yield from node.value
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            yield key
            yield value
