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
    service: Annotated[str, typer.Option("--service", metavar="NAME", help="Only what is in this service.")] = "",
    apply: Annotated[
        bool,
        typer.Option("--apply", help="Make the first change of each service in the files."),
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --apply would change, and change nothing.")] = False,
    config: Config = None,
    color: Colour = When.AUTO,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Name the patterns that are there, and the nearest ones with the change that would complete them."""
    from archlint.cli.suggesting import Wanted, refuse_together, run  # noqa: PLC0415  no other command needs it

    wanted = Wanted(
        paths=paths or ["."],
        as_json=format_ is Format.JSON,
        output=output,
        pattern=pattern,
        service=service,
        apply=apply,
        diff=diff,
        config=config,
        color=color,
        quiet=quiet,
        verbose=verbose,
    )
    refuse_together(wanted)
    return run(wanted)
