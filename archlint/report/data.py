"""The machine-readable answers, as plain data."""

from __future__ import annotations

import json
from collections.abc import Mapping

from archlint.importers import Reading
from archlint.model import (
    AddComponent,
    AddConnection,
    Change,
    Component,
    Connection,
    Finding,
    Fix,
    Properties,
    RemoveComponent,
    RemoveConnection,
    SetProperty,
    Site,
    Value,
    is_unknown,
)
from archlint.report.checkup import Checkup
from archlint.report.counting import counts
from archlint.report.remedies import remedies

Json = dict[str, object]
VERSION = 1


def dump(data: Json) -> str:
    """JSON text, the same for the same answer."""
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def report(checkup: Checkup) -> str:
    """The document of ``check --format json``."""
    return dump(findings_data(checkup))


def findings_data(checkup: Checkup) -> Json:
    """The data of ``check --format json``; its schema stands in ``check.schema.json``."""
    reading = checkup.reading
    number = counts(checkup)
    return {
        "version": VERSION,
        "findings": [_finding(finding, reading) for finding in checkup.findings],
        "summary": {
            "files": len(reading.documents),
            "components": len(reading.architecture.components),
            **{severity.word: count for severity, count in number.severities.items()},
            "suppressed": number.suppressed,
            "fixable": {"safe": number.safe, "unsafe": number.unsafe},
            "fixed": checkup.fixed,
        },
    }


def _finding(finding: Finding, reading: Reading) -> Json:
    return {
        "rule": finding.rule,
        "severity": finding.severity.word,
        "confidence": finding.confidence.word,
        "message": finding.message,
        "help": finding.help,
        "snippets": [
            {"language": one.language, "term": one.term, "where": one.where, "text": one.snippet}
            for one in remedies(finding, reading)
        ],
        "component": finding.component.id if finding.component else None,
        "connection": _edge(finding.connection) if finding.connection else None,
        "components": [component.id for component in finding.components],
        "service": finding.service,
        "location": _location(finding.site, reading),
        "related": [
            {
                "message": related.message,
                "component": related.component.id if related.component else None,
                "location": _location(related.site, reading),
            }
            for related in finding.related
        ],
        "path": [{**_edge(edge), "location": _location(edge.site, reading)} for edge in finding.path],
        "patterns": list(finding.patterns),
        "fix": _fix(finding.fix) if finding.fix else None,
        "suppressed": finding.suppressed,
        "suppression": {"kind": finding.suppressed_by, "reason": finding.reason} if finding.suppressed else None,
        "fingerprint": finding.fingerprint,
    }


def _fix(fix: Fix) -> Json:
    return {
        "safety": "safe" if fix.safe else "unsafe",
        "description": fix.description,
        "edits": [change_data(change) for change in fix.changes],
    }


def change_data(change: Change) -> Json:
    """A change as an operation."""
    match change:
        case AddComponent(id_, type_, service, properties):
            return {
                "op": "add_component",
                "id": id_,
                "type": type_,
                "service": service,
                "properties": plain(properties),
            }
        case RemoveComponent(id_):
            return {"op": "remove_component", "id": id_}
        case SetProperty(name, value, component, connection):
            place: Json = {"component": component}
            if connection is not None:
                source, target, style, action = connection
                edge = {"source": source, "target": target, "style": style.value, "action": action}
                place = {"connection": edge}
            return {"op": "set_property", **place, "property": name, "value": plain(value)}
        case AddConnection(source, target, style, action, properties):
            return {
                "op": "add_connection",
                "source": source,
                "target": target,
                "style": style.value,
                "action": action or None,
                "properties": plain(properties),
            }
        case RemoveConnection(source, target, style, action):
            return {
                "op": "remove_connection",
                "source": source,
                "target": target,
                "style": style.value,
                "action": action,
            }


def graph_data(reading: Reading) -> Json:
    """The document of ``graph``: sorted, so that the documents of equal graphs are equal but for the locations."""
    architecture = reading.architecture
    components = sorted(architecture.components, key=lambda component: component.id)
    return {
        "version": VERSION,
        "name": architecture.name,
        "services": sorted(architecture.services),
        "components": [_component(component, reading) for component in components],
        "connections": [
            {
                **_edge(edge),
                "properties": _sorted(edge.properties),
                "confidence": edge.confidence.word,
                "location": _location(edge.site, reading),
            }
            for edge in sorted(architecture.connections, key=_order)
        ],
    }


def _order(edge: Connection) -> tuple[str, str, str, str, str]:
    said = json.dumps(_sorted(edge.properties))
    return edge.source.id, edge.target.id, edge.style.value, edge.action, said


def _component(component: Component, reading: Reading) -> Json:
    return {
        "id": component.id,
        "type": component.type,
        "service": component.service,
        "label": component.label,
        "properties": {name: value for name, value in _sorted(component.properties).items() if name != "label"},
        "location": _location(component.site, reading),
    }


def _sorted(properties: Properties) -> Json:
    return {name: plain(properties[name]) for name in sorted(properties)}


def _edge(edge: Connection) -> Json:
    return {
        "source": edge.source.id,
        "target": edge.target.id,
        "style": edge.style.value,
        "action": edge.action,
    }


def _location(site: Site, reading: Reading) -> Json:
    span = reading.span(site)
    return {
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def plain(value: Value) -> object:
    """A property's value as JSON has it."""
    if is_unknown(value):
        return "unknown"
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value
