"""``archlint render``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archlint.cli.flags import Config, Paths, Quiet

if TYPE_CHECKING:
    from archlint.cli.picturing import Wanted
    from archlint.draw import Look

if TYPE_CHECKING:
    from archlint.draw import Look


class Theme(StrEnum):
    """Background of the picture."""

    LIGHT = "light"
    DARK = "dark"


class Direction(StrEnum):
    """Where the main line goes."""

    LR = "LR"
    TB = "TB"


def render(
    paths: Paths = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="The picture; its ending says the format. `-`: print it."),
    ] = None,
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="The format, whatever the ending.")] = "",
    theme: Annotated[Theme, typer.Option("--theme", help="Light or dark.")] = Theme.LIGHT,
    direction: Annotated[
        Direction, typer.Option("--direction", help="Left to right, or top to bottom.")
    ] = Direction.LR,
    service: Annotated[
        str, typer.Option("--service", metavar="NAME", help="Only this service, with its neighbours.")
    ] = "",
    focus: Annotated[str, typer.Option("--focus", metavar="ID", help="Only what is around this component.")] = "",
    depth: Annotated[
        int | None, typer.Option("--depth", metavar="N", min=0, help="How many connections around it; 1 if not said.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Everything in one picture, however large.")] = False,
    findings: Annotated[bool, typer.Option("--findings", help="Mark and list what `check` finds.")] = False,
    patterns: Annotated[bool, typer.Option("--patterns", help="Outline the patterns that are there.")] = False,
    legend: Annotated[bool, typer.Option("--legend/--no-legend", help="Explain the arrows.")] = True,
    scale: Annotated[float, typer.Option("--scale", min=0.1, max=10, help="Pixels a point of a PNG.")] = 1.5,
    link_base: Annotated[
        str, typer.Option("--link-base", metavar="URL", help="Where the files can be read, to link to their lines.")
    ] = "",
    watch: Annotated[bool, typer.Option("--watch", help="Draw again whenever a file changes.")] = False,
    config: Config = None,
    quiet: Quiet = False,
) -> int:
    """Draw the architecture: PNG, SVG, PDF, HTML, Mermaid, Markdown, D2, DOT, draw.io or JSON."""
    from archlint.cli.drawings import checked_base, chosen_format  # noqa: PLC0415
    from archlint.cli.picturing import Wanted  # noqa: PLC0415
    from archlint.draw import Look  # noqa: PLC0415

    name = chosen_format(output, format_)
    base = checked_base(link_base)
    look = Look(theme.value, direction.value, legend, scale)
    wanted = Wanted(service, focus, depth, everything, findings, patterns)

    def run() -> int:
        return _drawn_once(paths or [], config, name, output, look, base, wanted, quiet=quiet)

    if not watch:
        return run()
    if output is None or str(output) == "-":
        message = "--watch needs a file to draw to: -o FILE"
        raise typer.BadParameter(message)
    from archlint.cli.watching import repeat  # noqa: PLC0415

    return repeat(run, paths or ["."], config)


def _drawn_once(
    paths: list[str],
    config: Path | None,
    name: str,
    output: Path | None,
    look: Look,
    base: str,
    wanted: Wanted,
    *,
    quiet: bool,
) -> int:
    from archlint.cli.console import complain  # noqa: PLC0415
    from archlint.cli.drawings import notes_for  # noqa: PLC0415
    from archlint.cli.inputs import read_inputs  # noqa: PLC0415
    from archlint.cli.picturing import fonts_lack, pictured, write_all  # noqa: PLC0415
    from archlint.draw import DrawingError, draw_views  # noqa: PLC0415

    inputs = read_inputs(paths, config)
    try:
        found = pictured(inputs, wanted, output)
        notes = notes_for(inputs, name, base)
        said = write_all(output, found, list(draw_views(inputs.reading.architecture, found, name, look, notes)))
    except DrawingError as error:
        complain(f"archlint: {error}")
        return 2
    if not quiet:
        for words in filter(None, (fonts_lack(found, name), said)):
            complain(words)
    return 0
