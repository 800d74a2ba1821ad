"""Changes written into the text of a description: only what they mean to change changes.

Comments, blank lines, quotes and indentation of everything else stay. The result is read again and compared with the
changed architecture, so that a wrong edit is an error and never a file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

from archlint.fix.applying import changed, edge_key
from archlint.fix.homes import EditError, Homes
from archlint.fix.joining import Edit, edited, touching
from archlint.fix.planning import edits_of, in_order
from archlint.fix.sections import Editor
from archlint.importers import Reading
from archlint.importers.description import is_description
from archlint.model import Architecture, Change, InputError


def edited_texts(reading: Reading, changes: Sequence[Change]) -> Mapping[str, str]:
    """The new text of every document that changes, by path. Raises :class:`EditError`."""
    ordered = in_order(changes)
    edits = planned_edits(reading, ordered)
    if edits is not None:
        texts = {path: edited(reading.documents[path].text, found) for path, found in edits.items()}
        with suppress(EditError):
            verify(reading, ordered, texts)
            return texts
    return _one_by_one(reading, ordered)


def verify(reading: Reading, changes: Sequence[Change], texts: Mapping[str, str]) -> None:
    """Read the edited texts and compare them with the changed architecture. Raises :class:`EditError`."""
    _compare(changed(reading.architecture, changes), _read_again(reading, texts).architecture)


def writable(reading: Reading, changes: Sequence[Change]) -> bool:
    """Whether every file that changes would go into is a description."""
    kinds = {is_description(document) for document in reading.documents.values()}
    if len(kinds) == 1:
        return kinds == {True}
    homes = Homes(reading, changes)
    try:
        return all(homes.of(change) for change in changes)
    except EditError:
        return False


def planned_edits(reading: Reading, changes: Sequence[Change]) -> Mapping[str, Sequence[Edit]] | None:
    """Every change as an edit of the text as it is, by path; None if one of them must see what another did.

    Raises :class:`EditError` if a change is for a file that is no description.
    """
    edits: dict[str, list[Edit]] = {}
    homes = Homes(reading, changes)
    by_path: dict[str, list[Change]] = {}
    for change in in_order(changes):
        by_path.setdefault(homes.of(change), []).append(change)
    for path, some in by_path.items():
        try:
            edits[path] = list(edits_of(Editor(reading.documents[path], reading.architecture), homes, some))
        except (KeyError, ValueError, StopIteration):
            return None
    return None if any(touching(found) for found in edits.values()) else edits


def _one_by_one(reading: Reading, changes: Sequence[Change]) -> Mapping[str, str]:
    """Each change made in the text that the one before has left."""
    texts: dict[str, str] = {}
    current = reading
    for change in changes:
        homes = Homes(current, (change,))
        path = homes.of(change)
        document = current.documents[path]
        try:
            found = list(edits_of(Editor(document, current.architecture), homes, [change]))
        except (KeyError, ValueError, StopIteration) as error:
            message = f"this cannot be written into {path}: {error}"
            raise EditError(message) from error
        texts[path] = edited(document.text, found)
        current = _read_again(current, texts)
    _compare(changed(reading.architecture, changes), current.architecture)
    return {path: text for path, text in texts.items() if text != reading.documents[path].text}


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
    components = {one.id: (one.type, one.service, dict(one.properties)) for one in architecture.components}
    edges = sorted((*map(str, edge_key(edge)), str(dict(edge.properties))) for edge in architecture.connections)
    return components, edges
