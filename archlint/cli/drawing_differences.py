"""The picture of ``archlint diff``: both architectures in one, with what became of each part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from archlint.cli.picturing import fonts_lack, is_stdout, with_user_icons, write_all
from archlint.cli.sides import Side
from archlint.diff import Comparison, United, united
from archlint.draw import Choice, Context, Look, Scene, View, differing, draw_scenes, is_whole, views, with_changes
from archlint.model import Site, Span


def draw_differences(
    comparison: Comparison,
    sides: tuple[Side, Side],
    form: str,
    look: Look,
    output: Path | None,
    *,
    everything: bool,
) -> str:
    """Draw and write the picture, and answer what to say of it. Raises :class:`archlint.draw.DrawingError`."""
    both = united(comparison)
    found = views(both.architecture, Choice(everything=everything or is_whole(form), chiefly=differing(both)))
    if is_stdout(output) or comparison.is_same:
        found = found[:1]
    source = " → ".join(dict.fromkeys(map(_name, sides)))
    scenes = [with_changes(_with_icons(view.scene, sides[1]), both)._replace(source=source) for view in found]
    drawn = [View(view.name, scene) for view, scene in zip(found, scenes, strict=True)]
    pictures = draw_scenes(scenes, form, look, Context(both.architecture, _spans(sides)))
    said = write_all(output, drawn, list(pictures))
    return "\n".join(filter(None, (fonts_lack(drawn, form), _partly(drawn, both), said)))


def _partly(drawn: Sequence[View], both: United) -> str:
    """What to say of a picture in which not everything is."""
    count, whole = len(drawn[0].scene.nodes), len(both.architecture.components)
    if len(drawn) > 1 or count == whole or any(node.members for node in drawn[0].scene.nodes):
        return ""
    return (
        f"Drew what is different with its neighbours, {count} of {whole} components, for more could not be read; "
        "`--all` draws everything."
    )


def _name(side: Side) -> str:
    """A side's files without their folders, with the revision that they are from."""
    names = [path.replace("\\", "/").rpartition("/")[2] for path in side.reading.architecture.documents]
    shown = ", ".join(name for name in names if not name.startswith("<")) or "standard input"
    return f"{side.revision}:{shown}" if side.revision else shown


def _with_icons(scene: Scene, new: Side) -> Scene:
    """The icons that users name in files that are still there: what is gone or in a revision has that of its type."""
    if new.revision:
        return scene
    here = set(new.reading.architecture.components)
    drawn = with_user_icons(
        scene._replace(nodes=tuple(one for one in scene.nodes if one.component in here)), new.reading
    )
    icons = {node.id: node for node in drawn.nodes}
    return scene._replace(nodes=tuple(icons.get(node.id, node) for node in scene.nodes), images=drawn.images)


def _spans(sides: tuple[Side, Side]) -> Callable[[Site], Span]:
    """Where something of either side is written."""
    old, new = sides

    def span(site: Site) -> Span:
        side = new if site.document in new.reading.documents else old
        found = side.reading.span(site)
        return found._replace(path=side.path(found.path))

    return span
