"""What one finding is about, and the identity that follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol, TypeAlias

from archlint.model import Component, Confidence, Connection, Site
from archlint.model.tuples import NamedTuple
from archlint.search import Solution


class Told(NamedTuple):
    """What a row of a computed relation says: perhaps of a service, with a key of its own, perhaps at a place.

    ``component`` and ``connection`` are those it speaks of, which may be of another architecture than the one that is
    asked; ``confidence`` is how sure that is.
    """

    service: str | None
    key: str
    site: Site | None = None
    component: Component | None = None
    connection: Connection | None = None
    confidence: Confidence = Confidence.CERTAIN


if TYPE_CHECKING:  # making a protocol takes longer than all else here, and no run asks for it

    class TellingRow(Protocol):
        """A row of a relation that a rule may be ``at``."""

        def subject(self) -> Told:
            """What a finding about this row is about."""


About: TypeAlias = "Component | Told | str | None"
"""A component, a row, or a service's name."""

Subject: TypeAlias = "tuple[About, Connection | None]"
"""What one finding is about, and perhaps a connection."""


class Case(NamedTuple):
    """What one finding will be made of, and the name by which it is known again."""

    named: About
    subject: Subject
    solutions: list[Solution]


_TELLING = ("route", "rule", "subscription", "event")
"""What tells two connections of one kind between the same two components apart."""


def identity(rule: str, about: About, connection: Connection | None, beside: Iterable[Connection] = ()) -> str:
    """What makes a finding this one, whatever is edited elsewhere: the rule, its subject and the connection.

    A connection's label counts only where nothing else tells it from another one ``beside`` it: words may be mended.
    """
    parts = [rule]
    if isinstance(about, Component):
        parts.append(about.id)
    elif isinstance(about, Told):
        parts += [about.service or "", about.key]
    else:
        parts.append(about or "")
    if connection is not None:
        parts += (own := _told_by(connection))
        if "label" in connection.properties and sum(_told_by(other) == own for other in beside) > 1:
            parts.append(f"label={connection.properties['label']}")
    return "\n".join(parts)


def _told_by(connection: Connection) -> list[str]:
    """The ends and the kind of a connection, and what tells it from others of that kind."""
    parts = [connection.source.id, connection.target.id, connection.style.value, connection.action]
    return parts + [f"{name}={connection.properties[name]}" for name in _TELLING if name in connection.properties]
