"""Which document a change goes into."""

from __future__ import annotations

from collections.abc import Sequence

from archlint.fix.applying import EdgeKey, edge_key
from archlint.importers import Reading
from archlint.importers.description import is_description
from archlint.model import (
    AddComponent,
    AddConnection,
    Change,
    Connection,
    RemoveComponent,
    RemoveConnection,
    SetProperty,
)


class EditError(Exception):
    """The changes cannot be written into the user's files; the message says why."""


class Homes:
    """The homes of some changes; what one of them adds the others may speak of."""

    def __init__(self, reading: Reading, changes: Sequence[Change]) -> None:
        self._reading = reading
        self._architecture = reading.architecture
        known = reading.architecture.by_id
        self._added = {one.id: one.service for one in changes if isinstance(one, AddComponent)}
        self._added = {id_: service for id_, service in self._added.items() if id_ not in known}

    def of(self, change: Change) -> str:
        """The path of the document, which must be a description. Raises :class:`EditError`."""
        path = self._path(change)
        if not is_description(self._reading.documents[path]):
            message = f"{path} is no description: this has to be changed by hand"
            raise EditError(message)
        return path

    def edges(self, key: EdgeKey) -> list[Connection]:
        """The connections that a change speaks of. Raises :class:`EditError` if there is none."""
        source = self._architecture.by_id.get(key[0])
        found = [edge for edge in self._architecture.outgoing(source) if edge_key(edge) == key] if source else []
        if not found:
            message = f"the connection {key[0]} {key[2].arrow} {key[1]} is not there"
            raise EditError(message)
        return found

    def _path(self, change: Change) -> str:
        match change:
            case AddComponent(service=service):
                return self._of_service(service)
            case SetProperty(component=str(id_)) | RemoveComponent(id_) if id_ in self._architecture.by_id:
                return self._architecture.by_id[id_].site.document
            case SetProperty(connection=key) if key is not None:
                return self.edges(key)[0].site.document
            case AddConnection(source, target) if self._is_there(source) and self._is_there(target):
                return self._of_service(self._service(source) or self._service(target))
            case RemoveConnection(source, target, style, action):
                return self.edges((source, target, style, action))[0].site.document
            case _:
                message = "a component that is to be changed is not there"
                raise EditError(message)

    def _is_there(self, id_: str) -> bool:
        return id_ in self._added or id_ in self._architecture.by_id

    def _service(self, id_: str) -> str | None:
        return self._added[id_] if id_ in self._added else self._architecture.by_id[id_].service

    def _of_service(self, service: str | None) -> str:
        if service is not None and service in self._architecture.services:
            return self._architecture.services[service].site.document
        documents = self._architecture.documents
        return next((path for path in documents if is_description(self._reading.documents[path])), documents[0])
