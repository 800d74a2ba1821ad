"""How near an anchor is to a form of a pattern: the cheapest way to bind what is there and make up the rest.

The search grows from the anchor along its own connections. Each clause that does not hold costs one: a connection
that is missing (with the component at its end, if that is missing too), a condition on a property, an expression that
says how it can be fixed. What is made up is a virtual component or connection, so that every later clause can be asked
of it as of a real one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from archlint.model import AddComponent, AddConnection, Change, Component, Connection, SetProperty, Style, Value
from archlint.pattern.conditions import satisfying
from archlint.pattern.terms import Path, Role, Same, Step, When, Where
from archlint.recognition.making import made_action, made_name, made_type
from archlint.recognition.matching import Matched
from archlint.rulebook import Entry, Form
from archlint.search import Search, Solution
from archlint.search.comparing import compare
from archlint.search.conjunctions import Conjunction
from archlint.vocabulary import vocabulary

_WIDEST = 24
"""Real candidates that are tried for one step: an architecture of ordinary shape has one or two."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What does not hold: what is missing in words, and the changes that would make it hold.

    ``weight`` is how many clauses that are: a new connection with two conditions is three.
    """

    words: str
    changes: tuple[Change, ...]
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Near:
    """A form nearly matched at an anchor. ``clauses`` is how many the form has in all."""

    entry: Entry
    form: Form
    anchor: Component
    solution: Solution
    missing: tuple[Missing, ...]
    clauses: int

    @property
    def share(self) -> float:
        """The part of the clauses that hold."""
        return 1 - self.weight / self.clauses

    @property
    def weight(self) -> int:
        """How many clauses do not hold."""
        return sum(missing.weight for missing in self.missing)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change, settings of what is added merged into its addition."""
        return _merged([change for missing in self.missing for change in missing.changes])

    def completed(self) -> Matched:
        """The match as it will be."""
        return Matched(self.entry, self.form, self.anchor, self.solution)


@dataclass(slots=True)
class _Draft:
    roles: dict[str, Component | tuple[Component, ...]]
    edges: dict[str, Connection | tuple[Connection, ...]] = field(default_factory=dict)
    used: tuple[Connection, ...] = ()
    missing: tuple[Missing, ...] = ()
    new: tuple[str, ...] = ()
    adopted: int = 0
    """How many components are tied in that have other business already."""

    @property
    def weight(self) -> int:
        return sum(missing.weight for missing in self.missing)

    @property
    def rank(self) -> tuple[int, int, int]:
        return self.weight, self.adopted, len(self.new)

    def solution(self) -> Solution:
        return Solution(dict(self.roles), dict(self.edges), {}, self.used)

    def bind(self, role: str, component: Component) -> _Draft:
        return replace(self, roles={**self.roles, role: component})

    def add(self, *missing: Missing) -> _Draft:
        return replace(self, missing=(*self.missing, *missing))

    def link(self, step: Step | Path, edge: Connection) -> _Draft:
        edges = self.edges if step.name is None else {**self.edges, step.name: edge}
        return replace(self, edges=edges, used=(*self.used, edge))

    def taken(self, component: Component) -> bool:
        return any(
            bound is component or (isinstance(bound, tuple) and component in bound) for bound in self.roles.values()
        )


def nearest(entry: Entry, form: Form, anchor: Component, search: Search, budget: int | None) -> Near | None:
    """The nearest way to complete the form at the anchor; None beyond the budget of missing clauses."""
    best: Near | None = None
    for conjunction in search.expand(form.roles, form.clauses):
        clauses = count_clauses(conjunction, entry.anchor)
        limit = budget if budget is not None else clauses
        if best is not None:
            limit = min(limit, best.weight - 1)
        draft = _Nearness(search, conjunction, entry, anchor, limit).best()
        if draft is not None:
            best = Near(entry, form, anchor, draft.solution(), draft.missing, clauses)
    return best


def count_clauses(conjunction: Conjunction, anchor: str) -> int:
    """How many clauses there are to hold: the anchor, required connections, conditions and expressions."""
    roles = conjunction.roles
    required = [link for link in conjunction.links if _is_required(link, roles)]
    used = {anchor, *(end for link in required for end in (link.source, link.target))}
    conditions = sum(len(roles[name].where) for name in used) + sum(len(link.where) for link in required)
    more = sum(max(roles[name].least - 1, 0) for name in used if roles[name].plural)
    each = sum(len(roles[name].each) for name in used)
    whens = sum(isinstance(test, When) for test in conjunction.tests)
    return 1 + len(required) + conditions + more + each + whens


