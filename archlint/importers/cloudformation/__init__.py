"""CloudFormation and SAM templates, and what the CDK synthesizes, to stacks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from archlint.importers.cloudformation.template import Origin, Templates
from archlint.importers.context import Context
from archlint.importers.infrastructure import Stack
from archlint.source import Document

_PLAIN = frozenset({"template", "cloudformation", "stack", "main", "sam", "index", "packaged"})


def read(document: Document, path: Path | None, context: Context) -> Sequence[Stack]:
    """The stack of a template and those nested in it."""
    return Templates(context).read(Origin(document, path, _name(path)), {})


def _name(path: Path | None) -> str:
    """A stack's name: its file's, or the folder's where the file is named as they all are."""
    if path is None:
        return "stack"
    stem = path.name.removesuffix(path.suffix).removesuffix(".template")
    if stem.lower() not in _PLAIN:
        return stem
    return path.resolve().parent.name or stem
