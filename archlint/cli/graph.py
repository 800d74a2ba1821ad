"""``archlint graph``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from archlint.cli.console import When
from archlint.cli.flags import Colour, Config, Output, Paths, Quiet, Verbose


class Format(StrEnum):
    """The one form of the answer."""

    JSON = "json"


def graph(
    paths: Paths = None,
    format_: Annotated[Format, typer.Option("--format", help="The form of the graph.")] = Format.JSON,
    output: Output = None,
    config: Config = None,
    color: Colour = When.AUTO,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Print the component graph as JSON."""
    del format_, color  # there is one form, and it has no colour
    from archlint.cli.console import answer  # noqa: PLC0415
    from archlint.cli.inputs import read_inputs  # noqa: PLC0415
    from archlint.report.data import dump, graph_data  # noqa: PLC0415

    inputs = read_inputs(paths or [], config)
    if inputs.reading.notes or verbose:
        from archlint.cli.notes import tell_inputs  # noqa: PLC0415  there is nothing to tell of most descriptions

        tell_inputs(inputs, quiet=quiet, verbose=verbose)
    answer(dump(graph_data(inputs.reading)), output)
    return 0
