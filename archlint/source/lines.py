"""A document for its lines alone, when its text is no valid YAML."""

from __future__ import annotations

from yaml import ScalarNode

from archlint.source.document import Document


def line_document(path: str, text: str) -> Document:
    """A document that can show lines and has no nodes."""
    return Document(path, text, ScalarNode("", ""))
