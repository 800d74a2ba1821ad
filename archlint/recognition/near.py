"""How near an anchor is to a form of a pattern: the cheapest way to bind what is there and make up the rest.

The search grows from the anchor along its own connections. What is missing costs one each: a component together with
its connections, a connection between components that are there, a property, an expression that says how it can be
fixed. What is made up is a virtual component or connection, so that every later clause can be asked of it as of a real
one. The anchor itself may be made up where loose ends say that it is missing.
"""

from __future__ import annotations

from collections.abc import Collection

from archlint.facts import Graph
from archlint.model import AddComponent, AddConnection, Change, Component, SetProperty, Site, Style
from archlint.model.tuples import NamedTuple
from archlint.recognition.choices import Reach
from archlint.recognition.drafts import Draft, Limit
from archlint.recognition.goal import Goal, goal
from archlint.recognition.growing import Growth
from archlint.recognition.loose import LooseEnds
from archlint.recognition.making import made_name, made_properties, made_type, rarity
from archlint.recognition.matching import Matched
from archlint.recognition.missing import STATED, Missing, in_words, merged, opened
from archlint.rulebook import Entry, Form
from archlint.search import Search, Solution
from archlint.search.conjunctions import Conjunction
from archlint.vocabulary import vocabulary

ENOUGH = 0.7
"""The share of a pattern that must be there for it to be suggested unasked, if nothing else speaks for it."""

HINT = 0.1
"""What a loose end or a property is worth beside the share."""

ANYWHERE = Reach(anywhere=True)
"""To everything that could be connected, at any distance."""

_COMMON = 0.3
"""What a generic pattern has to be nearer than a specific one."""

_TOLERANCE = 1e-9


