"""Rules as one file, so that a run reads only those that could fire.

The wheel carries one of the built-in rules beside the YAML files it is made from; a source checkout has none and reads
the files. That of a user's own rules is kept from one run to the next.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from archlint.model import Architecture
from archlint.model.tuples import NamedTuple
from archlint.pattern.terms import SPOKEN_FOR, Role
from archlint.rulebook.freezing import Freezing, Thawing
from archlint.rulebook.rule import Asked, Question, Rule
from archlint.search.conjunctions import Conjunction, conjunctions
from archlint.vocabulary import vocabulary

FILE = Path(__file__).with_name("index.jsonl")


_ELSEWHERE = Question("", "", {}, (), "")
"""Stands in a frozen rule for its question, which has a line of its own."""

Options: TypeAlias = "Sequence[str] | None"
"""What something may be; None is anything."""


class Need(NamedTuple):
    """What an architecture must have for one alternative of a rule.

    ``types`` are lists of which one type each must be there; ``steps`` are styles, actions, source types and target
    types of connections that must be there.
    """

    types: Sequence[Sequence[str]]
    steps: Sequence[tuple[Sequence[str], Options, Options, Options]]

    def is_met(self, types: frozenset[str], kinds: Sequence[tuple[str, str, str, str]]) -> bool:
        """Whether an architecture with these types and kinds of connection has it all."""
        return all(not types.isdisjoint(options) for options in self.types) and all(
            any(
                style in styles
                and (action not in SPOKEN_FOR if actions is None else action in actions)
                and (sources is None or source in sources)
                and (targets is None or target in targets)
                for style, action, source, target in kinds
            )
            for styles, actions, sources, targets in self.steps
        )


class Indexed(NamedTuple):
    """A rule that has not been read yet."""

    id: str
    group: str
    needs: Sequence[Need]
    question: str
    rest: str
    thawing: Thawing

    def could_fire(self, types: frozenset[str], kinds: Sequence[tuple[str, str, str, str]]) -> bool:
        """Whether one alternative's needs are met. True for a rule that needs nothing."""
        return any(need.is_met(types, kinds) for need in self.needs)

    def asked(self, file: Path) -> Asked:
        """The rule itself, of which the file has been read and checked when the index was made."""
        question: Question = self.thawing.thaw(json.loads(self.question))

        def read() -> Rule:
            rule: Rule = self.thawing.thaw(json.loads(self.rest))
            return rule._replace(question=question, file=file)

        return Asked(question, read)


def index_text(rules: Iterable[Rule]) -> str:
    """The index of rules: a line of what all need, then each rule, frozen: a line of its question, one of the rest."""
    freezing = Freezing()
    rows = [
        (
            rule.id,
            rule.group,
            [(need.types, need.steps) for need in needs_of(rule)],
            [_plain(freezing.freeze(part)) for part in (rule.question, rule._replace(question=_ELSEWHERE))],
        )
        for rule in rules
    ]
    head = _plain([[row[:-1] for row in rows], freezing.sets])
    return "\n".join([head, *(line for row in rows for line in row[-1])])


def _plain(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def read_index(text: str) -> dict[str, Indexed]:
    """The rows of an index by rule id."""
    head, *frozen = text.split("\n")
    rows, sets = json.loads(head)
    thawing = Thawing(sets)
    return {
        id_: Indexed(id_, group, [Need(*need) for need in needs], question, rest, thawing)
        for (id_, group, needs), question, rest in zip(rows, frozen[::2], frozen[1::2], strict=True)
    }


def needs_of(rule: Rule) -> list[Need]:
    """What each alternative of a rule needs to have any solution at all."""
    return [_need(rule, alternative) for alternative in conjunctions(rule.clauses, rule.roles)]


def _need(rule: Rule, alternative: Conjunction) -> Need:
    roles = alternative.roles
    names = [name for name in (*alternative.ends, rule.at) if _is_required(roles, name)]
    options = [options_of(roles[name].types) for name in dict.fromkeys(names)]
    steps = [
        (
            [style.value for style in step.arrow.styles],
            None if step.arrow.actions is None else sorted(step.arrow.actions),
            options_of(roles[step.source].types),
            options_of(roles[step.target].types),
        )
        for step in alternative.steps
        if _is_required(roles, step.source) and _is_required(roles, step.target)
    ]
    return Need([types for types in options if types is not None], steps)


def options_of(types: frozenset[str]) -> list[str] | None:
    """The types as a sorted list; None if they are all."""
    return None if types == vocabulary().members("any") else sorted(types)


def _is_required(roles: Mapping[str, Role], name: str) -> bool:
    return name in roles and roles[name].required


def relevant(rows: Iterable[Indexed], architecture: Architecture) -> Iterator[Indexed]:
    """The rows that could fire."""
    types = frozenset(architecture.by_type)
    kinds = [(style.value, action, source, target) for style, action, source, target in architecture.by_kind]
    return (row for row in rows if row.could_fire(types, kinds))
