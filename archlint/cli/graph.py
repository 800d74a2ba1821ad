"""``archlint graph``."""

from __future__ import annotations

from archlint.cli.flags import Config, Output, Paths


def graph(paths: Paths = None, output: Output = None, config: Config = None) -> int:
    """Print the component graph as JSON."""
    from archlint.cli.console import answer  # noqa: PLC0415
    from archlint.cli.inputs import read_inputs  # noqa: PLC0415
    from archlint.report.data import dump, graph_data  # noqa: PLC0415

    reading = read_inputs(paths or [], config).reading
    if reading.notes:
        from archlint.cli.notes import tell_notes  # noqa: PLC0415  a description has none

        tell_notes(reading)
    answer(dump(graph_data(reading)), output)
    return 0
