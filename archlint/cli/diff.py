"""``archlint diff``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archlint.cli.console import When, answer, complain, paint_for
from archlint.cli.flags import Colour, Config, Direction, Quiet, Theme, Verbose
from archlint.report.paint import Paint

if TYPE_CHECKING:
    from archlint.cli.sides import Side
    from archlint.diff import Comparison


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A file, a folder, or REV:path as in `HEAD~1:arch.yaml`.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Likewise; `-` is standard input.")],
    format_: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="text, json, markdown, or a picture's: png, svg, html...")
    ] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there; the ending says the format.")
    ] = None,
    theme: Annotated[Theme, typer.Option("--theme", help="Light or dark, for a picture.")] = Theme.LIGHT,
    direction: Annotated[
        Direction, typer.Option("--direction", help="Left to right, or top to bottom, for a picture.")
    ] = Direction.LR,
    everything: Annotated[bool, typer.Option("--all", help="Everything in one picture, however large.")] = False,
    legend: Annotated[bool, typer.Option("--legend/--no-legend", help="Explain the arrows and signs.")] = True,
    scale: Annotated[float, typer.Option("--scale", min=0.1, max=10, help="Pixels a point of a PNG.")] = 1.5,
    config: Config = None,
    color: Colour = When.AUTO,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Say or draw what changed between two architectures. Exit code 0: nothing; 1: something; 2: invalid input."""
    from archlint.cli.drawings import chosen_form  # noqa: PLC0415
    from archlint.cli.notes import tell_documents, tell_notes  # noqa: PLC0415
    from archlint.cli.sides import compared, read_side  # noqa: PLC0415

    form, is_picture = chosen_form(output, format_)
    before, after = read_side(old, config), read_side(new, config)
    tell_notes([*before.notes, *after.notes], quiet=quiet, verbose=verbose)
    if verbose and not quiet:
        tell_documents(path for side in (before, after) for path in side.paths)
    comparison = compared(before.reading, after.reading)
    if not is_picture:
        text = _report(comparison, before, after, form, paint_for(color, output))
        if not (quiet and comparison.is_same and form == "text"):
            answer(text, output)
        return int(not comparison.is_same)
    from archlint.cli.drawing_differences import draw_differences  # noqa: PLC0415
    from archlint.draw import DrawingError, Look  # noqa: PLC0415

    try:
        look = Look(theme.value, direction.value, legend, scale)
        said = draw_differences(comparison, (before, after), form, look, output, everything=everything)
    except DrawingError as error:
        complain(f"archlint: {error}")
        return 2
    if said and not quiet:
        complain(said)
    return int(not comparison.is_same)


def _report(comparison: Comparison, before: Side, after: Side, form: str, paint: Paint) -> str:
    from archlint.report.data import dump  # noqa: PLC0415
    from archlint.report.differences import (  # noqa: PLC0415
        Sides,
        differences_data,
        differences_markdown,
        differences_text,
    )

    match form:
        case "json":
            return dump(differences_data(Sides(comparison, before.reading, after.reading, before.path, after.path)))
        case "markdown":
            return differences_markdown(comparison)
        case _:
            return differences_text(comparison, paint)
