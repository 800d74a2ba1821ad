"""The language as data: roles, clauses and the blocks they stand in.

Small values here and elsewhere are named tuples and not dataclasses: they are as frozen, and defining one takes a tenth
of the time, which a command that starts anew for every file has to pay.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from archlint.model import Style
from archlint.model.places import Route
from archlint.model.tuples import NamedTuple
from archlint.pattern.conditions import Condition
from archlint.pattern.expressions import Expression
from archlint.pattern.shape import Data
from archlint.pattern.templates import Template

Planned: TypeAlias = "Data | Expression"
"""A value of a fix: literal data, or an expression over the match."""

Where: TypeAlias = tuple[tuple[str, Condition], ...]
"""Conditions by property name, in the order of the file."""

MANY = 1 << 30
"""No upper limit of a plural role."""


class Role(NamedTuple):
    """A name for a component (``plural`` false) or for all that fit (``least`` to ``most`` of them).

    ``typical`` are the types written first: what a made-up component of the role should be. ``new`` is what such a one
    has beyond ``where``; no match depends on it.
    """

    name: str
    types: frozenset[str]
    title: str
    where: Where = ()
    plural: bool = False
    least: int = 1
    most: int = MANY
    typical: frozenset[str] = frozenset()
    each: tuple[Clause, ...] = ()
    new: Where = ()

    @property
    def required(self) -> bool:
        """Whether a match needs at least one."""
        return not self.plural or self.least > 0


class Arrow(NamedTuple):
    """What a connection may be: its styles, and the actions that it must or must not have."""

    styles: tuple[Style, ...]
    actions: frozenset[str] | None
    """None: any but the two that are no request for work, :data:`SPOKEN_FOR`."""

    def admits(self, style: Style, action: str) -> bool:
        """Whether a connection of this style and action is meant."""
        return style in self.styles and (action not in SPOKEN_FOR if self.actions is None else action in self.actions)


SPOKEN_FOR = frozenset({"authorize", "observe"})
"""Actions that a step has to name."""


class Step(NamedTuple):
    """One connection from a role to a role."""

    source: str
    target: str
    arrow: Arrow
    where: Where = ()
    name: str | None = None
    route: Route = ()


class Path(NamedTuple):
    """One or more connections in a row; ``through`` are the types the components in between may have."""

    source: str
    target: str
    arrow: Arrow
    through: frozenset[str]
    where: Where = ()
    name: str | None = None
    route: Route = ()


class When(NamedTuple):
    """An expression that has to be true; ``missing`` and ``fix`` say what to do about it in a near match."""

    expression: Expression
    missing: Template | None = None
    fix: FixPlan | None = None
    route: Route = ()


class Same(NamedTuple):
    """A property that is equal (``differ`` false) or pairwise different over several roles."""

    property: str
    roles: tuple[str, ...]
    differ: bool = False


class Narrow(NamedTuple):
    """A role's type is one of a few."""

    role: str
    types: frozenset[str]


class Exists(NamedTuple):
    """Clauses that have a solution (``wanted``) or have none; what they bind stays inside."""

    clauses: tuple[Clause, ...]
    wanted: bool


class Either(NamedTuple):
    """Alternatives, each a conjunction."""

    options: tuple[tuple[Clause, ...], ...]


class Cycle(NamedTuple):
    """A directed cycle of components, or of services; ``name`` is bound to its members in order."""

    name: str
    arrows: tuple[Arrow, ...]
    through: frozenset[str]
    without: tuple[Where, ...] = ()
    without_connections: tuple[Where, ...] = ()
    connections: str | None = None
    of_services: bool = False


class Relation(NamedTuple):
    """A row of a relation that is computed in Python."""

    relation: str
    name: str


Clause: TypeAlias = Step | Path | When | Same | Narrow | Exists | Either | Cycle | Relation


class PropertyPlan(NamedTuple):
    """Set a property of a role or named connection to a literal or to what an expression gives."""

    name: str
    property: str
    value: Planned


class Addition(NamedTuple):
    """A new component under a name of its own; ``id`` makes its id, in the service of what it is connected to."""

    name: str
    type: str
    id: Template
    properties: Mapping[str, Planned]


class Link(NamedTuple):
    """A new connection between roles or additions, with its properties."""

    step: Step
    properties: Mapping[str, Planned]


class FixPlan(NamedTuple):
    """Changes in terms of roles, as written under ``fix``.

    ``flips`` are connections to turn into the other style, ``removes`` roles to remove. With ``when`` the fix is
    offered only where that is true.
    """

    description: Template = Template(())
    safe: bool = False
    sets: tuple[PropertyPlan, ...] = ()
    adds: tuple[Addition, ...] = ()
    connects: tuple[Link, ...] = ()
    disconnects: tuple[str, ...] = ()
    flips: tuple[str, ...] = ()
    removes: tuple[str, ...] = ()
    when: Expression | None = None


class Exemption(NamedTuple):
    """One entry of ``unless``: clauses that silence, why, and the sibling that it is instead."""

    clauses: tuple[Clause, ...]
    because: str = ""
    sibling: str | None = None


class Pattern(NamedTuple):
    """What a rule or a catalog entry asks: the clauses of its match, and the exemptions from it."""

    roles: Mapping[str, Role]
    clauses: tuple[Clause, ...]
    exemptions: tuple[Exemption, ...] = ()