def _is_required(link: Step | Path, roles: Mapping[str, Role]) -> bool:
    return roles[link.source].required and roles[link.target].required


class _Nearness:
    def __init__(self, search: Search, conjunction: Conjunction, entry: Entry, anchor: Component, limit: int) -> None:
        self._search = search
        self._conjunction = conjunction
        self._roles = conjunction.roles
        self._anchor = anchor
        self._anchor_role = entry.anchor
        self._limit = limit
        self._best: _Draft | None = None

    def best(self) -> _Draft | None:
        role = self._roles[self._anchor_role]
        if self._anchor.type not in role.types:
            return None
        lacking = self._lacking(self._anchor, role)
        if lacking is None:
            return None
        draft = _Draft({role.name: self._anchor}).add(*lacking)
        links = list(self._conjunction.links)
        required = [link for link in links if _is_required(link, self._roles)]
        self._grow(draft, required)
        return self._best

    def _grow(self, draft: _Draft, links: list[Step | Path]) -> None:
        if draft.weight > self._limit:
            return
        if not links:
            self._finish(draft)
            return
        link = next((one for one in links if self._touches(draft, one)), links[0])
        rest = [one for one in links if one is not link]
        for following in self._ways(draft, link):
            self._grow(following, rest)

    def _touches(self, draft: _Draft, link: Step | Path) -> bool:
        return link.source in draft.roles or link.target in draft.roles

    def _ways(self, draft: _Draft, link: Step | Path) -> Iterator[_Draft]:
        source, target = draft.roles.get(link.source), draft.roles.get(link.target)
        if source is not None and target is not None:
            yield self._between(draft, link, _one(source), _one(target))
            return
        known, name, forward = (source, link.target, True) if source is not None else (target, link.source, False)
        if known is None:
            return
        role = self._roles[name]
        if role.plural:
            yield from self._several(draft, link, _one(known), role, forward=forward)
            return
        yield from self._existing(draft, link, _one(known), role, forward=forward)
        yield from self._unconnected(draft, link, _one(known), role, forward=forward)
        yield self._made(draft, link, _one(known), role, forward=forward)

    def _between(self, draft: _Draft, link: Step | Path, source: Component, target: Component) -> _Draft:
        cheapest: tuple[Connection, tuple[Missing, ...]] | None = None
        for edge in self._search.graph.outgoing(source):
            if edge.target is not target or not link.arrow.admits(edge.style, edge.action):
                continue
            lacking = self._unsuited(edge, link.where)
            if lacking is not None and (cheapest is None or len(lacking) < len(cheapest[1])):
                cheapest = edge, lacking
        if cheapest is not None:
            return draft.add(*cheapest[1]).link(link, cheapest[0])
        edge = self._new_edge(link, source, target)
        return draft.add(_missing_connection(edge, link)).link(link, edge)

    def _existing(
        self, draft: _Draft, link: Step | Path, known: Component, role: Role, *, forward: bool
    ) -> Iterator[_Draft]:
        found = []
        graph = self._search.graph
        for edge in graph.outgoing(known) if forward else graph.incoming(known):
            component = edge.target if forward else edge.source
            if not link.arrow.admits(edge.style, edge.action) or component.type not in role.types:
                continue
            lacking = self._lacking(component, role)
            unsuited = self._unsuited(edge, link.where)
            if draft.taken(component) or lacking is None or unsuited is None:
                continue
            found.append((len(lacking) + len(unsuited), edge, component, (*lacking, *unsuited)))
        found.sort(key=lambda one: one[0])
        for _, edge, component, lacking in found[:_WIDEST]:
            yield draft.bind(role.name, component).add(*lacking).link(link, edge)

    def _unconnected(
        self, draft: _Draft, link: Step | Path, known: Component, role: Role, *, forward: bool
    ) -> Iterator[_Draft]:
        """Components of the anchor's service that could be connected: idle ones, or at a price those that are not."""
        for component, lacking in self._loose(draft, role):
            edge = self._new_edge(link, known, component) if forward else self._new_edge(link, component, known)
            bound = draft.bind(role.name, component).add(*lacking, _missing_connection(edge, link)).link(link, edge)
            yield replace(bound, adopted=bound.adopted + (not self._is_loose(component, link, forward=forward)))

    def _is_loose(self, component: Component, link: Step | Path, *, forward: bool) -> bool:
        """Whether nothing leads to a component (or, backwards, nothing leads on from it): it waits to be connected."""
        graph = self._search.graph
        failures = Style.ERROR in link.arrow.styles
        edges = graph.incoming(component) if forward else graph.outgoing(component)
        return all((edge.style is Style.ERROR and not failures) or edge.action == "observe" for edge in edges)

    def _loose(self, draft: _Draft, role: Role) -> list[tuple[Component, tuple[Missing, ...]]]:
        """The first few components of the anchor's service that a role could be bound to, with what they lack."""
        members = self._search.graph.architecture.by_service.get(self._anchor.service, ())
        found = [
            (component, lacking)
            for component in members
            if component.type in role.types
            and not draft.taken(component)
            and (lacking := self._lacking(component, role)) is not None
        ]
        return found[:_WIDEST]

    def _made(self, draft: _Draft, link: Step | Path, known: Component, role: Role, *, forward: bool) -> _Draft:
        component = self._new_component(draft, role)
        edge = self._new_edge(link, known, component) if forward else self._new_edge(link, component, known)
        place = "for" if forward else "in front of"
        missing = Missing(
            f"{_article(role.title)} {place} {known.id}",
            (AddComponent(component.id, component.type, component.service, component.properties), _addition(edge)),
            1 + len(link.where) + len(role.where),
        )
        made = draft.bind(role.name, component).add(missing).link(link, edge)
        return replace(made, new=(*made.new, component.id))

    def _several(
        self, draft: _Draft, link: Step | Path, known: Component, role: Role, *, forward: bool
    ) -> Iterator[_Draft]:
        """All members that fit; if they are too few, those that nearly do, and new ones."""
        others = [
            other
            for other in self._conjunction.links
            if other is not link and role.name in (other.source, other.target) and self._touches(draft, other)
        ]
        members: dict[Component, tuple[Connection, tuple[Missing, ...]]] = {}
        for one in self._existing(draft, link, known, role, forward=forward):
            component = _one(one.roles[role.name])
            extra = one.missing[len(draft.missing) :]
            sieved = self._sieved(draft, component, others, role)
            if component not in members and sieved is not None and self._comparable(draft, role, component):
                members[component] = (one.used[-1], (*extra, *sieved))
        whole = [component for component, (_, missing) in members.items() if not missing]
        partly = sorted((c for c in members if members[c][1]), key=lambda component: len(members[component][1]))
        chosen = whole if len(whole) >= role.least else [*whole, *partly[: role.least - len(whole)]]
        if len(chosen) > role.most:
            return
        made = draft
        for component in chosen:
            made = made.add(*members[component][1]).link(link, members[component][0])
        if len(chosen) < role.least:
            made, adopted = self._adopt(made, link, known, role, others, chosen, forward=forward)
            chosen = [*chosen, *adopted]
        new: list[Component] = []
        while len(chosen) + len(new) < role.least:
            following = self._made(made, link, known, role, forward=forward)
            new.append(_one(following.roles[role.name]))
            made = self._linked_too(following, others, new[-1], role)
            made.roles.pop(role.name, None)
        made = replace(made, roles={**made.roles, role.name: (*chosen, *new)})
        for member in (*chosen, *new):
            made = self._each(made, role, member)
        yield made

    def _adopt(  # noqa: PLR0913, PLR0917  what a missing member has to be tied to
        self,
        draft: _Draft,
        link: Step | Path,
        known: Component,
        role: Role,
        others: list[Step | Path],
        chosen: list[Component],
        *,
        forward: bool,
    ) -> tuple[_Draft, list[Component]]:
        """Members that lack the connection but have more of the rest than something new would have."""
        required = [other for other in others if _is_required(other, self._roles)]
        found = []
        for component, lacking in self._loose(draft, role):
            sieved = self._sieved(draft, component, others, role)
            if component in chosen or sieved is None or not self._comparable(draft, role, component):
                continue
            weight = sum(missing.weight for missing in (*lacking, *sieved))
            if weight < sum(1 + len(other.where) for other in required) or self._is_loose(
                component, link, forward=forward
            ):
                found.append((weight, component, (*lacking, *sieved)))
        found.sort(key=lambda one: one[0])
        adopted = []
        for _, component, lacking in found[: role.least - len(chosen)]:
            edge = self._new_edge(link, known, component) if forward else self._new_edge(link, component, known)
            draft = draft.add(*lacking, _missing_connection(edge, link)).link(link, edge)
            draft = replace(draft, adopted=draft.adopted + (not self._is_loose(component, link, forward=forward)))
            adopted.append(component)
        return draft, adopted

    def _sieved(
        self, draft: _Draft, component: Component, others: list[Step | Path], role: Role
    ) -> tuple[Missing, ...] | None:
        """What a member lacks of the further links that tie its role to what is bound; None if it is no member."""
        lacking: tuple[Missing, ...] = ()
        for link in others:
            if not _is_required(link, self._roles):
                continue
            forward = link.target == role.name
            bound = draft.roles[link.source if forward else link.target]
            source, target = (_one(bound), component) if forward else (component, _one(bound))
            lacking += self._between(_Draft({}), link, source, target).missing
        return lacking

    def _linked_too(self, draft: _Draft, others: list[Step | Path], component: Component, role: Role) -> _Draft:
        for link in others:
            forward = link.target == role.name
            bound = _one(draft.roles[link.source if forward else link.target])
            draft = self._between(draft, link, *((bound, component) if forward else (component, bound)))
        return draft

    def _comparable(self, draft: _Draft, role: Role, component: Component) -> bool:
        bound = {**draft.roles, role.name: component}
        tests = [test for test in self._conjunction.tests if isinstance(test, Same) and role.name in test.roles]
        singles = {name for name, value in bound.items() if isinstance(value, Component)}
        return all(
            compare(self._search.graph, Same(test.property, (role.name, name), test.differ), bound) is not False
            for test in tests
            for name in test.roles
            if name in singles and name != role.name
        )

    def _each(self, draft: _Draft, role: Role, member: Component) -> _Draft:
        """What one member of a plural role lacks of the clauses that each member has to satisfy."""
        outer = Solution({**draft.roles, role.name: member}, draft.edges)
        for clause in role.each:
            found = next(self._search.solutions(self._roles, (clause,), outer, strict=True), None)
            if found is not None:
                for name in found.roles.keys() - outer.roles.keys():
                    collected = draft.roles.get(name, ())
                    draft.roles[name] = (*(collected if isinstance(collected, tuple) else ()), *found.members(name))
                continue
            if isinstance(clause, Step) and clause.source == role.name and clause.target in self._roles:
                alone = replace(draft, roles={**draft.roles, role.name: member})
                alone.roles.pop(clause.target, None)
                made = self._made(alone, clause, member, self._roles[clause.target], forward=True)
                kept = draft.roles.get(clause.target, ())
                extra = _one(made.roles[clause.target])
                roles = {**draft.roles, clause.target: (*(kept if isinstance(kept, tuple) else ()), extra)}
                draft = replace(made, roles=roles)
            else:
                draft = draft.add(Missing(f"what every {role.title} needs, at {member.id}", ()))
        return draft

    def _finish(self, draft: _Draft) -> None:
        for test in self._conjunction.tests:
            if isinstance(test, Same):
                if compare(self._search.graph, test, draft.roles) is False:
                    return
                continue
            lacking = self._untrue(draft, test)
            if lacking is None:
                return
            draft = draft.add(*lacking)
        if draft.weight > self._limit or any(not missing.changes for missing in draft.missing):
            return
        if self._best is None or draft.rank < self._best.rank:
            self._best = draft
            self._limit = draft.weight

    def _untrue(self, draft: _Draft, test: When) -> tuple[Missing, ...] | None:
        """What an expression lacks: nothing if it is true, None if it is false and nothing is said about that."""
        solution = draft.solution()
        if test.expression.truth(self._search.scope(solution)) is True:
            return ()
        if test.fix is None:
            return None
        changes = tuple(self._settings(draft, test))
        words = test.missing.fill(self._search.scope(solution), _show) if test.missing else test.expression.text
        return (Missing(words, changes),)

    def _settings(self, draft: _Draft, test: When) -> Iterator[Change]:
        assert test.fix is not None
        for planned in test.fix.sets:
            value = planned.value if isinstance(planned.value, bool | int | float | str) else None
            bound = draft.edges.get(planned.name) or draft.roles.get(planned.name)
            for element in bound if isinstance(bound, tuple) else (bound,):
                if isinstance(element, Connection):
                    known = vocabulary().connection_properties[planned.property].read(value)
                    yield _set_connection(element, planned.property, known)
                elif isinstance(element, Component):
                    known = vocabulary().types[element.type].properties[planned.property].read(value)
                    yield SetProperty(planned.property, known, component=element.id)

    def _lacking(self, component: Component, role: Role) -> tuple[Missing, ...] | None:
        """The conditions of a role that a component does not meet; None if one cannot be met by setting a property."""
        lacking = []
        known = vocabulary().types[component.type].properties
        graph = self._search.graph
        for name, condition in role.where:
            written = graph.written_value(component, name)
            if condition.holds(graph.component_value(component, name), written) is True:
                continue
            value = satisfying(condition)
            if value is None or name not in known:
                return None
            words = f"{name.replace('_', ' ')} {known[name].show(value)} on {component.id}"
            lacking.append(Missing(words, (SetProperty(name, value, component=component.id),)))
        return tuple(lacking)

    def _unsuited(self, edge: Connection, where: Where) -> tuple[Missing, ...] | None:
        lacking = []
        known = vocabulary().connection_properties
        graph = self._search.graph
        for name, condition in where:
            if condition.holds(graph.connection_value(edge, name), graph.written_value(edge, name)) is True:
                continue
            value = satisfying(condition)
            if value is None or name not in known:
                return None
            words = f"{name.replace('_', ' ')} {known[name].show(value)} on {_connection(edge)}"
            lacking.append(Missing(words, (_set_connection(edge, name, value),)))
        return tuple(lacking)

    def _new_component(self, draft: _Draft, role: Role) -> Component:
        type_ = made_type(role.typical or role.types)
        known = vocabulary().types[type_].properties
        properties: dict[str, Value] = {}
        for name, condition in role.where:
            value = satisfying(condition)
            if value is not None and name in known:
                properties[name] = value
        service = None if self._is_outside(role, type_) else self._anchor.service
        id_ = made_name(self._search.graph.architecture, role.name, service, self._anchor, draft.new)
        return Component(id_, type_, service, properties, self._anchor.site, id_)

    def _is_outside(self, role: Role, type_: str) -> bool:
        """Whether a new component belongs to another service than the anchor's, or to none."""
        if type_ in vocabulary().members("actor") | vocabulary().members("external_system"):
            return True
        return any(
            isinstance(test, Same) and test.differ and test.property == "service" and role.name in test.roles
            for test in self._conjunction.tests
        )

    def _new_edge(self, link: Step | Path, source: Component, target: Component) -> Connection:
        style = link.arrow.styles[0]
        properties: dict[str, Value] = {}
        for name, condition in link.where:
            value = satisfying(condition)
            if value is not None and name in vocabulary().connection_properties:
                properties[name] = value
        action = made_action(link.arrow, source.type, target.type, style)
        return Connection(source, target, style, action, properties, self._anchor.site)


