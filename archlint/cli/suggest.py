"""``archlint suggest``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from archlint.cli.console import When
from archlint.cli.flags import Colour, Config, Output, Paths, Quiet, Verbose


class Format(StrEnum):
    """Forms of the answer."""

    TEXT = "text"
    JSON = "json"


def suggest(
    paths: Paths = None,
    format_: Annotated[Format, typer.Option("--format", help="How to answer.")] = Format.TEXT,
    output: Output = None,
    pattern: Annotated[str, typer.Option("--pattern", metavar="ID", help="Only this pattern, at any distance.")] = "",
    config: Config = None,
    color: Colour = When.AUTO,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Name the patterns that are there, and the nearest ones with the change that would complete them."""
    from archlint.cli.console import answer, paint_for  # noqa: PLC0415
    from archlint.cli.inputs import read_inputs  # noqa: PLC0415
    from archlint.cli.names import known_name  # noqa: PLC0415
    from archlint.cli.notes import tell_notes  # noqa: PLC0415
    from archlint.report.data import dump  # noqa: PLC0415
    from archlint.report.suggestions import answer_data, answer_text  # noqa: PLC0415
    from archlint.suggest import suggest as find  # noqa: PLC0415

    inputs = read_inputs(paths or [], config)
    tell_notes(inputs.reading, quiet=quiet, verbose=verbose)
    wanted = known_name(pattern, inputs.rulebook.catalog, "pattern") if pattern else None
    found = find(inputs.reading, inputs.rulebook, wanted)
    text = (
        dump(answer_data(found))
        if format_ is Format.JSON
        else answer_text(found, inputs.rulebook, paint_for(color, output), wanted)
    )
    answer(text, output)
    return 0
