"""First inputs that are there already: the examples of the rules, and the texts in the tests of the readers."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from textwrap import dedent

import yaml

from archlint.rulebook.examples import completed
from archlint.rulebook.places import builtin_catalog, builtin_rules

_TESTS = Path(__file__).parents[1]
_LONGEST = 3_000


@cache
def examples() -> Sequence[bytes]:
    """The descriptions in the examples of every built-in rule."""
    found = []
    for file in sorted(builtin_rules().rglob("*.yaml")):
        for example in yaml.safe_load(file.read_text(encoding="utf-8"))["examples"]:
            found += [completed(example[key]).encode() for key in ("invalid", "valid") if key in example]
    return found


@cache
def rules() -> Sequence[bytes]:
    """The built-in rules, each by the name of the file it is put into."""
    return [_renamed(file) for file in sorted(builtin_rules().rglob("*.yaml"))]


@cache
def entries() -> Sequence[bytes]:
    """The built-in catalog, likewise."""
    return [_renamed(file) for file in sorted(builtin_catalog().glob("*.yaml"))]


def _renamed(file: Path) -> bytes:
    return file.read_bytes().replace(f"id: {file.stem}\n".encode(), b"id: own\n", 1)


@cache
def texts_in(folder: str) -> Sequence[bytes]:
    """The texts of several lines in the tests of a folder."""
    return [
        dedent(node.value).encode()[:_LONGEST]
        for file in sorted((_TESTS / folder).rglob("test_*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "\n" in node.value[:-1]
    ]


def tests_of(folder: str) -> partial[Sequence[bytes]]:
    """These texts, found when they are first needed."""
    return partial(texts_in, folder)
