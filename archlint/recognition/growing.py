"""Growing a match from its anchor: every way to bind the next role, at a price."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archlint.model import Change, Component, Connection, SetProperty, Style, Value
from archlint.pattern.terms import Clause, Path, Same, Step, When
from archlint.recognition.bounds import Bounds
from archlint.recognition.choices import Choices, OpenEnd, Reach
from archlint.recognition.drafts import Draft, Limit, one_of
from archlint.recognition.goal import Goal
from archlint.recognition.loose import LooseEnds
from archlint.recognition.making import Maker
from archlint.recognition.members import Members
from archlint.recognition.missing import Missing, addition, adds_to, set_on_connection, unmet_by
from archlint.search import Search
from archlint.search.comparing import compare
from archlint.search.elements import of_link
from archlint.vocabulary import vocabulary

Link = Step | Path

_KEPT = 3
"""How many drafts are kept."""

_MOST_STEPS = 4_000
"""How many drafts one growth looks at. Ordinary ones look at a few dozen; the best so far is kept when it is over."""


class Growth:
    """The cheapest ways to complete one conjunction at an anchor, within a limit and as far as a search reaches."""

    def __init__(  # noqa: PLR0913, PLR0917  what a growth starts from
        self,
        search: Search,
        loose: LooseEnds,
        goal: Goal,
        anchor: Component,
        limit: Limit,
        reach: Reach,
    ) -> None:
        conjunction = goal.conjunction
        self._search = search
        self._loose = loose
        self._goal = goal
        self._conjunction = conjunction
        self._roles = conjunction.roles
        self._anchor = anchor
        self._role = conjunction.roles[goal.anchor]
        self._limit = limit
        self._reach = reach
        self._maker = Maker(search.graph.architecture, loose, conjunction, anchor)
        self._choices = Choices(search, loose, self._maker, conjunction, anchor.service, reach)
        self._members = Members(search, loose, conjunction, self._choices)
        self._found: list[Draft] = []
        self._steps = 0

    def drafts(self) -> list[Draft]:
        """The cheapest completions within the limit, the best first: a few, as what comes next may be worth more."""
        if self._is_out_of_reach():
            return []
        required = list(self._goal.required)
        for draft in self._seeds(required):
            self._grow(draft, required)
        return self._found

    def _is_out_of_reach(self) -> bool:
        """Whether the anchor by itself already shows that too much is missing, or that nothing can be completed."""
        graph = self._search.graph
        if self._anchor.id not in graph.architecture.by_id:
            return False
        if not (self._reach.anywhere or self._reach.subjects):
            bounds = Bounds(graph, self._loose, self._roles)
            if not self._limit.allows(*bounds.shortfall(self._goal.required, self._anchor, self._role.name)):
                return True
        return self._goal.excludes(self._search, self._anchor)

    def _seeds(self, links: list[Link]) -> Iterator[Draft]:
        """The anchor bound; one that is made up may also be put into the middle of a connection."""
        if self._anchor.type not in self._role.types:
            return
        lacking = unmet_by(self._search.graph, self._anchor, self._role)
        if lacking is None:
            return
        draft = Draft({self._role.name: self._anchor}).add(*lacking)
        if self._anchor.id in self._search.graph.architecture.by_id:
            yield draft
            return
        draft = self._choices.new(draft, self._anchor, self._role)
        yield draft
        if self._reach.anywhere or self._reach.subjects:
            yield from self._splits(draft, links)

    def _splits(self, draft: Draft, links: list[Link]) -> Iterator[Draft]:
        """The anchor in the middle of each connection of its service that goes where the pattern wants to go."""
        ways = [
            (into, out)
            for into in links
            if into.target == self._role.name
            for out in links
            if out.source == self._role.name and Style.ERROR not in (*into.arrow.styles, *out.arrow.styles)
        ]
        members = self._search.graph.architecture.by_service.get(self._anchor.service, ())
        near = members if self._reach.anywhere else self._reach.subjects
        edges = {edge: None for one in near for edge in self._search.graph.incoming(one)}
        for into, out in ways:
            for edge in edges:
                source_fits = edge.source.type in self._roles[into.source].types
                if source_fits and edge.target.type in self._roles[out.target].types and edge.style is not Style.ERROR:
                    yield self._choices.split(draft, edge, self._anchor, into, out)

    def _grow(self, draft: Draft, links: list[Link]) -> None:
        self._steps += 1
        if not self._limit.admits(draft) or self._steps > _MOST_STEPS:
            return
        if not links:
            self._finish(draft)
            return
        link = next((one for one in links if one.source in draft.roles or one.target in draft.roles), None)
        if link is None:
            return
        rest = [one for one in links if one is not link]
        for following in self._ways(draft, link):
            self._grow(following, rest)

    def _ways(self, draft: Draft, link: Link) -> Iterator[Draft]:
        source, target = draft.roles.get(link.source), draft.roles.get(link.target)
        if source is not None and target is not None:
            tie = self._choices.between(draft, link, one_of(source), one_of(target))
            if tie is not None:
                yield tie.linked(draft, link)
            return
        forward = source is not None
        known = source if source is not None else target
        assert known is not None
        known = one_of(known)
        end = OpenEnd(link, known, self._roles[link.target if forward else link.source], forward)
        if end.role.plural:
            yield from self._members.ways(draft, end, self._limit)
            return
        for choice in self._choices.connected(draft, end):
            yield choice.linked(draft, link).bind(end.role.name, choice.component)
        if known.id in draft.new or self._limit.affords(draft, 1, of_link(link)):
            for choice in self._choices.waiting(draft, end):
                yield choice.linked(draft, link).bind(end.role.name, choice.component)
        if self._limit.affords(draft, 1, end.elements) and (made := self._choices.made(draft, end)) is not None:
            yield made[1].linked(made[0], link).bind(end.role.name, made[1].component)

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
        if not self._limit.admits(draft) or any(not missing.changes for missing in draft.missing):
            return
        if len(self._found) == _KEPT and draft.rank >= self._found[-1].rank:
            return
        if any(self._holds(nested.clauses, draft) is not nested.wanted for nested in self._conjunction.nested):
            return
        if any(self._holds(exemption.clauses, draft) for exemption in self._goal.exemptions):
            return
        self._found = sorted([*self._found, self._tied_in(draft)], key=lambda one: one.rank)[:_KEPT]
        self._limit = self._limit.at_most(self._found[0].weight)

    def _holds(self, clauses: Sequence[Clause], draft: Draft) -> bool:
        """Whether clauses hold in the graph as it is: what is made up does not change that, as it is not theirs."""
        return self._search.truth(self._roles, clauses, draft.solution()) is True

    def _tied_in(self, draft: Draft) -> Draft:
        """With loose ends connected to what is made, where the pattern has a place for just one of them."""
        for link in self._conjunction.links:
            for made, free, forward in ((link.source, link.target, True), (link.target, link.source, False)):
                bound = draft.roles.get(made)
                if bound is None or free in draft.roles or one_of(bound).id not in draft.new:
                    continue
                end = OpenEnd(link, one_of(bound), self._roles[free], forward)
                fitting = [
                    one
                    for one in self._loose.fitting(end.role, end.known.service, forward=forward)
                    if one in self._loose
                    and one.service in {end.known.service, None}
                    and not draft.taken(one)
                    and unmet_by(self._search.graph, one, end.role) == ()
                ]
                if len(fitting) == 1:
                    edge = self._maker.edge(link, *end.ends(fitting[0]))
                    draft = draft.add(Missing("", (addition(edge),), 0, 0)).link(link, edge)
                    draft = draft.bind(free, (fitting[0],) if end.role.plural else fitting[0])
        return draft

    def _untrue(self, draft: Draft, test: When) -> tuple[Missing, ...] | None:
        """What an expression lacks: nothing if it is true, None if it is false and nothing is said about that."""
        scope = self._search.scope(draft.solution())
        if test.expression.truth(scope) is True:
            return ()
        if test.fix is None:
            return None
        changes = tuple(self._settings(draft, test))
        words = test.missing.fill(scope, _show) if test.missing else test.expression.text
        free = all(adds_to(draft.changes, change) for change in changes)
        return (Missing("" if free else words, changes, 0 if free else 1),)

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


def _show(expression: object, value: Value) -> str:
    del expression
    return ", ".join(str(item) for item in value) if isinstance(value, tuple) else str(value)
