"""What changed between two architectures: as text, as data and as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from archlint.diff import (
    Comparison,
    ComponentDifference,
    ConnectionDifference,
    PropertyChange,
    ServiceDifference,
    Status,
)
from archlint.diff.wording import SIGNS, change_words, summary
from archlint.importers import Reading
from archlint.model import Component, Connection, Service, Site
from archlint.model.tuples import NamedTuple
from archlint.report.data import VERSION, Json, plain
from archlint.report.paint import Paint, safe
from archlint.vocabulary import vocabulary

_COLOURS = {Status.ADDED: "green", Status.REMOVED: "red", Status.CHANGED: "yellow"}


_Element: TypeAlias = Component | Connection | Service


class Sides(NamedTuple):
    """A comparison with the readings of both sides; ``path`` shows a document's path of the old or the new one."""

    comparison: Comparison
    old: Reading
    new: Reading
    old_path: Callable[[str], str] = str
    new_path: Callable[[str], str] = str


class _Line(NamedTuple):
    """One difference in words: ``what`` is the element, ``how`` what is different about it."""

    status: Status
    what: str
    how: str


def differences_text(comparison: Comparison, paint: Paint) -> str:
    """Every difference in a line of its own, then a summary."""
    lines: list[str] = []
    for title, found in _sections(comparison):
        lines.append(paint(title, "bold"))
        for line in found:
            how = f": {line.how}" if line.how else ""
            lines.append(f"  {paint(SIGNS[line.status], _COLOURS[line.status])} {safe(line.what)}{safe(how)}")
        lines.append("")
    return "\n".join([*lines, summary(comparison)]) + "\n"


def differences_markdown(comparison: Comparison) -> str:
    """A table for the comment on a pull request."""
    if comparison.is_same:
        return "The architecture is the same.\n"
    lines = [f"**{summary(comparison)}**", "", "| | what | how |", "|---|---|---|"]
    for _, found in _sections(comparison):
        lines += [f"| {line.status.value} | {_cell(line.what)} | {_cell(line.how)} |" for line in found]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    """Text as code in a table cell: backticks, bars and line breaks could end either."""
    if not text:
        return ""
    inner = safe(text.replace("\n", " ")).replace("`", "'").replace("|", "\\|")
    return f"`{inner}`"


def _sections(comparison: Comparison) -> Iterator[tuple[str, list[_Line]]]:
    settings = [
        _Line(Status.CHANGED, change.name, change_words(change, {}, named=False)) for change in comparison.settings
    ]
    sections = [
        ("Settings", settings),
        ("Services", [_service(found) for found in comparison.services if found.status is not Status.SAME]),
        ("Components", [_component(found) for found in comparison.components if found.status is not Status.SAME]),
        ("Connections", [_connection(found) for found in comparison.connections if found.status is not Status.SAME]),
    ]
    yield from ((title, lines) for title, lines in sections if lines)


def _service(found: ServiceDifference) -> _Line:
    parts = [change_words(change, vocabulary().service_properties) for change in found.changes]
    if found.old and found.new and found.old.name != found.new.name:
        parts.insert(0, f"was {found.old.name}")
    return _Line(found.status, found.service.name, ", ".join(parts))


def _component(found: ComponentDifference) -> _Line:
    component = found.component
    if found.status is not Status.CHANGED:
        return _Line(found.status, component.id, component.type)
    parts = [change_words(change, vocabulary().types[component.type].properties) for change in found.changes]
    if found.renamed and found.old is not None:
        why = f", known by {found.because}" if not found.because.startswith("the same") else ""
        parts.insert(0, f"was {found.old.id}{why}")
    return _Line(found.status, component.id, "; ".join(parts))


def _connection(found: ConnectionDifference) -> _Line:
    edge = found.connection
    parts = [change_words(change, vocabulary().connection_properties) for change in found.changes]
    assumed = vocabulary().assumed_action(edge.source.type, edge.target.type, edge.style)
    shaft = edge.style.arrow[0]
    arrow = edge.style.arrow if edge.action == assumed else f"{shaft}{edge.action}{shaft}>"
    route = edge.properties.get("route")
    where = f" ({route})" if isinstance(route, str) else ""
    return _Line(found.status, f"{edge.source.id} {arrow} {edge.target.id}{where}", "; ".join(parts))


def differences_data(sides: Sides) -> Json:
    """The document of ``diff --format json``: the elements that differ."""
    comparison = sides.comparison
    statuses = {
        "services": [found.status for found in comparison.services],
        "components": [found.status for found in comparison.components],
        "connections": [found.status for found in comparison.connections],
    }
    return {
        "version": VERSION,
        "same": comparison.is_same,
        "settings": [_change_data(change) for change in comparison.settings],
        "services": [
            {
                "status": found.status.value,
                "name": found.service.name,
                "old_name": found.old.name if found.old else None,
                **_rest(sides, found.changes, *_sites(found.old, found.new)),
            }
            for found in comparison.services
            if found.status is not Status.SAME
        ],
        "components": [
            {
                "status": found.status.value,
                "id": found.component.id,
                "old_id": found.old.id if found.old else None,
                "type": found.component.type,
                "service": found.component.service,
                "because": found.because or None,
                **_rest(sides, found.changes, *_sites(found.old, found.new)),
            }
            for found in comparison.components
            if found.status is not Status.SAME
        ],
        "connections": [
            {
                "status": found.status.value,
                "source": found.connection.source.id,
                "target": found.connection.target.id,
                "style": found.connection.style.value,
                "action": found.connection.action,
                **_rest(sides, found.changes, *_sites(found.old, found.new)),
            }
            for found in comparison.connections
            if found.status is not Status.SAME
        ],
        "summary": {name: {status.value: found.count(status) for status in SIGNS} for name, found in statuses.items()},
    }


def _sites(old: _Element | None, new: _Element | None) -> tuple[Site | None, Site | None]:
    return (old.site if old else None), (new.site if new else None)


def _rest(sides: Sides, changes: Sequence[PropertyChange], old: Site | None, new: Site | None) -> Json:
    return {
        "changes": [_change_data(change) for change in changes],
        "location": _location(sides.new, new, sides.new_path),
        "old_location": _location(sides.old, old, sides.old_path),
    }


def _change_data(change: PropertyChange) -> Json:
    return {"property": change.name, "old": plain(change.old), "new": plain(change.new)}


def _location(reading: Reading, site: Site | None, path: Callable[[str], str]) -> Json | None:
    if site is None:
        return None
    span = reading.span(site)
    return {
        "path": path(span.path),
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
