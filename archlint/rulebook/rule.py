"""A rule: one question to the graph, and what to say when the answer is yes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from archlint.model import Confidence, Severity, Value
from archlint.model.tuples import NamedTuple
from archlint.pattern.expressions import Expression
from archlint.pattern.templates import Template
from archlint.pattern.terms import Clause, Exemption, FixPlan, Role

_NONE: Mapping[str, Any] = MappingProxyType({})


class Option(NamedTuple):
    """A threshold that the configuration may change; ``least`` is the smallest number that makes sense."""

    name: str
    default: Value
    description: str
    least: int | float = 0


class Level(NamedTuple):
    """A severity that holds where its clauses do, and perhaps words, a fix and a greatest confidence of its own."""

    severity: Severity
    clauses: tuple[Clause, ...]
    because: str = ""
    message: Template | None = None
    help: Template | None = None
    fix: FixPlan | None = None
    confidence: Confidence = Confidence.CERTAIN


class Rule(NamedTuple):
    """One rule file, its names checked. ``at`` is the role a finding is about, ``about_service`` that role's service.

    ``evidence`` lists ``(name, fact)`` whose contributors belong to a finding. Of several solutions about one subject
    the one is told for which ``worst`` is the greatest number. The examples stay in the file until
    they are asked for, see :mod:`archlint.rulebook.examples`.
    """

    id: str
    group: str
    title: str
    severity: Severity
    why: str
    roles: Mapping[str, Role]
    clauses: tuple[Clause, ...]
    at: str
    message: Template
    file: Path
    exemptions: tuple[Exemption, ...] = ()
    levels: tuple[Level, ...] = ()
    connection: str | None = None
    about_service: bool = False
    evidence: tuple[tuple[str, str], ...] = ()
    labels: Mapping[str, Template] = _NONE
    help: Template | None = None
    fix: FixPlan | None = None
    patterns: tuple[str, ...] = ()
    options: Mapping[str, Option] = _NONE
    references: tuple[str, ...] = ()
    worst: Expression | None = None

    @property
    def fixable(self) -> bool:
        """Whether a finding may carry a change."""
        return self.fix is not None or any(level.fix is not None for level in self.levels)
