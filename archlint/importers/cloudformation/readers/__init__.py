"""How each type of resource is read: every module here adds the types of its ``READERS``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from archlint.importers.cloudformation.item import Reader


@cache
def readers() -> Mapping[str, Reader]:
    """The reader of each type of resource."""
    found: dict[str, Reader] = {}
    for module in sorted(info.name for info in iter_modules(__path__)):
        found |= import_module(f"{__name__}.{module}").READERS
    return found
