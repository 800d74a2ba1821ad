"""Changes written into the text of a description: only what they mean to change changes.

Comments, blank lines, quotes and indentation of everything else stay. The result is read again and compared with the
changed architecture, so that a wrong edit is an error and never a file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archlint.fix.applying import changed, edge_key
from archlint.fix.sections import Editor
from archlint.importers import Reading, read_documents
from archlint.model import (
    AddComponent,
    AddConnection,
    Architecture,
    Change,
    InputError,
    RemoveComponent,
    RemoveConnection,
    SetProperty,
    Site,
)
from archlint.source import parse


class EditError(Exception):
    """The changes cannot be written into the user's files; the message says why."""


def edited_texts(reading: Reading, changes: Sequence[Change]) -> Mapping[str, str]:
    """The new text of every document that changes, by path. Raises :class:`EditError`."""
    texts = {path: document.text for path, document in reading.documents.items()}
    current = reading
    for change in _in_order(changes):
        path = _home(current, change)
        document = current.documents[path]
        try:
            texts[path] = _apply(Editor(document, current.architecture), change)
        except (KeyError, ValueError) as error:
            message = f"this cannot be written into {path}: {error}"
            raise EditError(message) from error
        current = _read_again(current, texts)
    _verify(changed(reading.architecture, changes), current.architecture)
    return {path: text for path, text in texts.items() if text != reading.documents[path].text}


def _in_order(changes: Sequence[Change]) -> list[Change]:
    """Components before the connections to them, removals last."""
    rank = {AddComponent: 0, SetProperty: 1, AddConnection: 2, RemoveConnection: 3, RemoveComponent: 4}
    return sorted(changes, key=lambda change: rank[type(change)])


def _home(reading: Reading, change: Change) -> str:
    """The document a change goes into."""
    architecture = reading.architecture
    match change:
        case AddComponent(service=service):
            return _document_of_service(architecture, service)
        case SetProperty(component=str(id_)):
            return architecture.by_id[id_].site.document
        case SetProperty(connection=key) if key is not None:
            return _edge_site(architecture, key).document
        case AddConnection(source=source, target=target):
            owner = architecture.by_id[source].service or architecture.by_id[target].service
            return _document_of_service(architecture, owner)
        case RemoveConnection(source, target, style, action):
            return _edge_site(architecture, (source, target, style, action)).document
        case RemoveComponent(id_):
            return architecture.by_id[id_].site.document
        case _:
            return architecture.documents[0]


def _edge_site(architecture: Architecture, key: object) -> Site:
    return next(edge.site for edge in architecture.connections if edge_key(edge) == key)


def _document_of_service(architecture: Architecture, service: str | None) -> str:
    if service is not None and service in architecture.services:
        return architecture.services[service].site.document
    return architecture.documents[0]


def _apply(editor: Editor, change: Change) -> str:
    match change:
        case AddComponent():
            return editor.add_component(change)
        case AddConnection():
            return editor.add_connection(change)
        case SetProperty(component=str()):
            return editor.set_on_component(change)
        case SetProperty():
            return editor.set_on_connection(change)
        case RemoveConnection():
            return editor.remove_connection(change)
        case RemoveComponent():
            return editor.remove_component(change)


def _read_again(reading: Reading, texts: Mapping[str, str]) -> Reading:
    """The edited texts as one architecture; includes are among the documents already."""
    try:
        return read_documents([parse(path, texts[path]) for path in reading.documents])
    except InputError as error:
        message = f"the edited text is not valid: {error}"
        raise EditError(message) from error


def _verify(wanted: Architecture, got: Architecture) -> None:
    if _facts(wanted) != _facts(got):
        message = "the edited text does not say what was meant"
        raise EditError(message)


def _facts(architecture: Architecture) -> tuple[object, object]:
    components = {component.id: (component.type, dict(component.properties)) for component in architecture.components}
    edges = sorted((*map(str, edge_key(edge)), str(dict(edge.properties))) for edge in architecture.connections)
    return components, edges
