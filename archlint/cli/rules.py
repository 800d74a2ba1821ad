"""``archlint rules``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from archlint.cli.console import When
from archlint.cli.flags import Colour, Config, Output


class Format(StrEnum):
    """Forms of the answer."""

    TEXT = "text"
    JSON = "json"


def rules(
    rule: Annotated[str, typer.Argument(metavar="[ID]", help="One rule.")] = "",
    format_: Annotated[Format, typer.Option("--format", help="How to answer.")] = Format.TEXT,
    output: Output = None,
    config: Config = None,
    color: Colour = When.AUTO,
) -> int:
    """List the rules, or explain one with its why, examples and fix."""
    from archlint.cli.configuration import find_configuration  # noqa: PLC0415
    from archlint.cli.console import answer, paint_for  # noqa: PLC0415
    from archlint.cli.names import known_name  # noqa: PLC0415
    from archlint.report.book import rule_data, rule_page, rules_data, rules_table  # noqa: PLC0415
    from archlint.report.data import dump  # noqa: PLC0415
    from archlint.rulebook import load  # noqa: PLC0415

    configuration = find_configuration(["."], config)
    known = load(configuration.rules, configuration.catalog).rules
    paint = paint_for(color, output)
    if rule:
        found = known[known_name(rule, known, "rule")]
        text = dump(rule_data(found)) if format_ is Format.JSON else rule_page(found, paint)
    else:
        text = dump(rules_data(known.values())) if format_ is Format.JSON else rules_table(known.values(), paint)
    answer(text, output)
    return 0
