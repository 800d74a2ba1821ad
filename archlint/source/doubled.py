"""Keys that stand twice in a mapping."""

from __future__ import annotations

from collections.abc import Iterator

from yaml import MappingNode, SequenceNode

from archlint.model import Problem
from archlint.source.document import Document
from archlint.source.nodes import fields_of


def doubled_keys(document: Document) -> Iterator[Problem]:
    """A problem for each key that stands again in its mapping: whoever reads on would never see one of the two."""
    stack = [document.root]
    while stack:
        node = stack.pop()
        if isinstance(node, SequenceNode):
            stack.extend(reversed(node.value))
        elif isinstance(node, MappingNode):
            fields, doubled, _ = fields_of(node)
            for first, again in doubled:
                places = ((document.span_of(first), "it stands here too"),)
                yield Problem(f"the key `{again.value[:80]}` stands twice", document.span_of(again), "", "", places)
            stack.extend(value for _, value in reversed(fields.values()))
