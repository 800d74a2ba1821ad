"""From changes to edits: what belongs together becomes one edit, so that no change has to see what another did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from archlint.fix.homes import Homes
from archlint.fix.joining import Edit
from archlint.fix.sections import Editor
from archlint.fix.spelling import Written, written_addition
from archlint.model import (
    AddComponent,
    AddConnection,
    Change,
    Connection,
    RemoveComponent,
    RemoveConnection,
    SetProperty,
)


def in_order(changes: Iterable[Change]) -> list[Change]:
    """Components before the connections to them, removals last."""
    rank = {AddComponent: 0, SetProperty: 1, AddConnection: 2, RemoveConnection: 3, RemoveComponent: 4}
    return sorted(changes, key=lambda change: rank[type(change)])


def edits_of(editor: Editor, homes: Homes, changes: Sequence[Change]) -> Iterator[Edit]:
    """The edits of changes, ordered as :func:`in_order` says, that all go into one document."""
    yield from (editor.add_component(change) for change in changes if isinstance(change, AddComponent))
    settings = [change for change in changes if isinstance(change, SetProperty)]
    for some in _by_component(settings):
        yield from editor.set_on_component(some)
    yield from editor.set_on_connections(_by_connection(settings, homes))
    additions = [change for change in changes if isinstance(change, AddConnection)]
    instead: dict[Connection, Written | None] = {}
    for change in changes:
        if isinstance(change, RemoveConnection):
            first, *more = homes.edges((change.source, change.target, change.style, change.action))
            addition = _replacement(change, additions)
            instead[first] = None if addition is None else _written(addition, first)
            instead.update(dict.fromkeys(more))
            additions = [one for one in additions if one is not addition]
    yield from editor.rewrite(instead)
    yield from editor.add_connections(additions)
    yield from (editor.remove_component(change) for change in changes if isinstance(change, RemoveComponent))


def _by_component(settings: Iterable[SetProperty]) -> Iterable[list[SetProperty]]:
    found: dict[str, list[SetProperty]] = {}
    for change in settings:
        if change.component is not None:
            found.setdefault(change.component, []).append(change)
    return found.values()


def _by_connection(settings: Iterable[SetProperty], homes: Homes) -> dict[Connection, dict[str, SetProperty]]:
    """The settings by connection and name; several connections may be alike."""
    found: dict[Connection, dict[str, SetProperty]] = {}
    for change in settings:
        if change.connection is not None:
            for edge in homes.edges(change.connection):
                found.setdefault(edge, {})[change.name] = change
    return found


def _replacement(change: RemoveConnection, additions: Sequence[AddConnection]) -> AddConnection | None:
    """What is added between the same two: it takes the place of what is removed, and keeps its comment."""
    ends = change.source, change.target
    return next((one for one in additions if (one.source, one.target) == ends), None)


def _written(change: AddConnection, edge: Connection) -> Written:
    route = edge.site.route
    return written_addition(change, str(route[1]) if route[0] == "services" else None)
