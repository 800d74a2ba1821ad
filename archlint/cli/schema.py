"""``archlint schema``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from archlint.cli.flags import Output


class Format(StrEnum):
    """Forms of the answer."""

    JSON = "json"
    MARKDOWN = "markdown"


def schema(
    report: Annotated[
        str, typer.Option("--report", metavar="COMMAND", help="The schema of this command's JSON instead: check.")
    ] = "",
    format_: Annotated[
        Format, typer.Option("--format", help="The schema itself, or its types and properties in tables.")
    ] = Format.JSON,
    output: Output = None,
) -> int:
    """Print the JSON Schema of the description format, for completion in an editor; or that of a report."""
    from archlint.cli.console import answer  # noqa: PLC0415

    if report and format_ is not Format.JSON:
        from archlint.cli.usage import wrong_usage  # noqa: PLC0415

        message = "--report: the schema of a report is JSON; leave out --format"
        raise wrong_usage(message)
    answer(_report(report) if report else _description(format_), output)
    return 0


def _report(command: str) -> str:
    from archlint.cli.names import known_name  # noqa: PLC0415
    from archlint.report.schemas import report_schema, reports_with_schema  # noqa: PLC0415

    return report_schema(known_name(command, reports_with_schema(), "schema of a report"))


def _description(form: Format) -> str:
    if form is Format.MARKDOWN:
        from archlint.report.format_page import format_markdown  # noqa: PLC0415

        return format_markdown()
    from archlint.report.data import dump  # noqa: PLC0415
    from archlint.vocabulary.schema import json_schema  # noqa: PLC0415

    return dump(json_schema())
