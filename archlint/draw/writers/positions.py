"""The positions as JSON: what another program needs to draw the same picture."""

from __future__ import annotations

import json
from collections.abc import Iterable

from archlint.draw.lines import thinned
from archlint.draw.scene import Node
from archlint.draw.shapes import Point, Rect
from archlint.draw.sheet import Sheet
from archlint.draw.sizes import icon_rect

VERSION = 1


def write(sheet: Sheet) -> bytes:
    """A document of points of 1/72 inch, y downwards, the extent's top left at 0, 0."""
    scene, geometry = sheet.scene, sheet.geometry
    left, top = geometry.extent.left, geometry.extent.top

    def box(rect: Rect) -> dict[str, float]:
        return {
            "x": round(rect.left - left, 1),
            "y": round(rect.top - top, 1),
            "width": round(rect.width, 1),
            "height": round(rect.height, 1),
        }

    def line(points: Iterable[Point]) -> list[list[float]]:
        return [[round(x - left, 1), round(y - top, 1)] for x, y in points]

    components = [_component(node) | box(icon_rect(geometry.centres[node.id])) for node in scene.nodes]
    services = [
        {"name": service.name, "components": list(service.members)} | box(rect)
        for service, rect in zip(scene.boxes, geometry.boxes, strict=True)
    ]
    connections = [
        {
            "source": arrow.source,
            "target": arrow.target,
            "style": arrow.line.value,
            "actions": list(dict.fromkeys(edge.action for edge in arrow.connections)),
            "points": line(thinned(points, 0.5)),
            "label": {"text": " ".join(arrow.label)} | box(geometry.labels[place])
            if place in geometry.labels
            else None,
        }
        for place, (arrow, points) in enumerate(zip(scene.arrows, geometry.lines, strict=True))
    ]
    document = {
        "version": VERSION,
        "title": scene.title,
        "width": round(geometry.extent.width, 1),
        "height": round(geometry.extent.height, 1),
        "services": services,
        "components": components,
        "connections": connections,
    }
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


def _component(node: Node) -> dict[str, object]:
    if node.component is None:
        return {"id": None, "type": None, "service": node.service, "components": list(node.members)}
    return {"id": node.id, "type": node.component.type, "service": node.component.service}
