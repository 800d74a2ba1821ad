"""The patterns that an architecture nearly has, best first.

Asked for one pattern, the answer is how far each anchor is from it, at any distance. Unasked, a pattern is worth a word
if most of it is there already, if what is missing gives loose ends a purpose, or if it would solve a finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archlint.model import AddComponent, Architecture, Component, Finding, Severity, Style
from archlint.recognition import Recognition
from archlint.recognition.choices import Reach
from archlint.recognition.loose import LooseEnds
from archlint.recognition.near import ANYWHERE, ENOUGH, Near, Nearness, nearness
from archlint.rulebook import Entry, Rulebook
from archlint.search import Search
from archlint.vocabulary import vocabulary

_TIED = 1 / 3
"""The share of a pattern that must be there if the rest would give a loose end its purpose."""

_MARKED = 0.3
"""The same where a property, written on purpose, speaks for the pattern as well."""

_WAYS = 3
"""How many ways to complete a pattern at an anchor are tried."""

_TOLERANCE = 1e-9


def nearby(
    search: Search,
    rulebook: Rulebook,
    recognition: Recognition,
    findings: Sequence[Finding],
    pattern: str | None = None,
) -> list[list[Near]]:
    """The near matches that are worth a try: for each entry and anchor a few ways to complete it, the best first."""
    found = list(_Nearby(search, recognition, findings, pattern).find(rulebook))
    return found if pattern is not None else _unmistakable(found)


class _Nearby:
    def __init__(
        self, search: Search, recognition: Recognition, findings: Sequence[Finding], pattern: str | None
    ) -> None:
        whole = recognition.whole
        self._search = search
        self._architecture = search.graph.architecture
        self._whole = whole
        self._pattern = pattern
        self._loose = LooseEnds(search.graph)
        self._unasked = Nearness(search, self._loose, Reach())
        self._asked = Nearness(search, self._loose, ANYWHERE, least=0)
        there = (*whole, *recognition.undecided)  # for all that is known
        self._taken = {(matched.entry.id, matched.anchor) for matched in there}
        self._taken |= {
            (hidden, component)
            for matched in whole
            for hidden in matched.entry.hides
            for component in matched.components
        }
        self._kept = {(matched.entry.id, matched.anchor.service) for matched in there}
        self._open = {
            (id_, component)
            for one in recognition.possible
            for id_ in one.patterns
            for components in one.roles.values()
            for component in components
        }
        self._used = {component for matched in whole for component in matched.components}
        self._hurt: dict[tuple[str, str | None], dict[Component, None]] = {}
        for finding in findings if pattern is None else ():
            for solution in finding.patterns if finding.severity is not Severity.INFO else ():
                for component in finding.components:
                    self._hurt.setdefault((solution, component.service), {})[component] = None

    def find(self, rulebook: Rulebook) -> Iterator[list[Near]]:
        """Every near match worth a word, with the ways to complete it."""
        for entry in rulebook.catalog.values():
            if self._pattern in {None, entry.id}:
                yield from self._at_anchors(entry)
                yield from self._without_anchors(entry)

    def _at_anchors(self, entry: Entry) -> Iterator[list[Near]]:
        forms = [form for form in entry.forms if form.suggested]
        for anchor in self._anchors(entry):
            if (entry.id, anchor) in self._taken:
                continue
            wanted = self._asked_for(entry, anchor.service)
            asking = self._asked if wanted else self._unasked
            found = [near for form in forms for near in asking.nearest(entry, form, anchor)]
            if not wanted and (solving := self._solving(entry, anchor.service)) is not None:
                found += [near for form in forms for near in solving.nearest(entry, form, anchor)]
            yield from self._worthwhile([near for near in found if near.missing], wanted=wanted)

    def _without_anchors(self, entry: Entry) -> Iterator[list[Near]]:
        forms = [form for form in entry.forms if form.suggested]
        wanted = self._pattern is not None
        asking = self._asked if wanted else self._unasked
        for service in self._architecture.services:
            if (entry.id, service) in self._kept:
                continue
            found: list[Near] = []
            if wanted or self._lacks_something(service):
                found += [near for form in forms for near in asking.without_anchor(entry, form, service)]
            if not wanted and (solving := self._solving(entry, service)) is not None:
                found += [near for form in forms for near in solving.without_anchor(entry, form, service)]
            yield from self._worthwhile(found, wanted=wanted)

    def _solving(self, entry: Entry, service: str | None) -> Nearness | None:
        """A search that may change what findings of a service are about to which the pattern is the answer."""
        subjects = self._hurt.get((entry.id, service))
        if subjects is None:
            return None
        return Nearness(self._search, self._loose, Reach(subjects=tuple(subjects)), least=_TIED)

    def _worthwhile(self, found: Sequence[Near], *, wanted: bool) -> Iterator[list[Near]]:
        """The best few ways, each once."""
        if not wanted and any(self._is_open(near) for near in found):
            return
        ways = {str(near.changes): near for near in reversed(found) if wanted or self._worth_a_word(near)}
        if ways:
            yield sorted(ways.values(), key=nearness, reverse=True)[:_WAYS]

    def _lacks_something(self, service: str) -> bool:
        """Whether a service holds nothing although there are loose ends, or something that leads nowhere."""
        loose = self._loose
        members = self._architecture.by_service.get(service, ())
        if not members:
            return bool(loose.evident)
        return any(one in loose.unreached or one in loose.idle for one in members)

    def _worth_a_word(self, near: Near) -> bool:
        tied = [one for one in near.loose if one not in self._used]
        share = near.share + _TOLERANCE
        if tied and share >= (_MARKED if near.marks else _TIED):
            return True
        if near.adds_a_purpose(self._search.graph):
            return False
        hurt = self._hurt.get((near.entry.id, near.anchor.service), {}).keys()
        if share >= _TIED and not hurt.isdisjoint(near.solution.components) and _only_adds_means(near):
            return True
        hinted = near.marks or not near.entry.hinted
        return share >= ENOUGH and bool(hinted) and not self._is_a_sibling(near.entry, near.anchor)

    def _is_open(self, near: Near) -> bool:
        """Whether the answer says already that only a word of the owner's is missing."""
        return near.only_states and (near.entry.id, near.anchor.id) in self._open

    def _is_a_sibling(self, entry: Entry, anchor: Component) -> bool:
        """Whether a specific pattern is whole at the anchor from which the entry has to be told apart."""
        return any(
            matched.anchor is anchor
            and not matched.entry.generic
            and matched.entry.id not in entry.hides
            and (entry.id in matched.entry.siblings or matched.entry.id in entry.siblings)
            for matched in self._whole
        )

    def _anchors(self, entry: Entry) -> list[Component]:
        found: list[Component] = []
        for form in entry.forms:
            found += self._search.candidates.components(form.roles[entry.anchor])
        return [one for one in self._search.candidates.in_order(found) if not self._keeps_failures(one)]

    def _keeps_failures(self, component: Component) -> bool:
        """Whether a component is a dead-letter queue, which is the beginning of nothing."""
        return any(edge.style is Style.ERROR for edge in self._search.graph.incoming(component))

    def _asked_for(self, entry: Entry, service: str | None) -> bool:
        """Whether a service is to have a pattern that it has nowhere yet: by the command, or by its own claim."""
        if (entry.id, service) in self._kept:
            return False
        known = self._architecture.services.get(service or "")
        return self._pattern is not None or (known is not None and entry.id in known.patterns)


