"""``archlint test``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from archlint.cli.console import When
from archlint.cli.flags import Colour, Output, Verbose


class Format(StrEnum):
    """Forms of the answer."""

    TEXT = "text"
    JSON = "json"


def test(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="A folder of rules and entries, or one file; default: the built-in ones."),
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to answer.")] = Format.TEXT,
    output: Output = None,
    color: Colour = When.AUTO,
    verbose: Verbose = False,
) -> int:
    """Run the examples of the rules and catalog entries in a folder. Exit code 1: one of them does not hold."""
    from archlint.cli.configuration import find_configuration  # noqa: PLC0415
    from archlint.cli.console import answer, paint_for  # noqa: PLC0415
    from archlint.proving import prove  # noqa: PLC0415
    from archlint.report.data import dump  # noqa: PLC0415
    from archlint.report.verdicts import verdicts_data, verdicts_text  # noqa: PLC0415
    from archlint.rulebook import load  # noqa: PLC0415

    configuration = find_configuration(["."], None)
    verdicts = prove(folder, load(configuration.rules, configuration.catalog))
    if format_ is Format.JSON:
        answer(dump(verdicts_data(verdicts)), output)
    else:
        answer(verdicts_text(verdicts, paint_for(color, output), everything=verbose), output)
    return int(any(not verdict.good for verdict in verdicts))
