"""``archlint import``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from archlint.cli.console import When
from archlint.cli.flags import Colour, Config, Output, Paths, Quiet, Verbose


class Format(StrEnum):
    """The one form of a description."""

    YAML = "yaml"


def import_(
    paths: Paths = None,
    format_: Annotated[Format, typer.Option("--format", help="The form of the description.")] = Format.YAML,
    output: Output = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there already.")] = False,
    config: Config = None,
    color: Colour = When.AUTO,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Write a description of any supported input."""
    del format_, color  # there is one form, and it has no colour
    from archlint.cli.console import answer, complain  # noqa: PLC0415
    from archlint.cli.inputs import read_inputs  # noqa: PLC0415
    from archlint.model import InputError, Problem  # noqa: PLC0415
    from archlint.writing import description_text  # noqa: PLC0415

    writes = output is not None and str(output) != "-"
    if output is not None and writes and output.exists() and not force:
        raise InputError([Problem("this file is there already", path=str(output), expected="another name, or --force")])
    inputs = read_inputs(paths or [], config)
    if inputs.reading.notes or verbose:
        from archlint.cli.notes import tell_inputs  # noqa: PLC0415  there is nothing to tell of most descriptions

        tell_inputs(inputs, quiet=quiet, verbose=verbose)
    answer(description_text(inputs.reading.architecture, list(inputs.reading.documents)), output)
    if writes and not quiet:
        complain(f"Wrote {output}. `archlint check {output}` lints it, `archlint diff` says when it no longer holds.")
    return 0
