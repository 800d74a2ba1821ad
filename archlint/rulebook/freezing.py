"""Rules and entries that have been read, as plain data: what the wheel carries, so that a run reads none anew.

A term is a list of its kind's number and its fields, without those at the end that have their defaults. What is no
term stands for itself, but for the other kinds of lists. Frozen and thawed, each is the same, as a test holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from archlint.model import Confidence, Severity, Style
from archlint.pattern import conditions, terms
from archlint.pattern.expressions import Expression
from archlint.pattern.templates import Template
from archlint.rulebook.entry import Ambiguity, Entry, Form
from archlint.rulebook.rule import Level, Option, Question, Rule

Frozen: TypeAlias = "str | int | float | bool | list[Frozen] | None"
"""What JSON can hold, without mappings."""

_LIST, _SET, _MAPPING, _EXPRESSION = range(4)
_TERMS: tuple[Callable[..., Any], ...] = (
    Style,
    Severity,
    Confidence,
    Rule,
    Question,
    Level,
    Option,
    Entry,
    Form,
    Ambiguity,
    Template,
    conditions.Equals,
    conditions.Ordered,
    conditions.IsSet,
    conditions.Like,
    conditions.Has,
    conditions.OneOf,
    conditions.AllOf,
    conditions.Not,
    terms.Role,
    terms.Arrow,
    terms.Step,
    terms.Path,
    terms.When,
    terms.Same,
    terms.Narrow,
    terms.Exists,
    terms.Either,
    terms.Cycle,
    terms.Relation,
    terms.PropertyPlan,
    terms.Addition,
    terms.Link,
    terms.FixPlan,
    terms.Exemption,
)
_FIRST = _EXPRESSION + 1
_NUMBERS = {term: number for number, term in enumerate(_TERMS, _FIRST)}


class Freezing:
    """Makes plain data of terms. ``sets`` are the sets of names in them (types, mostly), of which they hold numbers."""

    def __init__(self) -> None:
        self.sets: list[list[str]] = []
        self._numbers: dict[frozenset[str], int] = {}

    def freeze(self, value: object) -> Frozen:
        """Plain data of a term, and of what terms are made of. TypeError for anything else."""
        match value:
            case Style():
                return [_NUMBERS[Style], value.value]
            case Severity() | Confidence():
                return [_NUMBERS[type(value)], int(value)]
            case None | bool() | int() | float() | str():
                return value
            case Expression():
                attributes: list[Frozen] = [[*pair] for pair in value.attributes]
                return [_EXPRESSION, value.text, self._set(value.names), attributes, [*value.outline]]
            case Path():
                return None  # whoever thaws it knows where the files are
            case frozenset():
                return [_SET, self._set(value)]
            case Mapping():
                return [_MAPPING, *(self.freeze(part) for pair in value.items() for part in pair)]
            case tuple() if type(value) in _NUMBERS:
                return [_NUMBERS[type(value)], *(self.freeze(field) for field in _without_defaults(value))]
            case tuple() | list() if type(value) in (tuple, list):
                return [_LIST, *(self.freeze(part) for part in value)]
            case _:
                message = f"a rule holds a {type(value).__name__}, which cannot be frozen"
                raise TypeError(message)

    def _set(self, names: frozenset[str]) -> int:
        if names not in self._numbers:
            self._numbers[names] = len(self.sets)
            self.sets.append(sorted(names))
        return self._numbers[names]


def _without_defaults(term: Any) -> list[object]:  # noqa: ANN401  any named tuple
    fields = list(term)
    names = list(term._fields)
    defaults = term._field_defaults
    while names and names[-1] in defaults and defaults[names[-1]] == fields[-1]:
        names.pop()
        fields.pop()
    return fields


class Thawing:
    """Makes terms of plain data again, with the sets that were noted while it was made."""

    def __init__(self, sets: Sequence[Sequence[str]]) -> None:
        self._listed = sets
        self._sets: dict[int, frozenset[str]] = {}

    def thaw(self, data: Any) -> Any:  # noqa: ANN401  what was frozen, whatever it was
        """The term that was frozen."""
        if type(data) is not list:
            return data
        number = data[0]
        if number == _SET:
            return self._set(data[1])
        if number == _EXPRESSION:
            attributes = tuple([(name, attribute) for name, attribute in data[3]])
            return Expression(data[1], self._set(data[2]), attributes, data[4])
        thaw = self.thaw
        fields = [thaw(field) if type(field) is list else field for field in data[1:]]
        if number >= _FIRST:
            return _TERMS[number - _FIRST](*fields)
        if number == _MAPPING:
            return dict(zip(fields[::2], fields[1::2], strict=True))
        return tuple(fields)

    def _set(self, number: int) -> frozenset[str]:
        found = self._sets.get(number)
        if found is None:
            found = self._sets[number] = frozenset(self._listed[number])
        return found
