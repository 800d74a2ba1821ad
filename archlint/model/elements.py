"""The elements of the component graph."""

from __future__ import annotations

from types import MappingProxyType

from archlint.model.levels import Confidence, Style
from archlint.model.places import Site
from archlint.model.record import fresh, record
from archlint.model.values import Properties

_NOTHING: Properties = MappingProxyType({})


def no_properties() -> Properties:
    """The one empty, immutable mapping: what an element without properties carries."""
    return _NOTHING


@record(eq=False)
class Component:
    """A node of the graph: one AWS resource, client or outside system.

    ``id`` is ``service.name``, or ``name`` for a component outside every service. Components compare by
    identity: an architecture holds one object an id. ``mentioned`` says that infrastructure code refers to it in a way
    that is no connection (an alarm's action, an output, a module that could not be read).
    """

    id: str
    type: str
    service: str | None
    properties: Properties
    site: Site
    label: str = ""
    mentioned: bool = False

    @property
    def name(self) -> str:
        """The id without its service."""
        return self.id.rpartition(".")[2]

    def __repr__(self) -> str:
        return f"<{self.id}: {self.type}>"


@record(eq=False)
class Connection:
    """A directed edge of the graph, from the producer's point of view.

    ``site`` is the connection's own text: one arrow with its two ends.
    """

    source: Component
    target: Component
    style: Style
    action: str
    properties: Properties
    site: Site
    confidence: Confidence = Confidence.CERTAIN

    def __repr__(self) -> str:
        return f"<{self.source.id} {self.style.arrow} {self.target.id}: {self.action}>"


@record(eq=False)
class Service:
    """One microservice: it owns its data and is deployed on its own.

    ``properties`` are ``owner``, ``description``, ``stack``, ``nested_in``, ``orchestrator`` and ``imports``;
    ``patterns`` are the ids of the patterns it claims to follow.
    """

    name: str
    site: Site
    properties: Properties = fresh(factory=no_properties)
    patterns: tuple[str, ...] = ()
