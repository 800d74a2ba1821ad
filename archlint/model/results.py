"""What the analyses answer: findings, matches and suggestions."""

from __future__ import annotations

from collections.abc import Mapping

from archlint.model.changes import Change
from archlint.model.elements import Component, Connection
from archlint.model.levels import Confidence, Severity
from archlint.model.places import Site
from archlint.model.record import record
from archlint.model.tuples import NamedTuple


class Related(NamedTuple):
    """A further place of a finding, with what is to be seen there."""

    message: str
    component: Component | None
    site: Site


class Fix(NamedTuple):
    """Changes that make a finding go away; ``safe`` means that the system's behaviour stays as meant."""

    description: str
    changes: tuple[Change, ...]
    safe: bool = False


@record
class Finding:
    """One thing that will hurt, as one path through the architecture.

    ``components`` lists every component involved, ``path`` the connections in the order the traffic takes
    them. A finding about a service has no ``component``. ``connection`` is set where the finding is about one.
    ``label`` says what is to be seen at the primary place. ``identity`` is made of rule, component and connection,
    never of a line number. ``suppressed_by`` says what suppressed it, with ``reason``: a ``comment``, the
    ``description``, the ``configuration``, a ``baseline`` or a git ``revision``.
    """

    rule: str
    severity: Severity
    confidence: Confidence
    message: str
    help: str
    site: Site
    component: Component | None
    connection: Connection | None
    components: tuple[Component, ...]
    service: str | None
    path: tuple[Connection, ...]
    related: tuple[Related, ...]
    fix: Fix | None
    identity: str
    suppressed: bool = False
    reason: str = ""
    label: str = ""
    patterns: tuple[str, ...] = ()
    suppressed_by: str = ""

    @property
    def fingerprint(self) -> str:
        """The identity for files and other programs: 24 hexadecimal digits."""
        from archlint.model.digests import blake2b  # noqa: PLC0415  nobody asks on a terminal

        return blake2b(self.identity.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


class Match(NamedTuple):
    """A pattern that is there whole; ``roles`` maps each role to the ids it binds, in file order.

    ``because`` says what makes it the variant; ``unlike`` says, by sibling, what would make it that pattern instead.
    """

    pattern: str
    variant: str | None
    service: str | None
    anchor: str
    roles: Mapping[str, tuple[str, ...]]
    confidence: Confidence = Confidence.CERTAIN
    because: str = ""
    unlike: tuple[tuple[str, str], ...] = ()


class Possible(NamedTuple):
    """Patterns between which the input cannot settle, and the hint that would."""

    patterns: tuple[str, ...]
    service: str | None
    roles: Mapping[str, tuple[str, ...]]
    hint: str


class Suggestion(NamedTuple):
    """A pattern that is nearly there: what it lacks in words, and the changes that would complete it.

    ``share`` is the part of the pattern's clauses that already hold, from 0 to 1. ``diff`` is a unified diff
    of the user's own file. ``solves`` are the findings that go away with it and that the pattern is the answer to.
    """

    pattern: str
    service: str | None
    anchor: str
    roles: Mapping[str, tuple[str, ...]]
    missing: tuple[str, ...]
    changes: tuple[Change, ...]
    share: float
    diff: str = ""
    solves: tuple[Finding, ...] = ()