class Near(NamedTuple):
    """A form nearly matched at an anchor.

    ``elements`` is how many parts the form has in all. ``loose`` are the loose ends that what is missing ties in;
    ``tied`` counts them, what would be used more than now, and services that hold nothing yet. ``marks`` counts the
    properties, written on purpose, that speak for it; ``strain`` is how much would be forced upon what has other
    business.
    """

    entry: Entry
    form: Form
    anchor: Component
    solution: Solution
    missing: tuple[Missing, ...]
    elements: int
    loose: tuple[Component, ...]
    tied: int
    marks: int
    strain: int

    @property
    def is_made_up(self) -> bool:
        """Whether the anchor itself has to be added."""
        return any(missing.made == self.anchor.id for missing in self.missing)

    @property
    def share(self) -> float:
        """The part of the pattern that is there."""
        return 1 - sum(missing.elements for missing in self.missing) / self.elements

    @property
    def likeness(self) -> float:
        """The share, and a little for everything that speaks for the pattern: loose ends, properties."""
        hints = self.tied + self.marks - self.strain // 2
        return self.share + HINT * hints - _COMMON * self.entry.generic

    @property
    def weight(self) -> int:
        """How much is missing."""
        return sum(missing.weight for missing in self.missing)

    @property
    def words(self) -> tuple[str, ...]:
        """What is missing, a line each."""
        return in_words(self.missing)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change, settings of what is added merged into its addition."""
        return opened(merged([change for missing in self.missing for change in missing.changes]))

    @property
    def only_states(self) -> bool:
        """Whether nothing would be changed, but something said that only the owner knows."""
        return all(isinstance(change, SetProperty) and change.name in STATED for change in self.changes)

    def adds_a_purpose(self, graph: Graph) -> bool:
        """Whether a store is added to what has its purpose already, which is no part missing but another design.

        That is a database beside another store, and any store for a function that hands on what it polls.
        """
        known = vocabulary()
        made = {change.id: change.type for change in self.changes if isinstance(change, AddComponent)}
        return any(
            made[change.target] in known.members("store")
            and _has_a_purpose(graph, change.source, limited=made[change.target] in known.members("connection_limited"))
            for change in self.changes
            if isinstance(change, AddConnection) and change.target in made
        )

    @property
    def rarity(self) -> int:
        """How unusual the most unusual thing is that has to be added; less than nothing where nothing has."""
        return max((rarity(change.type) for change in self.changes if isinstance(change, AddComponent)), default=-1)

    def completed(self) -> Matched:
        """The match as it will be."""
        return Matched(self.entry, self.form, self.anchor, self.solution)


class Nearness:
    """Asks how near a graph is to forms of patterns, as far as ``reach`` says.

    At least a share of ``least`` has to be there; None: :data:`ENOUGH`, or all but one thing.
    """

    def __init__(self, search: Search, loose: LooseEnds, reach: Reach, least: float | None = None) -> None:
        self._loose = loose
        self._search = search
        self._reach = reach
        self._least = least
        self._goals: dict[tuple[int, str], Goal] = {}

    def nearest(self, entry: Entry, form: Form, anchor: Component) -> list[Near]:
        """The nearest ways to complete the form at the anchor, the best first; none beyond the limit."""
        found: list[Near] = []
        for conjunction in self._search.expand(form.roles, form.clauses):
            goal = self._goal(conjunction, entry, form)
            limit = self._limit(goal.elements)
            if found:
                limit = limit.at_most(min(near.weight for near in found))
            growth = Growth(self._search, self._loose, goal, anchor, limit, self._reach)
            found += [self._near(entry, form, anchor, draft, goal.elements) for draft in growth.drafts()]
        return sorted(found, key=nearness, reverse=True)

    def _goal(self, conjunction: Conjunction, entry: Entry, form: Form) -> Goal:
        key = id(conjunction), entry.anchor  # the search keeps what it has expanded
        if key not in self._goals:
            self._goals[key] = goal(self._search, conjunction, entry.anchor, form.exemptions)
        return self._goals[key]

    def _limit(self, elements: int) -> Limit:
        if self._least == 0:
            return Limit(elements)
        most = int(elements * (1 - (self._least or ENOUGH)) + _TOLERANCE)
        return Limit(most, most) if self._least else Limit(max(most, 1), most)

    def without_anchor(self, entry: Entry, form: Form, service: str | None) -> list[Near]:
        """The nearest ways to complete the form with an anchor that is made up in a service."""
        role = form.roles[entry.anchor]
        if not (self._reach.anywhere or self._reach.subjects or self._is_waited_for(entry, form, service)):
            return []
        architecture = self._search.graph.architecture
        site = next((one.site for one in architecture.components), Site("", ()))
        type_, id_ = made_type(role), made_name(architecture, role, service, ())
        anchor = Component(id_, type_, service, made_properties(role, type_), site, role.name)
        return self.nearest(entry, form, anchor)

    def _is_waited_for(self, entry: Entry, form: Form, service: str | None) -> bool:
        """Whether a loose end could lead to the anchor or on from it."""
        return any(
            one in self._loose
            for conjunction in self._search.expand(form.roles, form.clauses)
            for link in conjunction.links
            for name, forward in ((link.target, True), (link.source, False))
            if (link.source if forward else link.target) == entry.anchor
            for one in self._loose.fitting(conjunction.roles[name], service, forward=forward)
        )

    def _near(self, entry: Entry, form: Form, anchor: Component, draft: Draft, elements: int) -> Near:
        solution = draft.solution()
        loose = self._loose.tied_by(draft.changes)
        marks = _marks(entry, form, solution, draft.new)
        tied = len({*loose, *self._loose.used_by(draft.changes)}) + len(self._filled(draft))
        return Near(entry, form, anchor, solution, draft.missing, elements, loose, tied, marks, draft.strain)

    def _filled(self, draft: Draft) -> set[str]:
        made = {change.service for change in draft.changes if isinstance(change, AddComponent)}
        return {service for service in self._loose.empty if service in made}


def _has_a_purpose(graph: Graph, id_: str, *, limited: bool) -> bool:
    component = graph.architecture.by_id.get(id_)
    if component is None:
        return False
    onward = [edge for edge in graph.outgoing(component) if edge.style is not Style.ERROR]
    if any(edge.action == "poll" for edge in graph.incoming(component)):
        return bool(onward)
    return limited and any(edge.target.type in vocabulary().members("store") for edge in onward)


def nearness(near: Near) -> tuple[int, int, float, int]:
    """What makes one near match at an anchor better than another: the more of each."""
    return -near.weight, -(near.strain // 2), round(near.likeness, 6), -near.rarity


def _marks(entry: Entry, form: Form, solution: Solution, made: Collection[str]) -> int:
    """How many properties that the pattern asks for or hints at are written down, on what is there already."""
    return sum(
        component.properties.get(name, False) is not False
        for role in form.roles.values()
        for component in solution.members(role.name)
        if component.id not in made
        for name in dict.fromkeys((*(name for name, _ in role.where), *entry.hints.get(role.name, ())))
    )
