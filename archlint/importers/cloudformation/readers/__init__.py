"""How each type of resource is read: every module here adds the types of its ``READERS``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

from archlint.importers.cloudformation.item import Reader


@cache
def readers() -> Mapping[str, Reader]:
    """The reader of each type of resource."""
    found: dict[str, Reader] = {}
    names = {file.stem for file in Path(__file__).parent.glob("[a-z]*.py")}  # pkgutil would import inspect
    for module in sorted(names):
        found |= import_module(f"{__name__}.{module}").READERS
    return found
