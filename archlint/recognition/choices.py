"""What the open end of a link may be bound to: something connected, something that waits to be, or something new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archlint.model import AddComponent, Component, Connection, RemoveConnection, SetProperty, Style
from archlint.model.tuples import NamedTuple
from archlint.pattern.terms import Path, Role, Same, Step
from archlint.recognition.drafts import Draft
from archlint.recognition.loose import LooseEnds, few
from archlint.recognition.making import Maker, is_plausible
from archlint.recognition.missing import STATED, Missing, addition, missing_connection, unmet_by, unmet_on, with_article
from archlint.search import Search
from archlint.search.comparing import compare
from archlint.search.conjunctions import Conjunction
from archlint.search.elements import of_link, of_role
from archlint.vocabulary import vocabulary

_CALLS = frozenset({"invoke", "orchestrate", "read", "write", "read_write"})


class OpenEnd(NamedTuple):
    """A link of which one end is known; ``forward`` where the other one is its target."""

    link: Step | Path
    known: Component
    role: Role
    forward: bool

    @property
    def fetches(self) -> bool:
        """Whether the link takes messages from its target, as a poller of one's own does: so the target leads on."""
        reads = self.link.arrow.actions is not None and "read" in self.link.arrow.actions
        return reads and self.forward and self.role.types <= vocabulary().members("channel")

    @property
    def elements(self) -> int:
        """How many parts of the pattern something new at the open end is, with the connection to it."""
        return of_role(self.role) + of_link(self.link)

    def ends(self, component: Component) -> tuple[Component, Component]:
        """Source and target, with a component at the open end."""
        return (self.known, component) if self.forward else (component, self.known)


class Reach(NamedTuple):
    """How far a search goes: ``anywhere``, or to loose ends and, with all they do already, to the ``subjects``.

    Unless it ``joins`` them, what is there stays as it is connected: only what is new is tied to it.
    """

    anywhere: bool = False
    subjects: tuple[Component, ...] = ()
    joins: bool = True


class Choice(NamedTuple):
    """A component for an open end, the connection to it, and what both lack.

    ``strain`` says how much the connection would be forced upon it: 0 for a loose end, 1 if it runs without, and 2
    if it has other business (``busy``) or the connection goes against what both are for.
    """

    component: Component
    edge: Connection
    lacking: tuple[Missing, ...]
    strain: int = 0
    busy: bool = False

    @property
    def weight(self) -> int:
        """What it costs."""
        return sum(missing.weight for missing in self.lacking)

    def linked(self, draft: Draft, link: Step | Path) -> Draft:
        """A draft with the connection and all that is lacking."""
        return draft.add(*self.lacking).link(link, self.edge).strained(self.strain)


