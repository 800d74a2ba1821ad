"""Everything that a format is written from: the scene, and its geometry as soon as it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from archlint.draw.arranging import Arrangement
from archlint.draw.context import Context
from archlint.draw.icons import icons_of
from archlint.draw.layout import lay_out, lay_out_all
from archlint.draw.look import Look
from archlint.draw.painting import Picture, paint
from archlint.draw.scene import Arrow, Node, Scene
from archlint.model.record import record


@record
class Sheet:
    """A scene and what is known beside it. ``laid`` is its geometry, if there is one already.

    Formats that need no geometry cost no layout.
    """

    scene: Scene
    look: Look
    context: Context
    laid: Arrangement | None = None

    @cached_property
    def geometry(self) -> Arrangement:
        """Where everything is. Raises :class:`archlint.draw.DrawingError`."""
        return self.laid or lay_out(self.scene, self.look.direction)

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


def with_places(scene: Scene, context: Context) -> Scene:
    """The scene with the place of each component and connection in its tooltip, linked where there is an address."""
    if context.span is None:
        return scene
    return scene._replace(
        nodes=tuple(_placed_node(node, context) for node in scene.nodes),
        arrows=tuple(_placed_arrow(arrow, context) for arrow in scene.arrows),
    )


def _placed_node(node: Node, context: Context) -> Node:
    if node.component is None:
        return node
    place = context.place(node.component.site)
    return node._replace(title=f"{node.title}\n{place}", link=place.link)


_MOST = 5
"""How many places a tooltip names."""


def _placed_arrow(arrow: Arrow, context: Context) -> Arrow:
    places = [context.place(edge.site) for edge in arrow.connections[:_MOST]]
    if not places:
        return arrow
    more = [f"and {len(arrow.connections) - _MOST} more"] if len(arrow.connections) > _MOST else []
    link = places[0].link if len(arrow.connections) == 1 else ""
    return arrow._replace(title="\n".join((arrow.title, *map(str, places), *more)), link=link)
