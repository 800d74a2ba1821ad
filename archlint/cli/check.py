"""``archlint check``."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from archlint.cli.console import When
from archlint.cli.flags import Colour, Config, Output, Paths, Quiet, Verbose

if TYPE_CHECKING:
    from archlint.cli.inputs import Inputs
    from archlint.lint import LintSettings


class Format(StrEnum):
    """Reports of findings."""

    TEXT = "text"
    JSON = "json"


class FailOn(StrEnum):
    """From which severity on findings make the command fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


def check(
    paths: Paths = None,
    format_: Annotated[Format, typer.Option("--format", help="How to report.")] = Format.TEXT,
    output: Output = None,
    select: Annotated[str, typer.Option("--select", metavar="RULES", help="Only these rules or groups.")] = "",
    ignore: Annotated[str, typer.Option("--ignore", metavar="RULES", help="Not these rules or groups.")] = "",
    fail_on: Annotated[FailOn | None, typer.Option("--fail-on", help="Fail from this severity on.")] = None,
    config: Config = None,
    color: Colour = When.AUTO,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Find what will hurt. Exit code 0: nothing at or above the threshold; 1: findings; 2: invalid input."""
    from archlint.cli.console import answer, complain, paint_for  # noqa: PLC0415
    from archlint.cli.inputs import read_inputs  # noqa: PLC0415
    from archlint.lint import check as find  # noqa: PLC0415

    inputs = read_inputs(paths or [], config)
    found = find(inputs.reading.architecture, inputs.rulebook, _settings(inputs, select, ignore)).findings
    if inputs.reading.notes and not quiet:
        from archlint.report.paint import safe  # noqa: PLC0415

        for note in inputs.reading.notes:
            complain(f"note: {safe(str(note))}")
    if verbose:
        complain(f"archlint: {len(inputs.rulebook.rules)} rules, {', '.join(inputs.reading.documents)}")
    threshold = fail_on.value if fail_on else inputs.configuration.fail_on
    if format_ is Format.JSON:
        from archlint.report.data import dump, findings_data  # noqa: PLC0415

        answer(dump(findings_data(found, inputs.reading)), output)
    else:
        from archlint.report.text import findings_text  # noqa: PLC0415

        if not quiet or any(not finding.suppressed for finding in found):
            answer(findings_text(found, inputs.reading, paint_for(color, output)), output)
    return int(_fails(threshold, [finding.severity.word for finding in found if not finding.suppressed]))


def _fails(threshold: str, words: list[str]) -> bool:
    order = ["info", "warning", "error"]
    return threshold != "never" and any(order.index(word) >= order.index(threshold) for word in words)


def _settings(inputs: Inputs, select: str, ignore: str) -> LintSettings:
    from archlint.lint import LintSettings  # noqa: PLC0415

    configuration = inputs.configuration
    known: set[str] = set()
    if select or ignore:
        rules = inputs.rulebook.rules
        known = {*rules, *(rule.group for rule in rules.values())}
    return LintSettings(
        _known(select, known, "--select") or configuration.select,
        _known(ignore, known, "--ignore") | configuration.ignore,
        configuration.severities,
        configuration.options,
    )


def _known(words: str, known: set[str], flag: str) -> frozenset[str]:
    names = frozenset(word.strip() for word in words.split(",") if word.strip())
    for name in sorted(names - known):
        from archlint.vocabulary import nearest  # noqa: PLC0415

        near = nearest(name, sorted(known))
        hint = f"; did you mean `{near}`?" if near else ""
        message = f"{flag}: there is no rule or group `{name}`{hint}"
        raise typer.BadParameter(message)
    return names
