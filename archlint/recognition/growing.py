"""Growing a match from its anchor: every way to bind the next role, at a price."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from archlint.model import AddComponent, Change, Component, Connection, SetProperty, Style, Value
from archlint.pattern.conditions import satisfying
from archlint.pattern.terms import Path, Role, Same, Step, When
from archlint.recognition.drafts import Draft, is_required, one_of
from archlint.recognition.making import made_action, made_name, made_type
from archlint.recognition.missing import (
    Missing,
    addition,
    missing_connection,
    set_on_connection,
    unmet_by,
    unmet_on,
    with_article,
)
from archlint.search import Search, Solution
from archlint.search.comparing import compare
from archlint.search.conjunctions import Conjunction
from archlint.vocabulary import vocabulary

_WIDEST = 24
"""Real candidates that are tried for one step: an architecture of ordinary shape has one or two."""


class Growth:
    """The cheapest way to complete one conjunction at an anchor, within a limit."""

    def __init__(
        self, search: Search, conjunction: Conjunction, anchor_role: str, anchor: Component, limit: int
    ) -> None:
        self._search = search
        self._conjunction = conjunction
        self._roles = conjunction.roles
        self._anchor = anchor
        self._anchor_role = anchor_role
        self._limit = limit
        self._best: Draft | None = None

    def best(self) -> Draft | None:
        """The cheapest completion; None if there is none within the limit."""
        role = self._roles[self._anchor_role]
        if self._anchor.type not in role.types:
            return None
        lacking = unmet_by(self._search.graph, self._anchor, role)
        if lacking is None:
            return None
        draft = Draft({role.name: self._anchor}).add(*lacking)
        links = list(self._conjunction.links)
        required = [link for link in links if is_required(link, self._roles)]
        self._grow(draft, required)
        return self._best

    def _grow(self, draft: Draft, links: list[Step | Path]) -> None:
        if draft.weight > self._limit:
            return
        if not links:
            self._finish(draft)
            return
        link = next((one for one in links if self._touches(draft, one)), links[0])
        rest = [one for one in links if one is not link]
        for following in self._ways(draft, link):
            self._grow(following, rest)

    def _touches(self, draft: Draft, link: Step | Path) -> bool:
        return link.source in draft.roles or link.target in draft.roles

    def _ways(self, draft: Draft, link: Step | Path) -> Iterator[Draft]:
        source, target = draft.roles.get(link.source), draft.roles.get(link.target)
        if source is not None and target is not None:
            yield self._between(draft, link, one_of(source), one_of(target))
            return
        known, name, forward = (source, link.target, True) if source is not None else (target, link.source, False)
        if known is None:
            return
        role = self._roles[name]
        if role.plural:
            yield from self._several(draft, link, one_of(known), role, forward=forward)
            return
        yield from self._existing(draft, link, one_of(known), role, forward=forward)
        yield from self._unconnected(draft, link, one_of(known), role, forward=forward)
        yield self._made(draft, link, one_of(known), role, forward=forward)

    def _between(self, draft: Draft, link: Step | Path, source: Component, target: Component) -> Draft:
        cheapest: tuple[Connection, tuple[Missing, ...]] | None = None
        for edge in self._search.graph.outgoing(source):
            if edge.target is not target or not link.arrow.admits(edge.style, edge.action):
                continue
            lacking = unmet_on(self._search.graph, edge, link.where)
            if lacking is not None and (cheapest is None or len(lacking) < len(cheapest[1])):
                cheapest = edge, lacking
        if cheapest is not None:
            return draft.add(*cheapest[1]).link(link, cheapest[0])
        edge = self._new_edge(link, source, target)
        return draft.add(missing_connection(edge, link)).link(link, edge)

    def _existing(
        self, draft: Draft, link: Step | Path, known: Component, role: Role, *, forward: bool
    ) -> Iterator[Draft]:
        found = []
        graph = self._search.graph
        for edge in graph.outgoing(known) if forward else graph.incoming(known):
            component = edge.target if forward else edge.source
            if not link.arrow.admits(edge.style, edge.action) or component.type not in role.types:
                continue
            lacking = unmet_by(self._search.graph, component, role)
            unsuited = unmet_on(self._search.graph, edge, link.where)
            if draft.taken(component) or lacking is None or unsuited is None:
                continue
            found.append((len(lacking) + len(unsuited), edge, component, (*lacking, *unsuited)))
        found.sort(key=lambda one: one[0])
        for _, edge, component, lacking in found[:_WIDEST]:
            yield draft.bind(role.name, component).add(*lacking).link(link, edge)

    def _unconnected(
        self, draft: Draft, link: Step | Path, known: Component, role: Role, *, forward: bool
    ) -> Iterator[Draft]:
        """Components of the anchor's service that could be connected: idle ones, or at a price those that are not."""
        for component, lacking in self._loose(draft, role):
            edge = self._new_edge(link, known, component) if forward else self._new_edge(link, component, known)
            bound = draft.bind(role.name, component).add(*lacking, missing_connection(edge, link)).link(link, edge)
            yield replace(bound, adopted=bound.adopted + (not self._is_loose(component, link, forward=forward)))

    def _is_loose(self, component: Component, link: Step | Path, *, forward: bool) -> bool:
        """Whether nothing leads to a component (or, backwards, nothing leads on from it): it waits to be connected."""
        graph = self._search.graph
        failures = Style.ERROR in link.arrow.styles
        edges = graph.incoming(component) if forward else graph.outgoing(component)
        return all((edge.style is Style.ERROR and not failures) or edge.action == "observe" for edge in edges)

    def _loose(self, draft: Draft, role: Role) -> list[tuple[Component, tuple[Missing, ...]]]:
        """The first few components of the anchor's service that a role could be bound to, with what they lack."""
        members = self._search.graph.architecture.by_service.get(self._anchor.service, ())
        found = [
            (component, lacking)
            for component in members
            if component.type in role.types
            and not draft.taken(component)
            and (lacking := unmet_by(self._search.graph, component, role)) is not None
        ]
        return found[:_WIDEST]

    def _made(self, draft: Draft, link: Step | Path, known: Component, role: Role, *, forward: bool) -> Draft:
        component = self._new_component(draft, role)
        edge = self._new_edge(link, known, component) if forward else self._new_edge(link, component, known)
        place = "for" if forward else "in front of"
        missing = Missing(
            f"{with_article(role.title)} {place} {known.id}",
            (AddComponent(component.id, component.type, component.service, component.properties), addition(edge)),
            1 + len(link.where) + len(role.where),
        )
        made = draft.bind(role.name, component).add(missing).link(link, edge)
        return replace(made, new=(*made.new, component.id))

    def _several(
        self, draft: Draft, link: Step | Path, known: Component, role: Role, *, forward: bool
    ) -> Iterator[Draft]:
        """All members that fit; if they are too few, those that nearly do, and new ones."""
        others = [
            other
            for other in self._conjunction.links
            if other is not link and role.name in (other.source, other.target) and self._touches(draft, other)
        ]
        members: dict[Component, tuple[Connection, tuple[Missing, ...]]] = {}
        for one in self._existing(draft, link, known, role, forward=forward):
            component = one_of(one.roles[role.name])
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
            new.append(one_of(following.roles[role.name]))
            made = self._linked_too(following, others, new[-1], role)
            made.roles.pop(role.name, None)
        made = replace(made, roles={**made.roles, role.name: (*chosen, *new)})
        for member in (*chosen, *new):
            made = self._each(made, role, member)
        yield made

    def _adopt(  # noqa: PLR0913, PLR0917  what a missing member has to be tied to
        self,
        draft: Draft,
        link: Step | Path,
        known: Component,
        role: Role,
        others: list[Step | Path],
        chosen: list[Component],
        *,
        forward: bool,
    ) -> tuple[Draft, list[Component]]:
        """Members that lack the connection but have more of the rest than something new would have."""
        required = [other for other in others if is_required(other, self._roles)]
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
            draft = draft.add(*lacking, missing_connection(edge, link)).link(link, edge)
            draft = replace(draft, adopted=draft.adopted + (not self._is_loose(component, link, forward=forward)))
            adopted.append(component)
        return draft, adopted

    def _sieved(
        self, draft: Draft, component: Component, others: list[Step | Path], role: Role
    ) -> tuple[Missing, ...] | None:
        """What a member lacks of the further links that tie its role to what is bound; None if it is no member."""
        lacking: tuple[Missing, ...] = ()
        for link in others:
            if not is_required(link, self._roles):
                continue
            forward = link.target == role.name
            bound = draft.roles[link.source if forward else link.target]
            source, target = (one_of(bound), component) if forward else (component, one_of(bound))
            lacking += self._between(Draft({}), link, source, target).missing
        return lacking

    def _linked_too(self, draft: Draft, others: list[Step | Path], component: Component, role: Role) -> Draft:
        for link in others:
            forward = link.target == role.name
            bound = one_of(draft.roles[link.source if forward else link.target])
            draft = self._between(draft, link, *((bound, component) if forward else (component, bound)))
        return draft

    def _comparable(self, draft: Draft, role: Role, component: Component) -> bool:
        bound = {**draft.roles, role.name: component}
        tests = [test for test in self._conjunction.tests if isinstance(test, Same) and role.name in test.roles]
        singles = {name for name, value in bound.items() if isinstance(value, Component)}
        return all(
            compare(self._search.graph, Same(test.property, (role.name, name), test.differ), bound) is not False
            for test in tests
            for name in test.roles
            if name in singles and name != role.name
        )

    def _each(self, draft: Draft, role: Role, member: Component) -> Draft:
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
                extra = one_of(made.roles[clause.target])
                roles = {**draft.roles, clause.target: (*(kept if isinstance(kept, tuple) else ()), extra)}
                draft = replace(made, roles=roles)
            else:
                draft = draft.add(Missing(f"what every {role.title} needs, at {member.id}", ()))
        return draft

    def _finish(self, draft: Draft) -> None:
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

    def _untrue(self, draft: Draft, test: When) -> tuple[Missing, ...] | None:
        """What an expression lacks: nothing if it is true, None if it is false and nothing is said about that."""
        solution = draft.solution()
        if test.expression.truth(self._search.scope(solution)) is True:
            return ()
        if test.fix is None:
            return None
        changes = tuple(self._settings(draft, test))
        words = test.missing.fill(self._search.scope(solution), _show) if test.missing else test.expression.text
        return (Missing(words, changes),)

    def _settings(self, draft: Draft, test: When) -> Iterator[Change]:
        assert test.fix is not None
        for planned in test.fix.sets:
            value = planned.value if isinstance(planned.value, bool | int | float | str) else None
            bound = draft.edges.get(planned.name) or draft.roles.get(planned.name)
            for element in bound if isinstance(bound, tuple) else (bound,):
                if isinstance(element, Connection):
                    known = vocabulary().connection_properties[planned.property].read(value)
                    yield set_on_connection(element, planned.property, known)
                elif isinstance(element, Component):
                    known = vocabulary().types[element.type].properties[planned.property].read(value)
                    yield SetProperty(planned.property, known, component=element.id)

    def _new_component(self, draft: Draft, role: Role) -> Component:
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


def _show(expression: object, value: Value) -> str:
    del expression
    return ", ".join(str(item) for item in value) if isinstance(value, tuple) else str(value)
