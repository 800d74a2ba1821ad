"""The comments of a text, which a composer throws away."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import TypeAlias

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from archlint.model.tuples import NamedTuple


class Comment(NamedTuple):
    """A comment to the end of its line: 1-based place, the text after its mark, whether nothing stands before it."""

    line: int
    column: int
    text: str
    alone: bool


CommentsOf: TypeAlias = "Callable[[str, Node], Sequence[Comment]]"
"""Finds the comments of a text, given its root node too."""

_BREAK = "\r\n|[\n\r\x85\u2028\u2029]"
_MARK = r"(?:^|(?<=[ \t]))#"
"""Compiled when they are first needed, which in most runs is never."""


def yaml_comments(text: str, root: Node) -> list[Comment]:
    """The comments of a YAML text: every ``#`` after a blank that is not inside a quoted or block scalar."""
    spoken = sorted(_spoken(text, root))
    starts = [start for start, _ in spoken]
    found: list[Comment] = []
    begin = 0
    for number, line in enumerate(re.split(_BREAK, text), 1):
        for mark in re.finditer(_MARK, line):
            place = bisect_right(starts, begin + mark.start()) - 1
            if place >= 0 and begin + mark.start() < spoken[place][1]:
                continue
            written = line[mark.end() :].strip()
            found.append(Comment(number, mark.start() + 1, written, not line[: mark.start()].strip()))
            break
        begin += len(line) + 1 + text.startswith("\r\n", begin + len(line))
    return found


def _spoken(text: str, root: Node) -> set[tuple[int, int]]:
    """The ranges of the scalars in which a ``#`` is no comment: quoted ones, and the lines of block scalars."""
    ranges: set[tuple[int, int]] = set()
    seen: set[int] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, ScalarNode):
            start, end = node.start_mark.index, node.end_mark.index
            if node.style in ("'", '"'):
                ranges.add((start, end))
            elif node.style in ("|", ">"):
                header = text.find("\n", start)
                ranges.add((header if header >= 0 else end, end))
        elif isinstance(node, MappingNode):
            stack.extend(part for pair in node.value for part in pair)
        elif isinstance(node, SequenceNode):
            stack.extend(node.value)
    return ranges
