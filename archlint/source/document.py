"""A document: its text, its nodes, and the places of both.

A reader of another language than YAML gives its documents a ``comments_of`` of its own; suppressions work there too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from archlint.model import Site, Span
from archlint.model.places import Route
from archlint.model.record import fresh, record
from archlint.source.comments import Comment, CommentsOf, yaml_comments

_LINE_BREAK = "\r\n|[\n\r\x85\u2028\u2029]"
"""The line breaks that libyaml counts."""

Pair = tuple[Node, Node]


def split_lines(text: str, *, keep_breaks: bool = False) -> list[str]:
    """The lines of a text as its documents count them."""
    if not keep_breaks:
        return re.split(_LINE_BREAK, text)
    ends = [match.end() for match in re.finditer(_LINE_BREAK, text)]
    return [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]


@record(eq=False)
class Document:
    """One file that was read. ``path`` is how it is shown, with ``/``; ``text`` is without a byte-order mark."""

    path: str
    text: str
    root: Node
    comments_of: CommentsOf = yaml_comments
    _pairs: dict[int, dict[str, Pair]] = fresh(factory=dict)

    @cached_property
    def comments(self) -> Sequence[Comment]:
        """Every comment, in order. Made only when it is asked for."""
        return self.comments_of(self.text, self.root)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without their breaks."""
        return split_lines(self.text)

    def line(self, number: int) -> str:
        """A line by its 1-based number; empty beyond the end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def span(self, site: Site) -> Span:
        """The place of a site; the nearest enclosing one that exists if the route leads nowhere."""
        if site.span is not None:
            return site.span
        key, value = self.node_at(site.route)
        node = key if site.key and key is not None else value
        if site.part is not None and isinstance(node, ScalarNode) and is_verbatim(node):
            start = node.start_mark.column + (1 if node.style in ("'", '"') else 0)
            line = node.start_mark.line + 1
            return Span(self.path, line, start + site.part[0] + 1, line, start + site.part[1] + 1)
        return self.span_of(node)

    def span_of(self, node: Node) -> Span:
        """The place of a node, without the line breaks and blanks that may follow it."""
        start, end = node.start_mark, node.end_mark
        if isinstance(node, ScalarNode) or getattr(node, "flow_style", True):
            if end.line > start.line and end.column == 0:
                last = end.line
                return Span(self.path, start.line + 1, start.column + 1, last, len(self.line(last)) + 1)
            return Span(self.path, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        return Span(self.path, start.line + 1, start.column + 1, start.line + 1, len(self.line(start.line + 1)) + 1)

    def node_at(self, route: Route) -> tuple[Node | None, Node]:
        """The key and value that a route leads to; the key is None for the root and for items of a list."""
        key: Node | None = None
        node = self.root
        for part in route:
            if isinstance(node, MappingNode):
                pair = self.pairs(node).get(str(part))
                if pair is None:
                    return key, node
                key, node = pair
            elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
                key, node = None, node.value[part]
            else:
                return key, node
        return key, node

    def pairs(self, node: MappingNode) -> dict[str, Pair]:
        """A mapping's pairs by key; of a key that stands twice, the first."""
        found = self._pairs.get(id(node))
        if found is None:
            found = {}
            for key, value in node.value:
                if isinstance(key, ScalarNode):
                    found.setdefault(key.value, (key, value))
            self._pairs[id(node)] = found
        return found


def is_verbatim(node: ScalarNode) -> bool:
    """Whether a scalar stands in the text as its value reads, but for quotes: so offsets within it are columns."""
    quotes = 2 if node.style in ("'", '"') else 0
    same_line = node.start_mark.line == node.end_mark.line
    return same_line and node.end_mark.index - node.start_mark.index == len(node.value) + quotes
