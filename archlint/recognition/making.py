"""Making up what a pattern lacks: a component with its type, name and home; a connection with its style and action."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from archlint.model import Architecture, Component, Connection, Style, Value
from archlint.pattern.conditions import satisfying
from archlint.pattern.terms import Path, Role, Same, Step, Where
from archlint.recognition.drafts import Draft, one_of
from archlint.recognition.loose import LooseEnds
from archlint.search.conjunctions import Conjunction
from archlint.vocabulary import vocabulary

_PREFERRED = (
    "lambda",
    "sqs",
    "dynamodb",
    "http_api",
    "rest_api",
    "aurora",
    "sns",
    "cloudwatch_alarm",
    "elasticache",
    "s3",
    "third_party",
    "legacy_http",
    "schedule",
    "client",
    "kinesis",
    "firehose",
    "step_functions",
)
"""What most people mean by a function, a queue, a store …, most common first."""

_PASSED_ON = frozenset({"poll", "deliver", "send", "publish", "observe"})
"""Actions for which nobody waits: where they are the assumed ones, a connection is asynchronous by nature."""

_SHORT = 2
"""Words in a title that still make a name."""

_NAME = r"[a-z][a-z0-9-]*\Z"

_PASSIVE = ("channel", "store", "cache", "config")
_ACTIVE = frozenset({"invoke", "orchestrate", "send", "publish", "read", "write", "read_write"})


class Maker:
    """Makes up what one conjunction lacks near an anchor."""

    def __init__(
        self, architecture: Architecture, loose: LooseEnds, conjunction: Conjunction, anchor: Component
    ) -> None:
        self._architecture = architecture
        self._loose = loose
        self._conjunction = conjunction
        self._anchor = anchor

    def component(self, draft: Draft, role: Role, beside: Component | None = None) -> Component:
        """A component for a role, in the service of what it is ``beside`` unless the pattern or a loose end says so."""
        type_ = made_type(role)
        service = self._home(draft, role, type_, beside or self._anchor)
        id_ = made_name(self._architecture, role, service, draft.new)
        return Component(id_, type_, service, made_properties(role, type_), self._anchor.site, role.name)

    def edge(self, link: Step | Path, source: Component, target: Component) -> Connection:
        """A connection for a link."""
        style = _style(link.arrow.styles, source.type, target.type)
        known = vocabulary().connection_properties
        return Connection(
            source,
            target,
            style,
            _action(link, source.type, target.type, style),
            _wanted(link.where, known),
            self._anchor.site,
        )

    def _home(self, draft: Draft, role: Role, type_: str, beside: Component) -> str | None:
        """The service of a new component: where the pattern wants it, else where it would tie in loose ends."""
        if type_ in vocabulary().members("actor") | vocabulary().members("external_system"):
            return None
        tests = [test for test in self._conjunction.tests if isinstance(test, Same) and test.property == "service"]
        for test in tests:
            if not test.differ and role.name in test.roles:
                bound = next((draft.roles[name] for name in test.roles if name in draft.roles), self._anchor)
                return one_of(bound).service
        services = {one.service for one in self._would_tie(draft, role)}
        apart = any(test.differ and role.name in test.roles for test in tests)
        if apart:
            services.discard(self._anchor.service)
        elif beside.service in services:
            return beside.service
        if not services and apart:
            services = set(self._loose.empty)
        if len(services) == 1:
            return services.pop()
        return None if apart else beside.service

    def _would_tie(self, draft: Draft, role: Role) -> Iterator[Component]:
        links = (*self._conjunction.links, *(clause for clause in role.each if isinstance(clause, Step)))
        for link in links:
            for name, other, forward in ((link.source, link.target, True), (link.target, link.source, False)):
                if name == role.name and other not in draft.roles:
                    wanted = self._conjunction.roles[other]
                    found = self._loose.fitting(wanted, self._anchor.service, forward=forward)
                    likely = [one for one in found if one.type in (wanted.typical or wanted.types)]
                    yield from (one for one in likely if one.service is not None and not draft.taken(one))


def made_type(role: Role) -> str:
    """The type of a new component of a role: the most common one of those that the pattern names first."""
    types = role.typical or role.types
    return next((type_ for type_ in _PREFERRED if type_ in types), min(types))


def rarity(type_: str) -> int:
    """How unusual a type is to add."""
    return _PREFERRED.index(type_) if type_ in _PREFERRED else len(_PREFERRED)


def made_properties(role: Role, type_: str) -> dict[str, Value]:
    """What a new component of the type needs to fit the role, and what the pattern gives it besides."""
    known = vocabulary().types[type_].properties
    return _wanted(role.new, known) | _wanted(role.where, known)


def made_name(architecture: Architecture, role: Role, service: str | None, taken: Collection[str]) -> str:
    """A free id made of the role's title where that is short, else of its name."""
    scoped = service in architecture.services and _is_written_out(architecture, service)
    words = role.title.lower().split()
    name = "-".join(words) if len(words) <= _SHORT and re.match(_NAME, "-".join(words)) else role.name.replace("_", "-")
    base, number = f"{service}.{name}" if scoped else name, 2
    id_ = base
    while id_ in architecture.by_id or id_ in taken:
        id_, number = f"{base}-{number}", number + 1
    return id_


def _is_written_out(architecture: Architecture, service: str | None) -> bool:
    """Whether ids carry the service: a description without services has one that no id names."""
    members = architecture.by_service.get(service, ())
    return not members or members[0].id.startswith(f"{service}.")


def _wanted(where: Where, known: Collection[str]) -> dict[str, Value]:
    wanted = ((name, satisfying(condition)) for name, condition in where if name in known)
    return {name: value for name, value in wanted if value is not None}


def _style(styles: tuple[Style, ...], source_type: str, target_type: str) -> Style:
    """The style that comes naturally between two types, of those that are allowed."""
    if Style.ASYNC in styles and Style.SYNC in styles:
        passed_on = vocabulary().assumed_action(source_type, target_type, Style.ASYNC) in _PASSED_ON
        return Style.ASYNC if passed_on else Style.SYNC
    return styles[0]


def _action(link: Step | Path, source_type: str, target_type: str, style: Style) -> str:
    """The assumed action if the arrow admits it, else one that it does; a queue is read and not invoked."""
    assumed = vocabulary().assumed_action(source_type, target_type, style)
    actions = link.arrow.actions
    fetched = assumed == "invoke" and target_type in vocabulary().members("channel")
    if actions is None or (assumed in actions and not fetched):
        return assumed
    return min(actions, key=lambda action: (action == "invoke", action))


def is_plausible(edge: Connection) -> bool:
    """Whether the source can do what the connection says: queues, topics and stores hand on, and call nobody."""
    known = vocabulary()
    passive = frozenset().union(*(known.members(group) for group in _PASSIVE))
    return edge.action not in _ACTIVE or edge.source.type not in passive
