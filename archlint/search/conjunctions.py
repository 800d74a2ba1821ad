"""From clauses with alternatives to plain conjunctions, sorted by what each part needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product

from archlint.model.record import record
from archlint.pattern.terms import (
    Clause,
    Cycle,
    Either,
    Exists,
    Narrow,
    Path,
    Relation,
    Role,
    Same,
    Step,
    When,
)


@record(eq=False)
class Conjunction:
    """Clauses that all have to hold, without alternatives.

    ``roles`` are the declared roles, narrowed as the clauses say. ``names`` are the roles that the clauses bind.
    """

    roles: Mapping[str, Role]
    steps: tuple[Step, ...]
    paths: tuple[Path, ...]
    tests: tuple[When | Same, ...]
    nested: tuple[Exists, ...]
    cycles: tuple[Cycle, ...]
    relations: tuple[Relation, ...]

    @property
    def links(self) -> tuple[Step | Path, ...]:
        """Steps and paths."""
        steps: tuple[Step | Path, ...] = self.steps
        return steps + self.paths

    @property
    def ends(self) -> Iterator[str]:
        """The roles at the ends of steps and paths, as often as they occur."""
        for link in self.links:
            yield link.source
            yield link.target

    @cached_property
    def named(self) -> frozenset[str]:
        """The roles that steps, paths and cycles bind."""
        return frozenset((*self.ends, *(cycle.name for cycle in self.cycles)))

    @cached_property
    def tested(self) -> frozenset[str]:
        """The names that conditions speak of."""
        names: set[str] = set()
        for test in self.tests:
            names.update(test.roles if isinstance(test, Same) else test.expression.names)
        return frozenset(names)


def conjunctions(clauses: Sequence[Clause], roles: Mapping[str, Role]) -> tuple[Conjunction, ...]:
    """The alternatives of the clauses, in the order of the file."""
    return tuple(_conjunction(chosen, roles) for chosen in _alternatives(clauses))


def _alternatives(clauses: Sequence[Clause]) -> Iterator[list[Clause]]:
    choices: list[list[list[Clause]]] = []
    for clause in clauses:
        if isinstance(clause, Either):
            choices.append([chosen for option in clause.options for chosen in _alternatives(option)])
        else:
            choices.append([[clause]])
    for combination in product(*choices):
        yield [clause for part in combination for clause in part]


def _conjunction(clauses: Iterable[Clause], roles: Mapping[str, Role]) -> Conjunction:
    listed = list(clauses)
    narrowed = dict(roles)
    for clause in listed:
        if isinstance(clause, Narrow):
            role = narrowed[clause.role]
            narrowed[clause.role] = role._replace(types=role.types & clause.types)
    return Conjunction(
        roles=narrowed,
        steps=tuple(clause for clause in listed if isinstance(clause, Step)),
        paths=tuple(clause for clause in listed if isinstance(clause, Path)),
        tests=tuple(clause for clause in listed if isinstance(clause, When | Same)),
        nested=tuple(clause for clause in listed if isinstance(clause, Exists)),
        cycles=tuple(clause for clause in listed if isinstance(clause, Cycle)),
        relations=tuple(clause for clause in listed if isinstance(clause, Relation)),
    )
