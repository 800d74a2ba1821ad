"""Whether an architecture may have a pattern whole or nearly whole, told from types and kinds of connections alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from archlint.model import Architecture, Component, Connection
from archlint.model.tuples import NamedTuple
from archlint.pattern.terms import SPOKEN_FOR
from archlint.rulebook.entry import Entry
from archlint.rulebook.index import Options, options_of
from archlint.search.conjunctions import Conjunction, conjunctions
from archlint.search.elements import is_required, of_link, of_pattern, of_role

Kinds: TypeAlias = frozenset[tuple[tuple[str, str, str, str], int]]
"""Style, action, source type and target type of connections, and how many there are."""

_TOLERANCE = 1e-9


class Surroundings(NamedTuple):
    """A component as far as a sketch goes: its type, and the kinds of the connections from it and to it."""

    type: str
    leaving: Kinds
    arriving: Kinds


class Sketch(NamedTuple):
    """One alternative of a form of a pattern: its required roles, each with its types and least count, and its steps.

    ``form`` is the form's place in the entry. A step is the styles and actions it may have, its source's role, its
    target's, and how many of the pattern's ``elements`` it is; ``costs`` says how many are missing with a role: the
    component and what connects it.
    """

    form: int
    anchor: str
    elements: int
    costs: Mapping[str, int]
    roles: Mapping[str, tuple[Options, int]]
    steps: Sequence[tuple[Sequence[str], Options, str, str, int]]

    def likeness(self, at: Surroundings, types: frozenset[str], kinds: Kinds) -> float:
        """The share of the pattern that may be there at an anchor; 0 if it is certain that two things are missing.

        ``types`` and ``kinds`` are those of the whole architecture.
        """
        anchors, _ = self.roles[self.anchor]
        if anchors is not None and at.type not in anchors:
            return 0
        absent = [
            name for name, (options, _) in self.roles.items() if options is not None and types.isdisjoint(options)
        ]
        if len(absent) > 1:
            return 0
        vacant = [(step, missing) for step in self.steps if (missing := self._vacant(step, at, kinds)) > 0]
        if any(missing > 1 for _, missing in vacant):
            return 0
        broken = [step for step, _ in vacant]
        lacking = [self.costs[name] for name in absent or self.costs if all(name in step[2:4] for step in broken)]
        if not absent and len(broken) < 2:
            lacking.append(broken[0][4] if broken else 0)
        return 1 - min(lacking) / self.elements if lacking else 0

    def _vacant(self, step: tuple[Sequence[str], Options, str, str, int], at: Surroundings, kinds: Kinds) -> int:
        """How many connections are missing for a step, those from or to the anchor counted at the anchor."""
        styles, actions, source, target, _ = step
        (sources, outward), (targets, inward) = self.roles[source], self.roles[target]
        needed = 1
        if source == self.anchor:
            kinds, needed = at.leaving, inward
        elif target == self.anchor:
            kinds, needed = at.arriving, outward
        return needed - sum(
            count
            for (style, action, one, other), count in kinds
            if style in styles
            and (action not in SPOKEN_FOR if actions is None else action in actions)
            and (sources is None or one in sources)
            and (targets is None or other in targets)
        )


def nearby(
    architecture: Architecture, sketches: Mapping[str, Sequence[Sketch]], least: float
) -> Iterator[tuple[str, Mapping[Component, Mapping[int, float]]]]:
    """The ids of patterns of which such a share may be there, each with the anchors in file order.

    Beside an anchor stand the places of the forms of which so much may be there, each with the greatest share.
    """
    types, kinds = frozenset(architecture.by_type), _kinds(architecture.connections)
    places: dict[Surroundings, list[Component]] = {}
    for one in architecture.components:
        at = Surroundings(one.type, _kinds(architecture.outgoing(one)), _kinds(architecture.incoming(one)))
        places.setdefault(at, []).append(one)
    for id_, alternatives in sketches.items():
        anchors: dict[Component, Mapping[int, float]] = {}
        for at, found in places.items():
            shares: dict[int, float] = {}
            for sketch in alternatives:
                share = sketch.likeness(at, types, kinds) + _TOLERANCE
                if share >= least:
                    shares[sketch.form] = max(share, shares.get(sketch.form, 0))
            if shares:
                anchors |= dict.fromkeys(found, shares)
        if anchors:
            yield id_, {anchor: anchors[anchor] for anchor in sorted(anchors, key=architecture.order.__getitem__)}


def _kinds(edges: Iterable[Connection]) -> Kinds:
    return frozenset(
        Counter((edge.style.value, edge.action, edge.source.type, edge.target.type) for edge in edges).items()
    )


def sketches_of(entry: Entry) -> list[Sketch]:
    """What each alternative of each form asks for."""
    return [
        _sketch(place, entry.anchor, alternative)
        for place, form in enumerate(entry.forms)
        for alternative in conjunctions(form.clauses, form.roles)
    ]


def _sketch(form: int, anchor: str, alternative: Conjunction) -> Sketch:
    links = [link for link in alternative.links if is_required(link, alternative.roles)]
    roles = {name: alternative.roles[name] for name in sorted({*alternative.ends, anchor})}
    return Sketch(
        form,
        anchor,
        of_pattern(alternative, anchor),
        {
            name: of_role(role) + sum(of_link(link) for link in links if name in (link.source, link.target))
            for name, role in roles.items()
            if role.required and name != anchor
        },
        {name: (options_of(role.types), max(role.least, 1)) for name, role in roles.items() if role.required},
        [
            (
                [style.value for style in step.arrow.styles],
                None if step.arrow.actions is None else sorted(step.arrow.actions),
                step.source,
                step.target,
                of_link(step),
            )
            for step in alternative.steps
            if step in links
        ],
    )
