"""A catalog entry: one of the patterns, with its variants and its siblings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from archlint.model.tuples import NamedTuple
from archlint.pattern.terms import Clause, Exemption, Role

_NONE: Mapping[str, Any] = MappingProxyType({})


class Form(NamedTuple):
    """One form of a pattern: the base (``variant`` None) or a variant, perhaps a case that ``narrows`` the base.

    Not every one is worth suggesting.
    """

    variant: str | None
    roles: Mapping[str, Role]
    clauses: tuple[Clause, ...]
    exemptions: tuple[Exemption, ...]
    because: str = ""
    suggested: bool = True
    narrows: bool = False


class Ambiguity(NamedTuple):
    """What holds when the input cannot settle which of several patterns it is, and the hint that would."""

    patterns: tuple[str, ...]
    hint: str
    roles: Mapping[str, Role]
    clauses: tuple[Clause, ...]
    exemptions: tuple[Exemption, ...] = ()


class Entry(NamedTuple):
    """One catalog file, its names checked. ``forms`` are in the order in which they are tried.

    ``anchor`` is a single role of each form.
    ``hints`` are properties, by role, whose presence speaks for the pattern; one that is ``hinted`` is suggested only
    where one of them, a loose end or a finding does.
    """

    id: str
    name: str
    status: str
    summary: str
    anchor: str
    forms: tuple[Form, ...]
    file: Path
    aliases: tuple[str, ...] = ()
    use_when: str = ""
    avoid_when: str = ""
    since: str = ""
    ambiguities: tuple[Ambiguity, ...] = ()
    hides: frozenset[str] = frozenset()
    overlay: bool = False
    generic: bool = False
    hinted: bool = False
    hints: Mapping[str, tuple[str, ...]] = _NONE
    siblings: Mapping[str, str] = _NONE
    rules: tuple[str, ...] = ()
    references: tuple[str, ...] = ()

    @property
    def advised(self) -> bool:
        """Whether what nearly follows the pattern should be told so."""
        return not self.generic and self.status == "current"
