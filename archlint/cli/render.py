"""``archlint render``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from archlint.cli.flags import Config, Paths, Quiet

_FORMATS = ("png", "svg")


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
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="The picture; its ending says the format.")
    ] = None,
    theme: Annotated[Theme, typer.Option("--theme", help="Light or dark.")] = Theme.LIGHT,
    direction: Annotated[
        Direction, typer.Option("--direction", help="Left to right, or top to bottom.")
    ] = Direction.LR,
    legend: Annotated[bool, typer.Option("--legend/--no-legend", help="Explain the arrows.")] = True,
    config: Config = None,
    quiet: Quiet = False,
) -> int:
    """Draw the architecture as PNG or SVG."""
    from archlint.cli.console import complain, write_file  # noqa: PLC0415
    from archlint.cli.inputs import read_inputs  # noqa: PLC0415
    from archlint.draw import DrawingError, Look, draw  # noqa: PLC0415

    if output is None:
        raise typer.BadParameter("say where the picture goes: -o FILE.png or -o FILE.svg")
    kind = output.suffix.lstrip(".").lower()
    if kind not in _FORMATS:
        message = f"`{output.name}` has no ending of a picture; use one of {', '.join(f'.{name}' for name in _FORMATS)}"
        raise typer.BadParameter(message)
    inputs = read_inputs(paths or [], config)
    try:
        picture = draw(inputs.reading.architecture, kind, Look(theme.value, direction.value, legend))
    except DrawingError as error:
        complain(f"archlint: {error}")
        return 2
    write_file(output, picture)
    if not quiet:
        complain(f"Wrote {output}.")
    return 0
