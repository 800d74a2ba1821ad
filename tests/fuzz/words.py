"""The words that a part of archlint knows: every text in its source, so that no list has to be kept by hand."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import archlint

_PACKAGE = Path(archlint.__file__).parent
_LONGEST = 60


@cache
def words_of(*parts: str) -> tuple[str, ...]:
    """The texts in the modules of some packages, such as ``importers/cloudformation``, sorted."""
    files = [file for part in parts for file in sorted((_PACKAGE / part).rglob("*.py"))]
    return tuple(sorted({word for file in files for word in _texts(file) if word and len(word) <= _LONGEST}))


def _texts(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
            yield from node.value.split()


def keys_of(*parts: str) -> tuple[bytes, ...]:
    """Those of them that may be keys, as they stand in YAML and JSON before a value."""
    return tuple(f"{word}: ".encode() for word in words_of(*parts) if word.isidentifier())
