"""``archlint schema``."""

from __future__ import annotations

from typing import Annotated

import typer

from archlint.cli.flags import Output


def schema(
    report: Annotated[
        str, typer.Option("--report", metavar="COMMAND", help="The schema of this command's JSON instead: check.")
    ] = "",
    output: Output = None,
) -> int:
    """Print the JSON Schema of the description format, for completion in an editor; or that of a report."""
    from archlint.cli.console import answer  # noqa: PLC0415

    if report:
        from archlint.cli.names import known_name  # noqa: PLC0415
        from archlint.report.schemas import report_schema, reports_with_schema  # noqa: PLC0415

        answer(report_schema(known_name(report, reports_with_schema(), "schema of a report")), output)
        return 0
    from archlint.report.data import dump  # noqa: PLC0415
    from archlint.vocabulary.schema import json_schema  # noqa: PLC0415

    answer(dump(json_schema()), output)
    return 0
