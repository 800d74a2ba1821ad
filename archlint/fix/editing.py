"""Changes written into the text of a description: only what they mean to change changes.

Comments, blank lines, quotes and indentation of everything else stay. The result is read again and compared with the
changed architecture, so that a wrong edit is an error and never a file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType

from archlint.fix.applying import EdgeKey, changed, edge_key
from archlint.fix.joining import Edit, edit_between, edited, touching
from archlint.fix.sections import Editor
from archlint.importers import Reading
from archlint.importers.description import is_description
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

Services = Mapping[str, str | None]
"""Components that are to be added, each with its service."""

NOTHING: Services = MappingProxyType({})


class EditError(Exception):
    """The changes cannot be written into the user's files; the message says why."""


def edited_texts(reading: Reading, changes: Sequence[Change]) -> Mapping[str, str]:
    """The new text of every document that changes, by path. Raises :class:`EditError`."""
    ordered = _in_order(changes)
    wanted = changed(reading.architecture, ordered)
    edits = planned_edits(reading, ordered)
    if edits is not None:
        texts = {path: edited(reading.documents[path].text, found) for path, found in edits.items()}
        with suppress(EditError):
            verify(reading, ordered, texts)
            return texts
    return _one_by_one(reading, ordered, wanted)


def verify(reading: Reading, changes: Sequence[Change], texts: Mapping[str, str]) -> None:
    """Read the edited texts and compare them with the changed architecture. Raises :class:`EditError`."""
    _compare(changed(reading.architecture, changes), _read_again(reading, texts).architecture)


def writable(reading: Reading, changes: Sequence[Change]) -> bool:
    """Whether every file that changes would go into is a description."""
    kinds = {is_description(document) for document in reading.documents.values()}
    if len(kinds) == 1:
        return kinds == {True}
    added = {change.id: change.service for change in changes if isinstance(change, AddComponent)}
    try:
        return all(_home(reading, change, added) for change in changes)
    except EditError:
        return False


def planned_edits(reading: Reading, changes: Sequence[Change]) -> Mapping[str, Sequence[Edit]] | None:
    """Every change as an edit of the text as it is, by path; None if one of them must see what another did."""
    edits: dict[str, list[Edit]] = {}
    added = {change.id: change.service for change in changes if isinstance(change, AddComponent)}
    for change in _in_order(changes):
        path = _home(reading, change, added)
        document = reading.documents[path]
        try:
            edits.setdefault(path, []).append(
                edit_between(document.text, _apply(Editor(document, reading.architecture), change))
            )
        except (KeyError, ValueError, StopIteration):
            return None
    if _opens_twice(reading, changes) or any(touching(found) for found in edits.values()):
        return None
    return edits


def _opens_twice(reading: Reading, changes: Sequence[Change]) -> bool:
    """Whether two connections go to a service that has no section for them yet: the second one has to see the first."""
    links = [change for change in changes if isinstance(change, AddConnection)]
    homes = [link.source.rpartition(".")[0] or link.target.rpartition(".")[0] for link in links]
    return any(homes.count(home) > 1 and not _has_connections(reading, home) for home in set(homes))


def _has_connections(reading: Reading, service: str) -> bool:
    route = ("services", service, "connections") if service else ("connections",)
    return any(edge.site.route[: len(route)] == route for edge in reading.architecture.connections)


def _one_by_one(reading: Reading, changes: Sequence[Change], wanted: Architecture) -> Mapping[str, str]:
    """Each change made in the text that the one before has left."""
    texts: dict[str, str] = {}
    current = reading
    for change in changes:
        path = _home(current, change)
        document = current.documents[path]
        try:
            texts[path] = _apply(Editor(document, current.architecture), change)
        except (KeyError, ValueError, StopIteration) as error:
            message = f"this cannot be written into {path}: {error}"
            raise EditError(message) from error
        current = _read_again(current, texts)
    _compare(wanted, current.architecture)
    return {path: text for path, text in texts.items() if text != reading.documents[path].text}


def _in_order(changes: Sequence[Change]) -> list[Change]:
    """Components before the connections to them, removals last."""
    rank = {AddComponent: 0, SetProperty: 1, AddConnection: 2, RemoveConnection: 3, RemoveComponent: 4}
    return sorted(changes, key=lambda change: rank[type(change)])


def _home(reading: Reading, change: Change, added: Services = NOTHING) -> str:
    """The document a change goes into, which must be a description; ``added`` are components that are not there yet."""
    path = _document(reading.architecture, change, added)
    if not is_description(reading.documents[path]):
        message = f"{path} is no description: this has to be changed by hand"
        raise EditError(message)
    return path


def _document(architecture: Architecture, change: Change, added: Services) -> str:
    match change:
        case AddComponent(service=service):
            return _document_of_service(architecture, service)
        case SetProperty(component=str(id_)) | RemoveComponent(id_) if id_ in architecture.by_id:
            return architecture.by_id[id_].site.document
        case SetProperty(connection=key) if key is not None:
            return _edge_site(architecture, key).document
        case AddConnection(source, target) if all(
            end in added or end in architecture.by_id for end in (source, target)
        ):
            source_service, target_service = (_service(architecture, end, added) for end in (source, target))
            return _document_of_service(architecture, source_service or target_service)
        case RemoveConnection(source, target, style, action):
            return _edge_site(architecture, (source, target, style, action)).document
        case _:
            message = "a component that is to be changed is not there"
            raise EditError(message)


def _service(architecture: Architecture, id_: str, added: Services) -> str | None:
    return added[id_] if id_ in added else architecture.by_id[id_].service


def _edge_site(architecture: Architecture, key: EdgeKey) -> Site:
    found = next((edge.site for edge in architecture.connections if edge_key(edge) == key), None)
    if found is None:
        message = f"the connection {key[0]} {key[2].arrow} {key[1]} is not there"
        raise EditError(message)
    return found


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
    try:
        return reading.again(texts)
    except InputError as error:
        message = f"the edited text is not valid: {error}"
        raise EditError(message) from error


def _compare(wanted: Architecture, got: Architecture) -> None:
    if _facts(wanted) != _facts(got):
        message = "the edited text does not say what was meant"
        raise EditError(message)


def _facts(architecture: Architecture) -> tuple[object, object]:
    components = {component.id: (component.type, dict(component.properties)) for component in architecture.components}
    edges = sorted((*map(str, edge_key(edge)), str(dict(edge.properties))) for edge in architecture.connections)
    return components, edges
