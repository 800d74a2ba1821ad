"""What a pattern consists of, counted: components, connections, properties that have to be there, expressions."""

from __future__ import annotations

from collections.abc import Mapping

from archlint.pattern.conditions import satisfying
from archlint.pattern.terms import Path, Role, Step, When, Where
from archlint.search.conjunctions import Conjunction
from archlint.vocabulary import vocabulary


def positive(where: Where) -> int:
    """How many conditions ask for something to be there; one that only excludes something is no element."""
    return sum(satisfying(condition) is not None for _, condition in where)


def of_role(role: Role) -> int:
    """A component of a role, with its properties as far as the types that the role names first have them."""
    if not role.where:
        return 1
    types = vocabulary().types
    known = {name for type_ in role.typical or role.types for name in types[type_].properties}
    return 1 + positive(tuple(pair for pair in role.where if pair[0] in known))


def of_link(link: Step | Path) -> int:
    """A connection, with its properties."""
    return 1 + positive(link.where)


def of_pattern(conjunction: Conjunction, anchor: str) -> int:
    """The whole: what each match needs at least."""
    roles = conjunction.roles
    required = [link for link in conjunction.links if is_required(link, roles)]
    used = {anchor, *(end for link in required for end in (link.source, link.target))}
    members = {name: max(roles[name].least, 1) for name in used}
    components = sum(members[name] * (of_role(roles[name]) + 2 * len(roles[name].each)) for name in used)
    links = sum(max(members[link.source], members[link.target]) * of_link(link) for link in required)
    return components + links + sum(isinstance(test, When) for test in conjunction.tests)


def is_required(link: Step | Path, roles: Mapping[str, Role]) -> bool:
    """Whether a match needs a link: not where it leads to an optional role."""
    return roles[link.source].required and roles[link.target].required


def other_end(link: Step | Path, name: str) -> str:
    """The role that a link leads to or comes from, seen from one of its ends."""
    return link.target if link.source == name else link.source
