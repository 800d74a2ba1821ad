"""``archlint check``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from archlint.cli.console import When
from archlint.cli.flags import Colour, Config, Output, Paths, Quiet, Verbose


class FailOn(StrEnum):
    """From which severity on findings make the command fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


def check(
    paths: Paths = None,
    format_: Annotated[
        str,
        typer.Option("--format", metavar="REPORT", help="text, json, sarif, junit, github, gitlab, markdown."),
    ] = "text",
    output: Output = None,
    select: Annotated[str, typer.Option("--select", metavar="RULES", help="Only these rules or groups.")] = "",
    ignore: Annotated[str, typer.Option("--ignore", metavar="RULES", help="Not these rules or groups.")] = "",
    fail_on: Annotated[FailOn | None, typer.Option("--fail-on", help="Fail from this severity on.")] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Make the safe fixes in the files.")] = False,
    unsafe_fixes: Annotated[bool, typer.Option("--unsafe-fixes", help="Make all fixes in the files.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what the fixes would change, and change nothing.")] = False,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", metavar="FILE", help="Suppress the findings in this file.")
    ] = None,
    write_baseline: Annotated[
        Path | None, typer.Option("--write-baseline", metavar="FILE", help="Write the findings there.")
    ] = None,
    changed_from: Annotated[
        str, typer.Option("--changed-from", metavar="REF", help="Only what is new since this git revision.")
    ] = "",
    against: Annotated[
        str,
        typer.Option("--against", metavar="PATH", help="Find drift from this description, or what implements it."),
    ] = "",
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail for warnings too; tell what could not be checked.")
    ] = False,
    show_settings: Annotated[
        bool, typer.Option("--show-settings", help="Print the configuration in force, and check nothing.")
    ] = False,
    config: Config = None,
    color: Colour = When.AUTO,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Find what will hurt. Exit code 0: nothing at or above the threshold; 1: findings; 2: invalid input."""
    from archlint.cli.checking import Wanted, run  # noqa: PLC0415  no other command needs it

    wanted = Wanted(
        paths=paths or ["."],
        format=format_,
        output=output,
        select=select,
        ignore=ignore,
        fail_on=fail_on.value if fail_on else None,
        config=config,
        color=color,
        quiet=quiet,
        verbose=verbose,
        baseline=baseline,
        write_baseline=write_baseline,
        fix=fix,
        unsafe_fixes=unsafe_fixes,
        diff=diff,
        strict=strict,
        changed_from=changed_from,
        against=against,
    )
    if show_settings:
        from archlint.cli.settings import show_settings as show  # noqa: PLC0415  checks nothing

        return show(wanted)
    return run(wanted)
