"""A rule: one question to the graph, and what to say when the answer is yes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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


class Question(NamedTuple):
    """What a rule asks of a graph: all of it that is needed until there is an answer.

    ``at`` is the role that a finding is about.
    """

    id: str
    group: str
    roles: Mapping[str, Role]
    clauses: tuple[Clause, ...]
    at: str
    options: Mapping[str, Option] = _NONE


class Rule(NamedTuple):
    """One rule file, its names checked. With ``about_service`` a finding is about the service of the role ``at``.

    ``evidence`` lists ``(name, fact)`` whose contributors belong to a finding. Of several solutions about one subject
    the one is told for which ``worst`` is the greatest number. The examples stay in the file until
    they are asked for, see :mod:`archlint.rulebook.examples`.
    """

    question: Question
    title: str
    severity: Severity
    why: str
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
    references: tuple[str, ...] = ()
    worst: Expression | None = None

    @property
    def id(self) -> str:
        """The name by which it is selected, ignored and told."""
        return self.question.id

    @property
    def group(self) -> str:
        """The folder of its file."""
        return self.question.group

    @property
    def roles(self) -> Mapping[str, Role]:
        """What it speaks of, by name."""
        return self.question.roles

    @property
    def at(self) -> str:
        """The role that a finding is about."""
        return self.question.at

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """What has to be so for it to fire."""
        return self.question.clauses

    @property
    def options(self) -> Mapping[str, Option]:
        """Its thresholds by name."""
        return self.question.options

    @property
    def fixable(self) -> bool:
        """Whether a finding may carry a change."""
        return self.fix is not None or any(level.fix is not None for level in self.levels)


class Asked:
    """A rule that may be asked: its question at once, the rest when there is an answer, which there mostly is not."""

    __slots__ = ("_read", "_rule", "question")

    def __init__(self, question: Question, read: Callable[[], Rule]) -> None:
        self.question = question
        self._read = read
        self._rule: Rule | None = None

    @classmethod
    def of(cls, rule: Rule) -> Asked:
        """A rule that has been read."""
        return cls(rule.question, lambda: rule)

    @property
    def rule(self) -> Rule:
        """All of it."""
        if self._rule is None:
            self._rule = self._read()
        return self._rule
