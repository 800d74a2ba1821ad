"""The flags that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from archlint.cli.console import When, colour_errors


class Theme(StrEnum):
    """Background of the picture."""

    LIGHT = "light"
    DARK = "dark"


class Direction(StrEnum):
    """Where the main line goes."""

    LR = "LR"
    TB = "TB"


Paths: TypeAlias = Annotated[
    list[str] | None, typer.Argument(metavar="[PATH]...", help="Files and folders; `-` is standard input.")
]
Config: TypeAlias = Annotated[Path | None, typer.Option("--config", metavar="FILE", help="The configuration to use.")]
Output: TypeAlias = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there, not to standard output.")
]
Colour: TypeAlias = Annotated[
    When, typer.Option("--color", help="When to use colour.", callback=colour_errors, is_eager=True)
]
Quiet: TypeAlias = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but results.")]
Verbose: TypeAlias = Annotated[bool, typer.Option("--verbose", "-v", help="Say more about what is done.")]
