"""Facts whose module is read when they are first asked for: a small file asks for few of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import cast

from archlint.facts.fact import Evidence
from archlint.facts.relation import Row
from archlint.model import Value


def value(module: str, name: str) -> Callable[..., Value]:
    """The function of that name in a module of this package, imported by the first call; it computes a fact."""
    return lambda *arguments: cast("Value", _call(module, name, arguments))


def evidence(module: str, name: str) -> Callable[..., Evidence]:
    """The same for what a fact rests on."""
    return lambda *arguments: cast("Evidence", _call(module, name, arguments))


def rows(module: str, name: str) -> Callable[..., Sequence[Row]]:
    """The same for the rows of a relation."""
    return lambda *arguments: cast("Sequence[Row]", _call(module, name, arguments))


def _call(module: str, name: str, arguments: tuple[object, ...]) -> object:
    return getattr(import_module(f"archlint.facts.{module}"), name)(*arguments)
