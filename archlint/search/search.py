"""The search itself: a plan is made for each conjunction and carried out by backtracking."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from archlint.facts import RELATIONS, Graph
from archlint.model import Component, Connection, Value
from archlint.pattern.expressions import Row
from archlint.pattern.terms import Clause, Cycle, Exists, Path, Role, Same, When
from archlint.pattern.truth import Truth, negated
from archlint.search.budget import OutOfBudgetError
from archlint.search.candidates import Candidates
from archlint.search.comparing import compare
from archlint.search.conjunctions import Conjunction, conjunctions
from archlint.search.gathering import gather
from archlint.search.paths import spread
from archlint.search.plan import Plan, make_plan
from archlint.search.rings import rings
from archlint.search.state import MatchScope, Solution, State

Relations = Mapping[str, Callable[[], Sequence[Row]]]
Expanded = dict[tuple[int, int], tuple[Sequence[Clause], Mapping[str, Role], tuple[Conjunction, ...]]]
"""Alternatives worked out, by the identity of clauses and roles; kept with these, so that no identity is used again."""

NOTHING_BOUND = Solution()


class Search:
    """Answers questions about one graph; what it works out for one question serves the next.

    ``relations`` are those by name that need more than the graph. ``options`` are those of the rule being asked; change
    them with :meth:`with_options`. What is ``expanded`` may be kept for searches in other graphs.
    """

    def __init__(self, graph: Graph, relations: Relations | None = None, expanded: Expanded | None = None) -> None:
        self.graph = graph
        self.candidates = Candidates(graph)
        self._relations = relations or {}
        self._options: Mapping[str, Value] = {}
        self._left: float = float("inf")
        self._expanded: Expanded = {} if expanded is None else expanded
        self._plans: dict[tuple[int, frozenset[str], frozenset[str], frozenset[str]], Plan | None] = {}
        self._reached: dict[tuple[int, int, bool, bool], dict[Component, Connection | None]] = {}
        self._rings: dict[int, list[tuple[tuple[Component, ...], tuple[Connection, ...]]]] = {}

    def with_options(self, options: Mapping[str, Value]) -> Search:
        """This search, answering ``options.name`` from here on."""
        self._options = options
        return self

    def limited_to(self, steps: float) -> Search:
        """This search, raising :class:`OutOfBudgetError` once it has taken so many steps from here on."""
        self._left = steps
        return self

    def spend(self, steps: int) -> None:
        """Count steps: components and connections looked at. Raises :class:`OutOfBudgetError` beyond the limit."""
        self._left -= steps
        if self._left < 0:
            raise OutOfBudgetError

    def scope(self, bindings: State | Solution) -> MatchScope:
        """What names mean under these bindings."""
        return MatchScope(self.graph, bindings, self._options)

    def solutions(
        self,
        roles: Mapping[str, Role],
        clauses: Sequence[Clause],
        outer: Solution = NOTHING_BOUND,
        *,
        strict: bool = False,
        wanted: frozenset[str] = frozenset(),
    ) -> Iterator[Solution]:
        """Every way to satisfy the clauses, in the order of the file as far as the plan allows.

        ``strict`` leaves out what rests on an unknown value. ``wanted`` roles are bound even if no clause names them.
        """
        alternatives = self.expand(roles, clauses)
        named = frozenset().union(*(one.named for one in alternatives)) if len(alternatives) > 1 else frozenset()
        for conjunction in alternatives:
            if conjunction.named & outer.absent:
                continue
            absent = named - conjunction.named - conjunction.tested - wanted
            plan = self._plan(conjunction, outer, wanted, outer.absent | absent)
            if plan is not None:
                state = State(outer, strict=strict, absent=absent)
                yield from self._early(conjunction, plan, state)

    def truth(self, roles: Mapping[str, Role], clauses: Sequence[Clause], outer: Solution) -> Truth:
        """Whether the clauses can be satisfied: True, False, or None if only unknown values allow it."""
        result: Truth = False
        for solution in self.solutions(roles, clauses, outer):
            if solution.truth is True:
                return True
            result = None
        return result

    def expand(self, roles: Mapping[str, Role], clauses: Sequence[Clause]) -> tuple[Conjunction, ...]:
        """The alternatives of the clauses, worked out once."""
        key = id(clauses), id(roles)  # no clauses at all are one and the same empty tuple
        found = self._expanded.get(key)
        if found is None:
            found = self._expanded[key] = (clauses, roles, conjunctions(clauses, roles))
        return found[2]

    def _plan(
        self, conjunction: Conjunction, outer: Solution, wanted: frozenset[str], absent: frozenset[str]
    ) -> Plan | None:
        plural = frozenset(name for name, bound in outer.roles.items() if isinstance(bound, tuple))
        bound = frozenset((*outer.roles, *outer.edges, *outer.rows))
        asked = (wanted | conjunction.tested) - absent
        key = (id(conjunction), bound, plural, asked)
        if key not in self._plans:
            self._plans[key] = make_plan(conjunction, self.candidates, bound, plural, asked)
        return self._plans[key]

    def _early(self, conjunction: Conjunction, plan: Plan, state: State) -> Iterator[Solution]:
        unknowns = self._tested(plan.early, state)
        if unknowns is not None:
            state.unknowns += unknowns
            yield from self._run(conjunction, plan, 0, state)
            state.unknowns -= unknowns

    def _run(self, conjunction: Conjunction, plan: Plan, stage: int, state: State) -> Iterator[Solution]:
        if stage == len(plan.stages):
            yield from self._finish(conjunction, plan, state)
            return
        move, tests = plan.stages[stage]
        for truth in move.apply(self, state):
            self.spend(1)
            if truth is None and state.strict:
                continue
            unknowns = self._tested(tests, state) if tests else 0
            if unknowns is None:
                continue
            unknowns += truth is None
            state.unknowns += unknowns
            yield from self._run(conjunction, plan, stage + 1, state)
            state.unknowns -= unknowns

    def _tested(self, tests: Sequence[When | Same], state: State) -> int | None:
        """How many of the tests are unknown; None if one is false, or unknown in a strict search."""
        unknowns = 0
        for test in tests:
            truth = self._test(test, state)
            if truth is False or (truth is None and state.strict):
                return None
            unknowns += truth is None
        return unknowns

    def _test(self, test: When | Same, state: State) -> Truth:
        if isinstance(test, Same):
            return compare(self.graph, test, state.roles)
        return test.expression.truth(self.scope(state))

    def _finish(self, conjunction: Conjunction, plan: Plan, state: State) -> Iterator[Solution]:
        """Gather the plural roles, make the late tests and look at nested clauses."""
        if not plan.gathered and not plan.late and not conjunction.nested:
            yield state.solution()
            return
        inner = State(state.solution(), strict=state.strict)
        inner.used, inner.unknowns = list(state.used), state.unknowns
        truth = gather(self, conjunction, plan, inner)
        if truth is False or (truth is None and state.strict):
            return
        unknowns = self._tested(plan.late, inner)
        if unknowns is None:
            return
        inner.unknowns += unknowns + (truth is None)
        for nested in conjunction.nested:
            truth = self._nested(conjunction, nested, inner)
            if truth is False or (truth is None and state.strict):
                return
            inner.unknowns += truth is None
        yield inner.solution()

    def _nested(self, conjunction: Conjunction, nested: Exists, state: State) -> Truth:
        truth = self.truth(conjunction.roles, nested.clauses, state.solution())
        return truth if nested.wanted else negated(truth)

    def reach(
        self, path: Path, starts: Sequence[Component] | None, *, forward: bool, lax: bool, key: Component | Role
    ) -> dict[Component, Connection | None]:
        """What a path leads to from the starts, or from every component that fits the role ``key``."""
        memo = (id(path), id(key), forward, lax)
        if memo not in self._reached:
            if starts is None:
                assert isinstance(key, Role)
                starts = [
                    component
                    for component in self.candidates.components(key)
                    if (fits := self.candidates.fits(component, key)) is True or (lax and fits is None)
                ]
            self._reached[memo] = spread(self.candidates, starts, path, forward=forward, lax=lax)
        return self._reached[memo]

    def cycles(self, cycle: Cycle) -> list[tuple[tuple[Component, ...], tuple[Connection, ...]]]:
        """Each cycle's members and hops."""
        if id(cycle) not in self._rings:
            self._rings[id(cycle)] = rings(self.graph, self.candidates, cycle)
        return self._rings[id(cycle)]

    def rows(self, relation: str) -> Sequence[Row]:
        """The rows of a computed relation; none if nobody computes it here."""
        if (known := RELATIONS.get(relation)) is not None:
            return self.graph.remember(("relation", relation), lambda: known.rows(self.graph))
        compute = self._relations.get(relation)
        return compute() if compute else ()