def _unmistakable(found: Sequence[list[Near]]) -> list[list[Near]]:
    """Without what several services could do with the loose ends of another: nobody can know which is meant."""
    takers: dict[tuple[str, frozenset[Component]], set[str | None]] = {}
    for ways in found:
        takers.setdefault(_taken_from_others(ways[0]), set()).add(ways[0].anchor.service)
    return [ways for ways in found if not (key := _taken_from_others(ways[0]))[1] or len(takers[key]) == 1]


def _taken_from_others(near: Near) -> tuple[str, frozenset[Component]]:
    own = {near.anchor.service, None}
    foreign = frozenset(near.loose) if all(one.service not in own for one in near.loose) else frozenset()
    return near.entry.id, foreign


def _only_adds_means(near: Near) -> bool:
    """Whether nothing is added that has a purpose of its own: nobody gets a database or a client to mend a finding."""
    known = vocabulary()
    ends = known.members("connection_limited") | known.members("actor") | known.members("external_system")
    return not any(isinstance(change, AddComponent) and change.type in ends for change in near.changes)


def is_claimed(near: Near, architecture: Architecture) -> bool:
    """Whether the service of a near match says that it follows the pattern."""
    service = architecture.services.get(near.anchor.service or "")
    return service is not None and near.entry.id in service.patterns


def is_near(near: Near, architecture: Architecture) -> bool:
    """Whether a near match is worth a word for itself, and not only because it solves a finding."""
    return is_claimed(near, architecture) or is_likely(near)


def is_likely(near: Near) -> bool:
    """Whether so much of a pattern is there, or it makes so much sense of loose ends, that nobody has to ask for it."""
    return near.share + _TOLERANCE >= ENOUGH or (bool(near.loose) and near.share + _TOLERANCE >= _MARKED)


def rank(near: Near, architecture: Architecture, *, solves: bool, likeness: float) -> tuple[object, ...]:
    """What comes first: what a service claims, specific patterns, the likeliest, the plainest.

    ``solves`` says that an error goes away.
    """
    order = architecture.order.get(near.anchor, len(architecture.components))
    return (
        not is_claimed(near, architecture),
        near.share + _TOLERANCE < ENOUGH and not near.loose and not solves,
        -round(likeness, 6),
        near.rarity,
        near.weight,
        near.entry.overlay,
        near.entry.id,
        order,
    )
