"""The part of an architecture that changes can be felt in, so that trying them costs no more than that part."""

from __future__ import annotations

from collections.abc import Iterable

from archlint.model import AddComponent, AddConnection, Architecture, Change, RemoveConnection, SetProperty
from archlint.model.record import replace


def services_of(architecture: Architecture, changes: Iterable[Change]) -> frozenset[str | None]:
    """The services that changes touch."""
    ids = {id_ for change in changes for id_ in _touched(change)}
    added = {change.service for change in changes if isinstance(change, AddComponent)}
    return frozenset(added | {architecture.by_id[id_].service for id_ in ids if id_ in architecture.by_id})


def surroundings(architecture: Architecture, services: frozenset[str | None]) -> Architecture:
    """The components of some services and what is connected to them, with everything that connects these."""
    inner = {one for service in services if service is not None for one in architecture.by_service.get(service, ())}
    kept = set(inner)
    for one in inner:
        kept |= {edge.target for edge in architecture.outgoing(one)}
        kept |= {edge.source for edge in architecture.incoming(one)}
    kept |= set(architecture.by_service.get(None, ())) if None in services else set()
    order = architecture.order
    return replace(
        architecture,
        components=tuple(sorted(kept, key=order.__getitem__)),
        connections=tuple(
            edge
            for one in sorted(kept, key=order.__getitem__)
            for edge in architecture.outgoing(one)
            if edge.target in kept
        ),
    )


def _touched(change: Change) -> tuple[str, ...]:
    match change:
        case AddConnection(source, target) | RemoveConnection(source, target):
            return source, target
        case SetProperty(component=str(id_)):
            return (id_,)
        case SetProperty(connection=key) if key is not None:
            return key[:2]
        case _:
            return ()
