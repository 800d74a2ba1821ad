"""Everything that a format is written from: the scene, and its geometry as soon as it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from archlint.draw.arranging import Arrangement
from archlint.draw.icons import icons_of
from archlint.draw.layout import lay_out, lay_out_all
from archlint.draw.look import Look
from archlint.draw.notes import Notes
from archlint.draw.painting import Picture, paint
from archlint.draw.scene import Arrow, Node, Scene
from archlint.model import Architecture


@dataclass(frozen=True)
class Sheet:
    """A scene of an architecture with the notes about it. Formats that need no geometry cost no layout."""

    architecture: Architecture
    scene: Scene
    look: Look
    notes: Notes

    @cached_property
    def geometry(self) -> Arrangement:
        """Where everything is. Raises :class:`archlint.draw.DrawingError`."""
        return lay_out(self.scene, self.look.direction)

    @cached_property
    def picture(self) -> Picture:
        """The scene as a small SVG. Raises :class:`archlint.draw.DrawingError`."""
        return paint(self.scene, self.geometry, self.look, icons_of(self.scene, small=True))

    @cached_property
    def fine_picture(self) -> Picture:
        """The scene as an SVG whose icons have all their pixels. Raises :class:`archlint.draw.DrawingError`."""
        return paint(self.scene, self.geometry, self.look, icons_of(self.scene))


def lay_out_together(sheets: Sequence[Sheet]) -> None:
    """Lay several sheets out in one run of Graphviz. Raises :class:`archlint.draw.DrawingError`."""
    found = lay_out_all([sheet.scene for sheet in sheets], sheets[0].look.direction)
    for sheet, geometry in zip(sheets, found, strict=True):
        vars(sheet)["geometry"] = geometry  # what the cached property would put there


def with_places(scene: Scene, architecture: Architecture, notes: Notes) -> Scene:
    """The scene with the place of each component and connection in its tooltip, linked where there is an address."""
    if notes.span is None:
        return scene
    return scene._replace(
        nodes=tuple(_placed_node(node, architecture, notes) for node in scene.nodes),
        arrows=tuple(_placed_arrow(arrow, notes) for arrow in scene.arrows),
    )


def _placed_node(node: Node, architecture: Architecture, notes: Notes) -> Node:
    component = architecture.by_id.get(node.id)
    if component is None:
        return node
    place = notes.place(component.site)
    return node._replace(title=f"{node.title}\n{place}", link=place.link)


def _placed_arrow(arrow: Arrow, notes: Notes) -> Arrow:
    places = [notes.place(edge.site) for edge in arrow.connections]
    if not places:
        return arrow
    return arrow._replace(title="\n".join((arrow.title, *map(str, places))), link=places[0].link)
