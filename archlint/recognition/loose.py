"""Loose ends: what nothing leads to although something should, and what leads nowhere although it should.

They are what a part that is missing leaves behind: a worker without a queue, a queue without a worker, a store nobody
uses. A near match that ties them in is worth more than one that does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice

from archlint.facts import Graph
from archlint.model import AddConnection, Change, Component, Style
from archlint.model.tuples import NamedTuple
from archlint.pattern.terms import Role
from archlint.vocabulary import vocabulary

WIDEST = 24
"""How many components are tried for one step: an architecture of ordinary shape offers one or two."""

_CLEAR = 6
"""How many loose ends of a type a service may have, and all others in sum: of more, nobody can know which is meant."""

_FETCHED = frozenset({"read", "read_write"})
"""What takes from a queue or stream without a mapping, and the only use of a cache."""

_MANAGED_ELSEWHERE = ("external", "entry", "shared")
"""Flags that say that others use the component."""

_Place = tuple[frozenset[str], frozenset[str], str | None, bool]
"""What asks for loose ends: a role's types and its typical ones, a service, and the way."""


class LooseEnds:
    """The loose ends of a graph: nothing leads to what is ``unreached``, and what is ``idle`` leads nowhere."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._carriers = _members("queue", "topic", "bus", "stream", "firehose")
        self._workers = _members("function", "container", "workflow")
        self._caches = _members("cache")
        self._kept = _members("store") | self._caches
        self._outside = _members("external_system")
        self._apis = _members("api")
        self._sources = _members("actor", "event_source", "edge")
        self._fitting: dict[_Place, list[Component]] = {}
        self._owned: dict[_Place, list[Component]] = {}

    @cached_property
    def unreached(self) -> frozenset[Component]:
        """What should be used, started or filled, and is not."""
        components = self._graph.architecture.components
        return frozenset(one for one in components if self._is_unreached(one, self._use(one)))

    @cached_property
    def idle(self) -> frozenset[Component]:
        """What should lead on, and does not."""
        components = self._graph.architecture.components
        return frozenset(one for one in components if self._is_idle(one, self._use(one)))

    @cached_property
    def evident(self) -> tuple[Component, ...]:
        """What cannot be meant as it is, in file order: a function that runs and calls nobody may well be."""
        return tuple(one for one in self._graph.architecture.components if self._is_evident(one, self._use(one)))

    def __contains__(self, component: Component) -> bool:
        return component in self._evident

    def is_started(self, component: Component) -> bool:
        """Whether a worker or a queue has something that starts or fills it, itself left out."""
        if component.properties.get("entry") is True:
            return True
        return component.type in self._workers | self._carriers and any(
            edge.style is not Style.ERROR and edge.action not in {"observe", *_FETCHED} and edge.source is not component
            for edge in self._graph.incoming(component)
        )

    def has_business(self, component: Component) -> bool:
        """Whether a worker is started by something or hands something on, which no authorizer does."""
        handed_on = any(
            edge.style is not Style.ERROR and edge.action not in {"observe", *_FETCHED}
            for edge in self._graph.outgoing(component)
        )
        return handed_on or self.is_started(component)

    @cached_property
    def empty(self) -> tuple[str, ...]:
        """The services that hold nothing."""
        architecture = self._graph.architecture
        return tuple(name for name in architecture.services if not architecture.by_service.get(name))

    @cached_property
    def _by_place(self) -> Mapping[bool, Mapping[tuple[str, str | None], list[Component]]]:
        """The loose ends of each type in each service, in file order."""
        found: dict[bool, dict[tuple[str, str | None], list[Component]]] = {True: {}, False: {}}
        for component in self._graph.architecture.components:
            for forward, ends in ((True, self.unreached), (False, self.idle)):
                if component in ends:
                    found[forward].setdefault((component.type, component.service), []).append(component)
        return found

    @cached_property
    def _by_type(self) -> Mapping[bool, Mapping[str, list[Component]]]:
        found: dict[bool, dict[str, list[Component]]] = {True: {}, False: {}}
        for forward, places in self._by_place.items():
            for (type_, _), components in places.items():
                found[forward].setdefault(type_, []).extend(components)
        return found

    def fitting(self, role: Role, service: str | None, *, forward: bool) -> list[Component]:
        """Those for a role that a connection would lead to (``forward``) or start from, where they are few.

        Those of the service come first, then those outside every service, then those of other services; in each, the
        types that the role names first.
        """
        key = (role.types, role.typical, service, forward)
        if key not in self._fitting:
            own = self._own(role, service, forward=forward)
            if service is not None:
                own = own + self._own(role, None, forward=forward)
            self._fitting[key] = own + self._foreign(role, service, forward=forward)
        return self._fitting[key]

    def _own(self, role: Role, service: str | None, *, forward: bool) -> list[Component]:
        """Those of one service, or of none, of every type of which there are not too many to know which is meant."""
        key = (role.types, role.typical, service, forward)
        if key not in self._owned:
            kinds = (self._by_place[forward].get((type_, service), []) for type_ in role.types)
            self._owned[key] = self._in_order(role, [one for kind in kinds if len(kind) <= _CLEAR for one in kind])
        return self._owned[key]

    def _foreign(self, role: Role, service: str | None, *, forward: bool) -> list[Component]:
        """Those of other services; none if they are too many to know which is meant."""
        types, places = self._by_type[forward], self._by_place[forward]
        count = sum(len(types.get(type_, ())) for type_ in role.types)
        for place in {service, None}:
            count -= sum(len(places.get((type_, place), ())) for type_ in role.types)
        if not 0 < count <= _CLEAR:
            return []
        found = [one for type_ in role.types for one in types.get(type_, ()) if one.service not in {service, None}]
        return self._in_order(role, found)

    def _in_order(self, role: Role, found: list[Component]) -> list[Component]:
        order = self._graph.architecture.order
        return sorted(found, key=lambda one: (one.type not in role.typical, order[one]))

    def tied_by(self, changes: Iterable[Change]) -> tuple[Component, ...]:
        """The evident loose ends that are none any more once the changes are made."""
        by_id = self._graph.architecture.by_id
        added = [change for change in changes if isinstance(change, AddConnection)]
        touched = dict.fromkeys(id_ for change in added for id_ in (change.source, change.target))
        ends = [by_id[id_] for id_ in touched if id_ in by_id and by_id[id_] in self._evident]
        return tuple(one for one in ends if not self._would_be_evident(one, _Use.of(one.id, added)))

    @cached_property
    def _evident(self) -> frozenset[Component]:
        return frozenset(self.evident)

    def used_by(self, changes: Iterable[Change]) -> tuple[Component, ...]:
        """Workers that call nobody, which the changes let call somebody."""
        by_id = self._graph.architecture.by_id
        sources = (by_id.get(change.source) for change in changes if isinstance(change, AddConnection))
        return tuple(dict.fromkeys(one for one in sources if one in self.idle and one.type in self._workers))

    def _would_be_evident(self, component: Component, added: _Use) -> bool:
        use = _Use(*(before or after for before, after in zip(self._use(component), added, strict=True)))
        return self._is_evident(component, use)

    def _is_evident(self, component: Component, use: _Use) -> bool:
        return self._is_evidently_unreached(component, use) or self._is_evidently_idle(component, use)

    def _use(self, component: Component) -> _Use:
        into, onward = self._graph.incoming(component), self._graph.outgoing(component)
        uses = [edge for edge in into if edge.action in _FETCHED or component.type not in self._caches]
        return _Use(
            any(edge.action != "observe" for edge in uses),
            any(edge.style is Style.ERROR for edge in into),
            any(edge.action in _FETCHED for edge in into),
            any(edge.style is not Style.ERROR for edge in onward),
        )

    def _is_unreached(self, component: Component, use: _Use) -> bool:
        properties = component.properties
        if use.reached or any(properties.get(flag) is True for flag in _MANAGED_ELSEWHERE):
            return False
        if component.type in self._outside and use.leads_on:
            return False  # it calls us
        return component.type in self._carriers | self._workers | self._kept | self._outside

    def _is_evidently_unreached(self, component: Component, use: _Use) -> bool:
        """A store that is the source of something may well be filled from outside."""
        return self._is_unreached(component, use) and not (component.type in self._kept and use.leads_on)

    def _is_idle(self, component: Component, use: _Use) -> bool:
        return (component.type in self._workers and not use.leads_on) or self._is_evidently_idle(component, use)

    def _is_evidently_idle(self, component: Component, use: _Use) -> bool:
        if use.leads_on:
            return False
        if component.type in self._carriers:
            return not (use.keeps_failures or use.fetched_from)
        if component.type in self._sources:
            return not use.reached
        return component.type in self._apis


class _Use(NamedTuple):
    """What a component's connections do: something leads to it, failures do, something fetches from it, it leads on."""

    reached: bool
    keeps_failures: bool
    fetched_from: bool
    leads_on: bool

    @staticmethod
    def of(id_: str, added: Iterable[AddConnection]) -> _Use:
        """The use that added connections make of a component."""
        into = [change for change in added if change.target == id_]
        return _Use(
            bool(into),
            any(change.style is Style.ERROR for change in into),
            any(change.action in _FETCHED for change in into),
            any(change.source == id_ and change.style is not Style.ERROR for change in added),
        )


def _members(*groups: str) -> frozenset[str]:
    known = vocabulary()
    return frozenset().union(*(known.members(group) for group in groups))


def few(components: Iterable[Component]) -> Iterator[Component]:
    """As many as are tried for one step."""
    return islice(components, WIDEST)
