"""Text and its places: documents read with the span of every key and value."""

from __future__ import annotations

from archlint.source.comments import Comment
from archlint.source.document import Document
from archlint.source.doubled import doubled_keys
from archlint.source.limits import Limits
from archlint.source.nodes import Fields, TooDeepError, fields_of, plain, scalar
from archlint.source.reading import (
    SHORT_TAG,
    collector_off,
    decode,
    parse,
    read_at_most,
    read_document,
    read_text,
    refuse_tags,
)

__all__ = [
    "SHORT_TAG",
    "Comment",
    "Document",
    "Fields",
    "Limits",
    "TooDeepError",
    "collector_off",
    "decode",
    "doubled_keys",
    "fields_of",
    "parse",
    "plain",
    "read_at_most",
    "read_document",
    "read_text",
    "refuse_tags",
    "scalar",
]
