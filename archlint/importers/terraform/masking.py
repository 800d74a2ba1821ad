"""A plan's document in which nothing secret can be read, so that no report can show it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from archlint.source import Document

_TELLING = re.compile(
    r"pass(?:word|phrase|wd)|secret|token|credential|private_key|api_?key|access_key|user_data|connection_string"
    r"|certificate|content|variables|environment",
    re.IGNORECASE,
)
"""Keys below which values are hidden whatever the plan says about them."""
_ALWAYS = ("variables", "provider_config")
_MARKS = {"values": "sensitive_values", "after": "after_sensitive", "before": "before_sensitive"}


def masked(document: Document) -> Document:
    """The document with every value that is or may be secret replaced by asterisks, at the same places."""
    text = document.text
    spans = sorted({(node.start_mark.index, node.end_mark.index) for node in _secret(document)})
    if not spans:
        return document
    pieces, place = [], 0
    for start, end in spans:
        if start >= place and text[start:end].strip('"') and text[start] != "\n":
            pieces += [text[place:start], "*" * (end - start)]
            place = end
    return Document(document.path, "".join([*pieces, text[place:]]), document.root)


def _secret(document: Document) -> Iterator[ScalarNode]:
    stack: list[tuple[Node, bool, Node | None]] = [(document.root, False, None)]
    top = document.root
    while stack:
        node, hidden, marks = stack.pop()
        hidden = hidden or (isinstance(marks, ScalarNode) and marks.value == "true")
        if isinstance(node, ScalarNode):
            if hidden:
                yield node
        elif isinstance(node, SequenceNode):
            own = marks.value if isinstance(marks, SequenceNode) else []
            stack += [(item, hidden, own[i] if i < len(own) else None) for i, item in enumerate(node.value)]
        elif isinstance(node, MappingNode):
            pairs = document.pairs(node)
            given = document.pairs(marks) if isinstance(marks, MappingNode) else {}
            for name, (_, value) in pairs.items():
                always = node is top and name in _ALWAYS
                beside = pairs.get(_MARKS.get(name, ""))
                inner = beside[1] if beside is not None else given[name][1] if name in given else None
                stack.append((value, hidden or always or (bool(_TELLING.search(name)) and node is not top), inner))
