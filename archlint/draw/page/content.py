"""What the interactive page knows about its picture, as plain data for its script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from archlint.draw.cards import LEGEND, Card, cards
from archlint.draw.context import Context, Place
from archlint.draw.scene import Arrow, Change, Scene
from archlint.draw.sheet import Sheet
from archlint.draw.signs import SIGNS
from archlint.draw.sizes import icon_rect
from archlint.draw.wording import clean
from archlint.model import Connection, Finding, Match, Value, is_unknown
from archlint.vocabulary import show_duration, show_size, vocabulary

Json: TypeAlias = dict[str, object]
_MOST = 4000
"""The most characters of a text of the user."""


def content(sheet: Sheet) -> Json:
    """Components, arrows by their place in the picture, services, findings and patterns of the scene.

    ``changes`` is what is different in a picture of two versions, None in one of a single architecture.
    """
    scene, context = sheet.scene, sheet.context
    architecture = context.architecture
    arrow_of = {id(edge): place for place, arrow in enumerate(scene.arrows) for edge in arrow.connections}
    drawn = {node.id for node in scene.nodes}
    return {
        "title": scene.title,
        "description": _text(architecture.description) if architecture else "",
        "revision": context.revision,
        "legend": {line.value: text for line, text in LEGEND.items()},
        "components": [_component(card, sheet) for card in cards(sheet)],
        "arrows": [_arrow(arrow, context) for arrow in scene.arrows],
        "services": _services(sheet),
        "changes": list(_changes(scene)) if scene.remark else None,
        "findings": [
            _finding(finding, context, arrow_of, drawn)
            for finding in context.findings
            if _concerns(finding, scene, drawn)
        ],
        "patterns": [_pattern(match, context) for match in context.matches if drawn.issuperset(_members(match))],
    }


def _component(card: Card, sheet: Sheet) -> Json:
    node = card.node
    rect = icon_rect(sheet.geometry.centres[node.id])
    found: Json = {
        "id": node.id,
        "name": card.name,
        "type": card.about.partition(", ")[0],
        "kind": "",
        "service": node.service or None,
        "description": "",
        "planned": node.planned,
        "properties": [],
        "place": _place(Place("", 0, "")),
        "change": _change(node.change),
        "box": {"x": round(rect.left, 1), "y": round(rect.top, 1), "width": rect.width, "height": rect.height},
    }
    component = node.component
    if component is not None:
        properties = component.properties
        found |= {
            "kind": component.type,
            "service": component.service,
            "description": _written(properties.get("description")),
            "properties": _properties(properties, component.type),
            "place": _place(sheet.context.place(component.site)),
        }
    return found


def _written(value: Value) -> str:
    """A text of the user, nothing if there is none; it may be unknown."""
    return "" if value is None else _text(str(value))


def _arrow(arrow: Arrow, context: Context) -> Json:
    return {
        "from": arrow.source,
        "to": arrow.target,
        "style": arrow.line.value,
        "label": " ".join(arrow.label),
        "change": _change(arrow.change),
        "connections": [_connection(edge, context) for edge in arrow.connections],
    }


def _connection(edge: Connection, context: Context) -> Json:
    return {
        "action": edge.action,
        "confidence": edge.confidence.word,
        "properties": _properties(edge.properties, ""),
        "place": _place(context.place(edge.site)),
    }


def _services(sheet: Sheet) -> list[Json]:
    known = sheet.context.architecture.services if sheet.context.architecture else {}
    return [
        {
            "name": box.service,
            "tint": box.tint % 8,
            "owner": _written(known[box.service].properties.get("owner")) if box.service in known else "",
        }
        for box in sheet.scene.boxes
    ]


def _changes(scene: Scene) -> Iterator[Json]:
    for node in scene.nodes:
        if node.change:
            yield {"kind": "component", "key": node.id}
    for place, arrow in enumerate(scene.arrows):
        if arrow.change:
            yield {"kind": "arrow", "key": place}


def _change(change: Change | None) -> Json | None:
    if change is None:
        return None
    return {"status": change.status.value, "sign": SIGNS[change.status], "words": change.text}


def _concerns(finding: Finding, scene: Scene, drawn: set[str]) -> bool:
    """Whether a finding is about something in the picture."""
    if finding.component is not None:
        return finding.component.id in drawn
    return any(box.service == finding.service for box in scene.boxes) or any(
        component.id in drawn for component in finding.components
    )


def _finding(finding: Finding, context: Context, arrow_of: Mapping[int, int], drawn: set[str]) -> Json:
    return {
        "rule": finding.rule,
        "severity": finding.severity.word,
        "confidence": finding.confidence.word,
        "message": _text(finding.message),
        "help": _text(finding.help),
        "fix": _text(finding.fix.description) if finding.fix else None,
        "component": finding.component.id if finding.component else None,
        "service": finding.service,
        "components": [component.id for component in finding.components if component.id in drawn],
        "path": [arrow_of[id(edge)] for edge in _path(finding) if id(edge) in arrow_of],
        "place": _place(context.place(finding.site)),
        "related": [
            {"message": _text(related.message), "place": _place(context.place(related.site))}
            for related in finding.related
        ],
        "suppressed": finding.suppressed,
    }


def _path(finding: Finding) -> tuple[Connection, ...]:
    return finding.path or ((finding.connection,) if finding.connection else ())


def _pattern(match: Match, context: Context) -> Json:
    return {
        "name": _text(context.names.get(match.pattern, match.pattern)),
        "variant": _text(match.variant or ""),
        "service": match.service,
        "roles": [[_text(role.replace("_", " ")), list(ids)] for role, ids in match.roles.items() if ids],
        "components": list(_members(match)),
    }


def _members(match: Match) -> Iterable[str]:
    return dict.fromkeys(id_ for ids in match.roles.values() for id_ in ids)


def _place(place: Place) -> Json:
    return {"path": place.path, "line": place.line, "link": place.link}


def _properties(properties: Mapping[str, Value], type_: str) -> list[list[str]]:
    words = vocabulary()
    kinds = words.types[type_].properties if type_ else words.connection_properties
    return [
        [name.replace("_", " "), _text(_shown(value, getattr(kinds.get(name), "kind", "")))]
        for name, value in properties.items()
        if name not in ("label", "description", "icon")
    ]


def _shown(value: Value, kind: str) -> str:
    if is_unknown(value):
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float) and kind in ("duration", "size"):
        return show_duration(value) if kind == "duration" else show_size(int(value))
    if isinstance(value, Mapping):
        return ", ".join(f"{name.replace('_', ' ')} {_shown(item, '')}" for name, item in value.items())
    if isinstance(value, tuple):
        return ", ".join(_shown(item, "") for item in value)
    return str(value)


def _text(text: str) -> str:
    """A text of the user, cut to what a page can show; without control characters."""
    return "\n".join(clean(line) for line in text[:_MOST].splitlines()) + ("\u2026" if len(text) > _MOST else "")
