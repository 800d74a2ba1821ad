"""``archlint test``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archlint.cli.console import When
from archlint.cli.flags import Colour, Verbose


def test(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Rules and entries; default: the built-in ones.")
    ] = None,
    color: Colour = When.AUTO,
    verbose: Verbose = False,
) -> int:
    """Run the examples of the rules and catalog entries in a folder."""
    from archlint.cli.console import answer, paint_for  # noqa: PLC0415
    from archlint.proving import prove  # noqa: PLC0415
    from archlint.report.verdicts import verdicts_text  # noqa: PLC0415

    verdicts = prove(folder)
    answer(verdicts_text(verdicts, paint_for(color, None), everything=verbose), None)
    return int(any(not verdict.good for verdict in verdicts))
