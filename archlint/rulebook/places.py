"""Where the built-in rules and catalog are: inside the installed package, or at the top of a source checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def builtin_rules() -> Path:
    """The folder of the built-in rules."""
    return _folder("rules")


@cache
def builtin_catalog() -> Path:
    """The folder of the built-in catalog."""
    return _folder("catalog")


def _folder(name: str) -> Path:
    packed = _PACKAGE / name
    return packed if packed.is_dir() else _PACKAGE.parent / name
