"""One event entry, as its reader gets it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from archlint.importers.infrastructure import End, Local
from archlint.importers.serverless.building import Building
from archlint.importers.serverless.placed import Placed
from archlint.importers.serverless.routes import Apis
from archlint.model import Site
from archlint.model.record import fresh, record
from archlint.model.tuples import NamedTuple


class Trigger(NamedTuple):
    """An entry of ``events``: its kind, what is written below it, and the function or state machine it invokes.

    ``owner`` is the key of that function or machine; ``number`` counts its events of this kind from 1.
    """

    kind: str
    body: Placed
    target: Local
    owner: str
    number: int
    site: Site

    def get(self, key: str) -> Placed | None:
        """A setting of the event."""
        return self.body.get(key)

    def short(self, key: str) -> Placed | None:
        """A setting, or the whole entry where it is written in its short form."""
        return self.body.get(key) if isinstance(self.body.value, dict) and key in self.body.value else self._whole()

    def _whole(self) -> Placed | None:
        """The entry if it is no mapping of settings: text, or a function of CloudFormation."""
        if isinstance(self.body.value, dict):
            return self.body if any(key.startswith(("Fn::", "Ref")) for key in self.body.value) else None
        return self.body if self.body.value is not None else None


@record(frozen=False)
class Making:
    """What readers of events make: the service, its APIs, and what later events may name."""

    building: Building
    apis: Apis
    ends: dict[str, End] = fresh(factory=dict)


Reader: TypeAlias = "Callable[[Making, Trigger], None]"
Readers: TypeAlias = "Mapping[str, Reader]"
