"""Security groups: who is let in to a database or cache is guessed to use it, as no permission says who does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from archlint.importers.infrastructure.ends import End
from archlint.importers.infrastructure.permissions import TELLING
from archlint.importers.infrastructure.stack import Stack
from archlint.model import Confidence, Site, Style
from archlint.model.record import fresh, record
from archlint.vocabulary import vocabulary

_BEHIND_PROXIES = frozenset({"aurora", "rds"})


@record(frozen=False)
class Networks:
    """The security groups of a stack by a key of the importer's: their members, and whom each lets in."""

    _members: dict[str, list[End]] = fresh(factory=lambda: defaultdict(list))
    _admitted: dict[tuple[str, str], Site] = fresh(factory=dict)

    def join(self, group: str, end: End) -> None:
        """Say that a component is in a group."""
        self._members[group].append(end)

    def admit(self, group: str, source: str, site: Site) -> None:
        """Say that a group lets in the members of another one, or its own."""
        self._admitted.setdefault((group, source), site)

    def connect(self, stack: Stack) -> None:
        """Add the guesses to the stack; who uses a proxy does not use the database behind it as well."""
        proxied = {wire.source for wire in stack.wires if stack.type_of(wire.target) == "rds_proxy"}
        pairs = list(self._pairs(stack))
        proxied |= {source for source, target, _ in pairs if stack.type_of(target) == "rds_proxy"}
        for source, target, site in pairs:
            if source not in proxied or stack.type_of(target) not in _BEHIND_PROXIES:
                stack.connect(source, target, Style.SYNC, site, action="read_write", confidence=Confidence.GUESS)

    def _pairs(self, stack: Stack) -> Iterator[tuple[End, End, Site]]:
        """Who is in a group, and what that group is let in to: where that is much, it tells nobody's use of any."""
        words = vocabulary()
        users = words.members("function") | words.members("container")
        used = words.members("connection_limited") | words.members("cache") | {"rds_proxy", "opensearch"}
        opened: dict[str, dict[End, Site]] = defaultdict(dict)
        for (group, source), site in self._admitted.items():
            for target in self._members[group]:
                if stack.type_of(target) in used:
                    opened[source].setdefault(target, site)
        for source, targets in opened.items():
            if len(targets) <= TELLING:
                for user in self._members[source]:
                    if stack.type_of(user) in users:
                        yield from ((user, target, site) for target, site in targets.items())
