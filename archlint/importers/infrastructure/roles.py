"""Roles: who takes them, and what they may do."""

from __future__ import annotations

from collections.abc import Iterable

from archlint.importers.infrastructure.ends import End
from archlint.importers.infrastructure.permissions import Permissions, Principal, Statement
from archlint.model.record import fresh, record


@record(frozen=False)
class Roles:
    """The roles of a stack by a key of the importer's; policies may be attached before or after a role is taken."""

    _granted: dict[str, list[Statement]] = fresh(factory=dict)
    _taken: dict[str, dict[End, None]] = fresh(factory=dict)

    def grant(self, role: str, statements: Iterable[Statement]) -> None:
        """Give statements to a role."""
        self._granted.setdefault(role, []).extend(statements)

    def take(self, role: str, principal: End) -> None:
        """Say that a component runs under a role."""
        self._taken.setdefault(role, {})[principal] = None

    def allowed(self, role: str) -> list[Statement]:
        """What a role may do."""
        return [statement for statement in self._granted.get(role, []) if not statement.denies]

    def settle(self, permissions: Permissions) -> None:
        """Hand to the components what their roles may do: a role that several share is a guess for each."""
        for role, principals in self._taken.items():
            for principal in principals:
                permissions.allow(Principal(principal, alone=len(principals) == 1), self._granted.get(role, ()))