class Choices:
    """The choices of one growth, in the order of their price."""

    def __init__(  # noqa: PLR0913, PLR0917  what choices depend on
        self,
        search: Search,
        loose: LooseEnds,
        maker: Maker,
        conjunction: Conjunction,
        service: str | None,
        reach: Reach,
    ) -> None:
        self._search = search
        self._graph = search.graph
        self._loose = loose
        self._maker = maker
        self._service = service
        self._reach = reach
        self._comparisons = tuple(test for test in conjunction.tests if isinstance(test, Same))

    def connected(self, draft: Draft, end: OpenEnd) -> list[Choice]:
        """Components that a fitting connection leads to, those that lack least first."""
        found = []
        for edge in self._edges(draft, end.known, forward=end.forward):
            component = edge.target if end.forward else edge.source
            if not end.link.arrow.admits(edge.style, edge.action) or not self._may_be(draft, end.role, component):
                continue
            lacking, unsuited = unmet_by(self._graph, component, end.role), unmet_on(self._graph, edge, end.link.where)
            if lacking is not None and unsuited is not None:
                found.append(Choice(component, edge, (*lacking, *unsuited), 2 * _states(unsuited)))
        found.sort(key=lambda choice: choice.weight)
        return found

    def waiting(self, draft: Draft, end: OpenEnd) -> Iterator[Choice]:
        """Loose ends to connect, and at a price what has other business, where the known end has none yet."""
        if not self._reach.joins and end.known.id not in draft.new:
            return
        loose = self._loose.fitting(end.role, self._service, forward=end.forward and not end.fetches)
        if Style.ERROR in end.link.arrow.styles:
            loose = [one for one in loose if self._may_keep_failures(one, end.role)]
        for component in dict.fromkeys((*loose, *few(self._busy(end)))):
            if not self._may_be(draft, end.role, component):
                continue
            lacking = unmet_by(self._graph, component, end.role)
            edge = self._edge(end.link, *end.ends(component))
            if lacking is not None and edge is not None:
                missing = (*lacking, missing_connection(edge, end.link, draft.new))
                if component not in self._loose and self._is_fed(end):
                    continue
                if edge.action == "authorize" and self._loose.has_business(component):
                    continue
                intrudes = _intrudes(edge, draft)
                if intrudes and not self._reach.anywhere:
                    continue
                odd = intrudes or _is_exposed(edge) or _hurries(edge) or 2 * _fronts(edge)
                strain = self._strain(component, loose) + 2 * odd
                yield Choice(component, edge, missing, strain, component not in loose)

    def _may_keep_failures(self, component: Component, role: Role) -> bool:
        """Whether a loose end may be meant as a dead-letter queue: one that has a dead-letter queue itself has work."""
        works = any(edge.style is Style.ERROR for edge in self._graph.outgoing(component))
        return component in self._loose and component.type in (role.typical or role.types) and not works

    def _strain(self, component: Component, loose: Sequence[Component]) -> int:
        return 0 if component in self._loose else 1 if component in loose else 2

    def _busy(self, end: OpenEnd) -> Iterator[Component]:
        wants = self._loose.idle if end.forward else self._loose.unreached
        members = self._graph.architecture.by_service.get(self._service, ())
        if Style.ERROR in end.link.arrow.styles:
            return
        everyone = self._reach.anywhere or end.known in wants
        for component in members if everyone else self._reach.subjects:
            failures = any(edge.style is Style.ERROR for edge in self._graph.incoming(component))
            if component.type in end.role.types and not failures:
                yield component

    def _edge(self, link: Step | Path, source: Component, target: Component) -> Connection | None:
        """A made-up connection, if one can be made that the link accepts."""
        edge = self._maker.edge(link, source, target)
        return edge if is_plausible(edge) and unmet_on(self._graph, edge, link.where) == () else None

    def made(self, draft: Draft, end: OpenEnd, beside: Component | None = None) -> tuple[Draft, Choice] | None:
        """Something new, by default in the anchor's service, and the draft in which it is made; None if in vain."""
        if self._is_fed(end):
            return None
        component = self._maker.component(draft, end.role, beside)
        edge = self._edge(end.link, *end.ends(component))
        if edge is None or unmet_by(self._graph, component, end.role) != ():
            return None
        made = self.new(draft, component, end.role)
        return made, Choice(component, edge, (missing_connection(edge, end.link, made.new),))

    def _is_fed(self, end: OpenEnd) -> bool:
        """Whether what a link leads to has a source already, and is started by one: another would be one too many."""
        known = end.known
        if end.forward or self._reach.anywhere or Style.ERROR in end.link.arrow.styles:
            return False
        return self._loose.is_started(known)

    def new(self, draft: Draft, component: Component, role: Role) -> Draft:
        """The draft with a component made up for a role."""
        change = AddComponent(component.id, component.type, component.service, component.properties)
        return draft.make(component, Missing(with_article(role.title), (change,), 1, of_role(role), component.id))

    def split(self, draft: Draft, edge: Connection, component: Component, into: Step | Path, out: Step | Path) -> Draft:
        """The draft with a new component put into the middle of a connection: one change."""
        first, second = self._maker.edge(into, edge.source, component), self._maker.edge(out, component, edge.target)
        cut = RemoveConnection(edge.source.id, edge.target.id, edge.style, edge.action)
        changes = (cut, addition(first), addition(second))
        missing = Missing("", changes, 0, of_link(into) + of_link(out))
        return draft.add(missing).put(first).put(second).cut(edge)

    def between(self, draft: Draft, link: Step | Path, source: Component, target: Component) -> Choice | None:
        """The connection between two components that are both bound, or the lack of it; None if there can be none."""
        best: Choice | None = None
        for edge in self._edges(draft, source, forward=True):
            if edge.target is target and link.arrow.admits(edge.style, edge.action):
                lacking = unmet_on(self._graph, edge, link.where)
                if lacking is not None and (best is None or len(lacking) < len(best.lacking)):
                    best = Choice(target, edge, lacking, 2 * _states(lacking))
        if best is not None:
            return best
        made = self._edge(link, source, target)
        return None if made is None else Choice(target, made, (missing_connection(made, link, draft.new),))

    def _edges(self, draft: Draft, component: Component, *, forward: bool) -> Iterator[Connection]:
        edges = self._graph.outgoing(component) if forward else self._graph.incoming(component)
        return draft.lies_at(edges, component, forward=forward)

    def _may_be(self, draft: Draft, role: Role, component: Component) -> bool:
        """Whether a role may be bound to a component: by its type, being free, and by comparison with what is bound."""
        if component.type not in role.types or draft.taken(component):
            return False
        bound = {**draft.roles, role.name: component}
        return all(
            compare(self._graph, Same(test.property, (role.name, name), test.differ), bound) is not False
            for test in self._comparisons
            if role.name in test.roles
            for name in test.roles
            if name != role.name and isinstance(bound.get(name), Component)
        )


def _states(lacking: Sequence[Missing]) -> bool:
    """Whether something would have to be said that only its owner knows."""
    return any(isinstance(change, SetProperty) and change.name in STATED for one in lacking for change in one.changes)


def _intrudes(edge: Connection, draft: Draft) -> bool:
    """Whether a connection would call what another service keeps to itself."""
    source, target = edge.source.service, edge.target
    if edge.action not in _CALLS or source is None or target.service in {None, source} or target.id in draft.new:
        return False
    return target.properties.get("interface") is not True


def _is_exposed(edge: Connection) -> bool:
    """Whether a client without AWS's SDK would reach something without an API in front."""
    known = vocabulary()
    front = known.members("api") | known.members("edge") | known.members("external_system")
    client = edge.source.type in known.members("actor") and edge.source.properties.get("sdk") is not True
    return client and edge.style is not Style.ERROR and edge.target.type not in front


def _hurries(edge: Connection) -> bool:
    """Whether somebody would wait for a function that is made for being invoked more than once."""
    called = edge.style is Style.SYNC and edge.action != "orchestrate"
    return called and edge.target.properties.get("idempotent") is True


def _fronts(edge: Connection) -> bool:
    """Whether an API would be put in front of a function that its owner offers to other services directly."""
    return edge.source.type in vocabulary().members("api") and edge.target.properties.get("interface") is True
