"""``archlint import``."""

from __future__ import annotations

from typing import Annotated

import typer

from archlint.cli.flags import Config, Output, Paths, Quiet


def import_(
    paths: Paths = None,
    output: Output = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there already.")] = False,
    config: Config = None,
    quiet: Quiet = False,
) -> int:
    """Write a description of any supported input."""
    from archlint.cli.console import answer, complain  # noqa: PLC0415
    from archlint.cli.inputs import read_inputs  # noqa: PLC0415
    from archlint.model import InputError, Problem  # noqa: PLC0415
    from archlint.writing import description_text  # noqa: PLC0415

    writes = output is not None and str(output) != "-"
    if output is not None and writes and output.exists() and not force:
        raise InputError([Problem("this file is there already", path=str(output), expected="another name, or --force")])
    reading = read_inputs(paths or [], config).reading
    if reading.notes:
        from archlint.cli.notes import tell_notes  # noqa: PLC0415  a description has none

        tell_notes(reading, quiet=quiet)
    answer(description_text(reading.architecture, list(reading.documents)), output)
    if writes and not quiet:
        complain(f"Wrote {output}. `archlint check {output}` lints it, `archlint diff` says when it no longer holds.")
    return 0
