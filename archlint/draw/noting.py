"""Meaning on top of a picture: findings as numbered marks, patterns as outlines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from archlint.draw.scene import Arrow, Mark, Note, Outline, Scene
from archlint.draw.wording import clean
from archlint.model import Finding, Match


def with_notes(scene: Scene, findings: Sequence[Finding]) -> Scene:
    """The scene with a mark where each finding is, and the list of those that are in it.

    The numbers are the findings' places, so that a finding has the same one in every view. A finding is on its
    connection, else its component, else its service; where that is not drawn, on the node that stands for the
    service.
    """
    on_node: dict[str, list[Mark]] = {}
    on_box: dict[str, list[Mark]] = {}
    on_arrow: dict[int, list[Mark]] = {}
    notes = []
    arrow_of = {id(edge): place for place, arrow in enumerate(scene.arrows) for edge in arrow.connections}
    stand_ins = _stand_ins(scene)
    boxes = {box.service for box in scene.boxes}
    for number, finding in enumerate(findings, 1):
        mark = Mark(number, finding.severity)
        service = finding.service or (finding.component.service if finding.component else None)
        if finding.connection is not None and id(finding.connection) in arrow_of:
            on_arrow.setdefault(arrow_of[id(finding.connection)], []).append(mark)
        elif (node := _node_of(finding, stand_ins)) is not None:
            on_node.setdefault(node, []).append(mark)
        elif finding.component is None and service in boxes:
            on_box.setdefault(service or "", []).append(mark)
        else:
            continue
        notes.append(Note(number, finding.severity, finding.rule, clean(finding.message)))
    return scene._replace(
        nodes=tuple(node._replace(marks=tuple(on_node.get(node.id, ()))) for node in scene.nodes),
        boxes=tuple(box._replace(marks=tuple(on_box.get(box.service, ()))) for box in scene.boxes),
        arrows=tuple(_marked(arrow, on_arrow.get(place, ())) for place, arrow in enumerate(scene.arrows)),
        notes=tuple(notes),
    )


def _marked(arrow: Arrow, marks: Iterable[Mark]) -> Arrow:
    return arrow._replace(marks=tuple(marks))


def _stand_ins(scene: Scene) -> Mapping[str, str]:
    """The node of each component and, in an overview, of each service by its name."""
    found = {node.component.id: node.id for node in scene.nodes if node.component is not None}
    found |= {member: node.id for node in scene.nodes for member in node.members}
    for node in scene.nodes:
        if node.service:
            found.setdefault(f"service {node.service}", node.id)
    return found


def _node_of(finding: Finding, stand_ins: Mapping[str, str]) -> str | None:
    if finding.component is not None:
        return stand_ins.get(finding.component.id)
    if finding.connection is not None:
        return stand_ins.get(finding.connection.source.id)
    return stand_ins.get(f"service {finding.service}")


def outlined(scene: Scene, matches: Iterable[Match], names: Mapping[str, str]) -> Scene:
    """The scene with an outline around the nodes of each pattern that is there whole; ``names`` are by pattern."""
    drawn = {node.id for node in scene.nodes}
    outlines = []
    for match in matches:
        members = dict.fromkeys(member for bound in match.roles.values() for member in bound)
        if members and all(member in drawn for member in members):
            outlines.append(Outline(names.get(match.pattern, match.pattern), tuple(members)))
    return scene._replace(outlines=tuple(outlines))
