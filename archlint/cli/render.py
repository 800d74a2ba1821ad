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
    config: Config = None,
    quiet: Quiet = False,
) -> int:
    """Draw the architecture as PNG or SVG."""
    from archlint.cli.console import complain  # noqa: PLC0415
    from archlint.cli.inputs import read_inputs  # noqa: PLC0415
    from archlint.cli.picturing import Wanted, choice_of, pictured, write_all  # noqa: PLC0415
    from archlint.draw import DrawingError, Look  # noqa: PLC0415

    if output is None:
        raise typer.BadParameter("say where the picture goes: -o FILE.png or -o FILE.svg")
    kind = output.suffix.lstrip(".").lower()
    if kind not in _FORMATS:
        message = f"`{output.name}` has no ending of a picture; use one of {', '.join(f'.{name}' for name in _FORMATS)}"
        raise typer.BadParameter(message)
    inputs = read_inputs(paths or [], config)
    choice = choice_of(inputs.reading.architecture, Wanted(service, focus, depth, everything))
    try:
        views = pictured(inputs, choice, findings=findings, patterns=patterns)
        written = write_all(output, kind, views, Look(theme.value, direction.value, legend))
    except DrawingError as error:
        complain(f"archlint: {error}")
        return 2
    if not quiet:
        complain(written)
    return 0