def _one(bound: Component | tuple[Component, ...]) -> Component:
    return bound if isinstance(bound, Component) else bound[0]


def _connection(edge: Connection) -> str:
    return f"{edge.source.id} {edge.style.arrow} {edge.target.id}"


def _missing_connection(edge: Connection, link: Step | Path) -> Missing:
    return Missing(_connection_words(edge), (_addition(edge),), 1 + len(link.where))


def _connection_words(edge: Connection) -> str:
    return f"a connection {_connection(edge)}"


def _article(title: str) -> str:
    return f"an {title}" if title[:1].lower() in "aeiou" else f"a {title}"


def _addition(edge: Connection) -> AddConnection:
    assumed = vocabulary().assumed_action(edge.source.type, edge.target.type, edge.style)
    action = "" if edge.action == assumed else edge.action
    return AddConnection(edge.source.id, edge.target.id, edge.style, action, edge.properties)


def _set_connection(edge: Connection, name: str, value: Value) -> SetProperty:
    return SetProperty(name, value, connection=(edge.source.id, edge.target.id, edge.style, edge.action))


def _show(expression: object, value: Value) -> str:
    del expression
    return ", ".join(str(item) for item in value) if isinstance(value, tuple) else str(value)


def _merged(changes: list[Change]) -> tuple[Change, ...]:
    """Settings of what is added become part of the addition; doubled changes are left out."""
    merged: list[Change] = []
    for change in changes:
        if isinstance(change, SetProperty):
            place = next((index for index, other in enumerate(merged) if _adds(other, change)), None)
            if place is not None:
                other = merged[place]
                assert isinstance(other, AddComponent | AddConnection)
                merged[place] = other._replace(properties={**other.properties, change.name: change.value})
                continue
        if change not in merged:
            merged.append(change)
    return tuple(merged)


def _adds(other: Change, change: SetProperty) -> bool:
    if isinstance(other, AddComponent):
        return other.id == change.component
    if isinstance(other, AddConnection) and change.connection is not None:
        source, target, style, _ = change.connection
        return (other.source, other.target, other.style) == (source, target, style)
    return False
