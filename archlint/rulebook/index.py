"""The built-in rules as one file, so that a run reads only those that could fire.

The wheel carries it beside the YAML files it is made from; a source checkout has none and reads the files.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from archlint.model import Architecture
from archlint.pattern.faults import Faults
from archlint.pattern.terms import Role
from archlint.rulebook.reading_rule import read_rule
from archlint.rulebook.rule import Rule
from archlint.search.conjunctions import Conjunction, conjunctions
from archlint.vocabulary import vocabulary

FILE = Path(__file__).with_name("index.json")


class Need(NamedTuple):
    """What an architecture must have for one alternative of a rule: one of each list of types, and of actions."""

    types: Sequence[Sequence[str]]
    actions: Sequence[Sequence[str]]


class Indexed(NamedTuple):
    """A rule that has not been read yet."""

    id: str
    group: str
    needs: Sequence[Need]
    head: str

    def could_fire(self, types: frozenset[str], actions: frozenset[str]) -> bool:
        """Whether one alternative's needs are met. True for a rule that needs nothing."""
        return any(
            all(not types.isdisjoint(options) for options in need.types)
            and all(not actions.isdisjoint(options) for options in need.actions)
            for need in self.needs
        )

    def read(self, folder: Path) -> Rule:
        """The rule itself; its file has been checked when the index was made."""
        rule = read_rule(json.loads(self.head), folder / self.group / f"{self.id}.yaml", Faults())
        assert rule is not None
        return rule


def index_text(rules: Iterable[tuple[Rule, object]]) -> str:
    """The index of rules and the plain data of their files, as JSON."""
    rows = {
        rule.id: {
            "group": rule.group,
            "needs": [[need.types, need.actions] for need in needs_of(rule)],
            "head": json.dumps(data, ensure_ascii=False),
        }
        for rule, data in rules
    }
    return json.dumps(rows, ensure_ascii=False)


def read_index(text: str) -> dict[str, Indexed]:
    """The rows of an index by rule id."""
    return {
        id_: Indexed(id_, row["group"], [Need(*need) for need in row["needs"]], row["head"])
        for id_, row in json.loads(text).items()
    }


def present(architecture: Architecture) -> tuple[frozenset[str], frozenset[str]]:
    """The types and actions that an architecture has."""
    return frozenset(architecture.by_type), frozenset(kind[1] for kind in architecture.by_kind)


def needs_of(rule: Rule) -> list[Need]:
    """What each alternative of a rule needs to have any solution at all."""
    return [_need(rule, alternative) for alternative in conjunctions(rule.clauses, rule.roles)]


def _need(rule: Rule, alternative: Conjunction) -> Need:
    every = vocabulary().members("any")
    names = [name for name in (*alternative.ends, rule.at) if _is_required(alternative.roles, name)]
    types = [sorted(alternative.roles[name].types) for name in dict.fromkeys(names)]
    actions = [
        sorted(link.arrow.actions)
        for link in alternative.links
        if link.arrow.actions and all(_is_required(alternative.roles, end) for end in (link.source, link.target))
    ]
    return Need([options for options in types if len(options) < len(every)], actions)


def _is_required(roles: Mapping[str, Role], name: str) -> bool:
    return name in roles and roles[name].required


def relevant(rows: Iterable[Indexed], architecture: Architecture) -> Iterator[Indexed]:
    """The rows that could fire."""
    types, actions = present(architecture)
    return (row for row in rows if row.could_fire(types, actions))
