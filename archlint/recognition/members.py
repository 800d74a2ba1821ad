"""What a plural role collects: all that fit, and as many more as the pattern needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from archlint.model import Component
from archlint.model.tuples import NamedTuple
from archlint.pattern.terms import Path, Role, Step
from archlint.recognition.choices import Choice, Choices, OpenEnd
from archlint.recognition.drafts import Draft, Limit, one_of
from archlint.recognition.loose import LooseEnds
from archlint.recognition.missing import Missing
from archlint.search import Search, Solution
from archlint.search.conjunctions import Conjunction
from archlint.search.elements import is_required, of_link

Link = Step | Path


class Member(NamedTuple):
    """A component with its connection to the known end, and those to what else is bound."""

    choice: Choice
    further: tuple[tuple[Link, Choice], ...]

    @property
    def weight(self) -> int:
        """What it lacks."""
        return self.choice.weight + self.debt

    @property
    def debt(self) -> int:
        """What it lacks besides the connection to the known end."""
        return sum(choice.weight for _, choice in self.further)

    def joined(self, draft: Draft, link: Link) -> Draft:
        """The draft with all of its connections."""
        draft = self.choice.linked(draft, link)
        for other, choice in self.further:
            draft = choice.linked(draft, other)
        return draft


class Members:
    """Fills the plural roles of one conjunction."""

    def __init__(self, search: Search, loose: LooseEnds, conjunction: Conjunction, choices: Choices) -> None:
        self._search = search
        self._loose = loose
        self._conjunction = conjunction
        self._roles: Mapping[str, Role] = conjunction.roles
        self._choices = choices

    def ways(self, draft: Draft, end: OpenEnd, limit: Limit) -> Iterator[Draft]:
        """With what is connected; if that is too little, with what waits to be, and with something new."""
        role = end.role
        found: dict[Component, Member] = {}
        for choice in self._choices.connected(draft, end):
            if choice.component not in found and (member := self._member(draft, choice, end)) is not None:
                found[choice.component] = member
        whole = [member for member in found.values() if not member.weight]
        partial = sorted((member for member in found.values() if member.weight), key=lambda member: member.weight)
        chosen = [*whole, *partial[: max(role.least - len(whole), 0)]]
        if len(chosen) > role.most:
            return
        short = role.least - len(chosen)
        if short <= 0:
            yield from self._filled(draft, end, chosen)
            return
        waiting: list[Member] = []
        if end.known.id in draft.new or limit.affords(draft, short, short * of_link(end.link)):
            waiting = self._waiting(draft, end, {member.choice.component for member in chosen})[:short]
        if waiting:
            yield from self._filled(draft, end, [*chosen, *waiting], short - len(waiting))
        if limit.affords(draft, short, short * end.elements):
            yield from self._filled(draft, end, chosen, short)

    def _waiting(self, draft: Draft, end: OpenEnd, chosen: Iterable[Component]) -> list[Member]:
        """What lacks only the connection, or at least has more of the rest than something new would have."""
        ties = len(self._ties(draft, end))
        found = [
            member
            for choice in self._choices.waiting(draft, end)
            if choice.component not in chosen
            for member in (self._member(draft, choice, end),)
            if member is not None and (member.debt < ties or not choice.busy)
        ]
        return sorted(found, key=lambda member: (member.weight, member.choice.strain))

    def _member(self, draft: Draft, choice: Choice, end: OpenEnd) -> Member | None:
        """A component with all that ties it to what is bound; None if it cannot be tied."""
        further = []
        for link in self._ties(draft, end):
            tie = self._tie(draft, link, end.role, choice.component)
            if tie is None:
                return None
            further.append((link, tie))
        return Member(choice, tuple(further))

    def _ties(self, draft: Draft, end: OpenEnd) -> list[Link]:
        """The other links that a member has to have to what is bound."""
        name = end.role.name
        return [
            link
            for link in self._conjunction.links
            if link is not end.link
            and is_required(link, self._roles)
            and (
                (link.source == name and link.target in draft.roles)
                or (link.target == name and link.source in draft.roles)
            )
        ]

    def _tie(self, draft: Draft, link: Link, role: Role, component: Component) -> Choice | None:
        forward = link.target == role.name
        bound = one_of(draft.roles[link.source if forward else link.target])
        return self._choices.between(draft, link, *((bound, component) if forward else (component, bound)))

    def _filled(self, draft: Draft, end: OpenEnd, members: list[Member], short: int = 0) -> Iterator[Draft]:
        """The role bound to the members and to so many new ones; nothing if they cannot be made."""
        for member in members:
            draft = member.joined(draft, end.link)
        bound = [member.choice.component for member in members]
        for _ in range(short):
            made = self._choices.made(draft, end)
            new = None if made is None else self._member(made[0], made[1], end)
            if made is None or new is None:
                return
            draft = new.joined(made[0], end.link)
            bound.append(new.choice.component)
        draft = draft.bind(end.role.name, tuple(bound))
        for component in bound:
            draft = self._each(draft, end.role, component)
        yield draft

    def _each(self, draft: Draft, role: Role, member: Component) -> Draft:
        """What one member lacks of the clauses that each has to satisfy; their roles collect over all members."""
        for clause in role.each:
            gathered = {clause.source, clause.target} - {role.name} if isinstance(clause, Step) else set()
            bound = {name: value for name, value in draft.roles.items() if name not in gathered}
            outer = Solution({**bound, role.name: member}, draft.edges)
            found = next(self._search.solutions(self._roles, (clause,), outer, strict=True), None)
            if found is not None:
                for name in sorted(found.roles.keys() - outer.roles.keys()):
                    draft = draft.collect(name, found.members(name))
            elif isinstance(clause, Step) and clause.source == role.name:
                draft = self._each_connected(draft, clause, role, member)
            else:
                draft = draft.add(_nothing(role, member))
        return draft

    def _each_connected(self, draft: Draft, step: Step, role: Role, member: Component) -> Draft:
        """A loose end, or else something new, at the end of a step that each member needs."""
        end = OpenEnd(step, member, self._roles[step.target], forward=True)
        alone = draft.bind(role.name, member)
        loose = self._loose.fitting(end.role, member.service, forward=True)
        waiting = [
            choice
            for choice in self._choices.waiting(alone, end)
            if choice.component in loose and choice.component.service == member.service
        ]
        made = (draft, waiting[0]) if waiting else self._choices.made(draft, end, beside=member)
        if made is None:
            return draft.add(_nothing(role, member))
        draft, choice = made
        return choice.linked(draft, step).collect(step.target, (choice.component,))


def _nothing(role: Role, member: Component) -> Missing:
    """What no change brings about."""
    return Missing(f"what every {role.title} needs, at {member.id}", ())
