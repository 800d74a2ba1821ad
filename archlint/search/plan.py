"""In which order to make the moves: start where there is least to choose from, then follow what is bound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from archlint.model.tuples import NamedTuple
from archlint.pattern.terms import Path, Same, Step, When
from archlint.search.candidates import Candidates
from archlint.search.conjunctions import Conjunction
from archlint.search.elements import other_end
from archlint.search.moves import (
    BindRole,
    CheckStep,
    Extend,
    FindCycles,
    FollowPath,
    Move,
    ReadRelation,
    SeedStep,
    Through,
)


class Plan(NamedTuple):
    """What to do for one conjunction, given which roles are bound beforehand.

    ``stages`` are moves, each with the tests that can be made once it is done. Then the plural roles are gathered in
    the order of ``gathered``, required ones first,
    with the ``links`` that tie them to the rest, and the ``late`` tests are made.
    """

    early: tuple[When | Same, ...]
    stages: tuple[tuple[Move, tuple[When | Same, ...]], ...]
    gathered: tuple[str, ...]
    links: tuple[Step | Path, ...]
    late: tuple[When | Same, ...]


def make_plan(
    conjunction: Conjunction,
    candidates: Candidates,
    bound: frozenset[str],
    plural: frozenset[str],
    wanted: frozenset[str],
) -> Plan | None:
    """The plan, or None if this graph holds nothing that could fit.

    ``bound`` are the names (of roles, connections and rows) an outer block has bound, ``plural`` those of them that
    stand for several components;
    ``wanted`` are roles to bind even if no step or path names them.
    """
    roles = conjunction.roles
    for step in conjunction.steps:
        needed = roles[step.source].required and roles[step.target].required
        if needed and not candidates.kinds(step, roles):
            return None
    return _Planner(conjunction, candidates, bound, plural, wanted).plan()


class _Planner:
    def __init__(
        self,
        conjunction: Conjunction,
        candidates: Candidates,
        bound: frozenset[str],
        plural: frozenset[str],
        wanted: frozenset[str],
    ) -> None:
        self._conjunction = conjunction
        self._candidates = candidates
        self._roles = conjunction.roles
        self._bound = set(bound - plural)
        self._known = bound
        self._wanted = wanted
        self._outer_plural = plural
        self._moves: list[Move] = []
        ends = frozenset(conjunction.ends)
        cycles = {cycle.name for cycle in conjunction.cycles}
        used = (ends | wanted) & self._roles.keys()
        gathered = [name for name in self._roles if name in used and self._gathers(name) and name not in bound | cycles]
        self._gathered = self._in_turn(gathered)
        self._singles = {name for name in used if not self._gathers(name) and name not in cycles} - (plural - ends)
        self._uses = Counter(conjunction.ends)

    def _in_turn(self, gathered: list[str]) -> tuple[str, ...]:
        """Required roles first, and each after one that ties it down: what nothing ties down yet may be anything."""
        links = [
            (link.source, link.target)
            for link in self._conjunction.links
            if all(self._roles[name].required for name in (link.source, link.target) if name in self._roles)
        ]
        waiting = [name for name in gathered if self._roles[name].required]
        settled, turn = {end for ends in links for end in ends} - set(waiting), []
        while waiting:
            tied = (name for name in waiting if any(name in ends and settled & set(ends) for ends in links))
            turn.append(next(tied, waiting[0]))
            settled.add(turn[-1])
            waiting.remove(turn[-1])
        return (*turn, *(name for name in gathered if not self._roles[name].required))

    def _gathers(self, name: str) -> bool:
        return self._roles[name].plural and name not in self._outer_plural and name not in self._bound

    def plan(self) -> Plan | None:
        conjunction = self._conjunction
        gathered = set(self._gathered)
        steps = [step for step in conjunction.steps if not {step.source, step.target} & gathered]
        paths = [path for path in conjunction.paths if not {path.source, path.target} & gathered]
        if any(not self._candidates.kinds(step, self._roles) for step in steps):
            return None
        if any(self._candidates.count_components(self._roles[name]) == 0 for name in self._singles - self._bound):
            return None
        links = tuple(link for link in conjunction.links if {link.source, link.target} & gathered)
        if not self._feasible(links):
            return None
        early = set(self._known - (self._outer_plural & frozenset(conjunction.ends)))
        self._moves += [FindCycles(cycle) for cycle in conjunction.cycles]
        self._moves += [ReadRelation(relation) for relation in conjunction.relations]
        self._order(steps, paths)
        return self._with_tests(early, links)

    def _feasible(self, links: tuple[Step | Path, ...]) -> bool:
        required = {name for name in self._gathered if self._roles[name].least > 0}
        for link in links:
            ends = {link.source, link.target}
            optional = (ends & set(self._gathered)) - required
            if isinstance(link, Step) and not optional and not self._candidates.kinds(link, self._roles):
                return False
        return True

    def _order(self, steps: list[Step], paths: list[Path]) -> None:
        for name in sorted(self._singles & self._outer_plural):
            self._moves.append(BindRole(self._roles[name], members=True))
            self._bound.add(name)
        while steps or paths:
            if ready := next((step for step in steps if {step.source, step.target} <= self._bound), None):
                self._moves.append(CheckStep(ready))
                steps.remove(ready)
            elif near := next((step for step in steps if {step.source, step.target} & self._bound), None):
                near = min(
                    self._adjacent(steps), key=lambda step: self._candidates.count_connections(step, self._roles)
                )
                self._extend(near)
                steps.remove(near)
            elif path := next((path for path in paths if self._followable(path)), None):
                self._moves.append(FollowPath(path, self._roles[path.source], self._roles[path.target]))
                self._bound |= {path.source, path.target}
                paths.remove(path)
            else:
                self._seed(steps, paths)
        for name in sorted(self._singles - self._bound, key=list(self._roles).index):
            self._moves.append(BindRole(self._roles[name], beside=self._neighbour(name), through=self._through(name)))
            self._bound.add(name)

    def _neighbour(self, name: str) -> str | None:
        """A bound role whose service the role has to share."""
        for test in self._conjunction.tests:
            if isinstance(test, Same) and not test.differ and test.property == "service" and name in test.roles:
                return next((other for other in test.roles if other in self._bound), None)
        return None

    def _through(self, name: str) -> Through | None:
        """A way to a role from a bound one over a plural one that needs a member connected to both."""
        for second in self._conjunction.steps:
            if name in (second.source, second.target):
                middle = other_end(second, name)
                if middle in self._gathered and self._roles[middle].required:
                    for first in self._conjunction.steps:
                        start = other_end(first, middle) if middle in (first.source, first.target) else name
                        if start != name and start in self._bound & self._singles:
                            return Through(start, first, self._roles[middle], second)
        return None

    def _adjacent(self, steps: list[Step]) -> Iterator[Step]:
        return (step for step in steps if {step.source, step.target} & self._bound)

    def _extend(self, step: Step) -> None:
        forward = step.source in self._bound
        far = step.target if forward else step.source
        self._moves.append(Extend(step, self._roles[far], forward))
        self._bound.add(far)

    def _followable(self, path: Path) -> bool:
        """Both ends are bound, or one is and nothing but this path binds the other."""
        ends = {path.source, path.target}
        free = ends - self._bound
        return not free or (len(free) == 1 and not any(self._elsewhere(name) for name in free))

    def _elsewhere(self, name: str) -> bool:
        return self._uses[name] > 1

    def _seed(self, steps: list[Step], paths: list[Path]) -> None:
        """Start anew: from the rarest kind of connection, or from the end of a path that matters elsewhere."""
        if steps:
            rarest = min(steps, key=lambda step: self._candidates.count_connections(step, self._roles))
            self._moves.append(SeedStep(rarest, self._roles[rarest.source], self._roles[rarest.target]))
            self._bound |= {rarest.source, rarest.target}
            steps.remove(rarest)
            return
        path = paths[0]
        open_ends = [name for name in (path.target, path.source) if name not in self._bound]
        first = next((name for name in open_ends if self._elsewhere(name) or name in self._wanted), open_ends[0])
        self._moves.append(BindRole(self._roles[first]))
        self._bound.add(first)

    def _with_tests(self, early: set[str], links: tuple[Step | Path, ...]) -> Plan:
        waiting = list(self._conjunction.tests)
        known = set(early)

        def ready() -> tuple[When | Same, ...]:
            able = [test for test in waiting if _names(test) <= known]
            for test in able:
                waiting.remove(test)
            return tuple(able)

        first = ready()
        stages = []
        for move in self._moves:
            known |= _bound_by(move)
            stages.append((move, ready()))
        return Plan(first, tuple(stages), self._gathered, links, tuple(waiting))


def _names(test: When | Same) -> frozenset[str]:
    return frozenset(test.roles) if isinstance(test, Same) else test.expression.names


def _bound_by(move: Move) -> set[str]:
    match move:
        case BindRole(role=role):
            return {role.name}
        case SeedStep(step=step) | Extend(step=step) | CheckStep(step=step):
            return {step.source, step.target} | ({step.name} if step.name else set())
        case FollowPath(path=path):
            return {path.source, path.target} | ({path.name} if path.name else set())
        case FindCycles(cycle=cycle):
            return {cycle.name} | ({cycle.connections} if cycle.connections else set())
        case ReadRelation(relation=relation):
            return {relation.name}
        case _:
            return set()
