"""What ``archlint suggest`` does: read, recognise, carry out, report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from archlint.cli.console import When, answer, complain, paint_for
from archlint.cli.inputs import Inputs, read_inputs
from archlint.cli.names import known_name
from archlint.cli.notes import tell_inputs
from archlint.cli.selecting import lint_settings
from archlint.lint import LintSettings
from archlint.model import Suggestion
from archlint.model.record import replace
from archlint.model.tuples import NamedTuple
from archlint.report.data import dump
from archlint.report.suggestions import answer_data, answer_text, in_words
from archlint.suggest import Answer, best_of_each_service
from archlint.suggest import apply as carry_out
from archlint.suggest import suggest as find


class Wanted(NamedTuple):
    """The flags of ``suggest``."""

    paths: Sequence[str]
    as_json: bool
    output: Path | None
    pattern: str
    service: str
    apply: bool
    diff: bool
    config: Path | None
    color: When
    quiet: bool
    verbose: bool


def refuse_together(wanted: Wanted) -> None:
    """Flags that make no sense together are wrong usage."""
    if wanted.diff and wanted.as_json:
        message = "--diff is a report of its own: no --format"
        raise typer.BadParameter(message)


def run(wanted: Wanted) -> int:
    """Do all of it, and answer the exit code."""
    inputs = read_inputs(wanted.paths, wanted.config)
    tell_inputs(inputs, quiet=wanted.quiet, verbose=wanted.verbose)
    pattern = known_name(wanted.pattern, inputs.rulebook.catalog, "pattern") if wanted.pattern else None
    settings = lint_settings(inputs.configuration, inputs.rulebook, "", "", strict=False)
    found = find(inputs.reading, inputs.rulebook, pattern, settings)
    if wanted.service:
        found = found.within(known_name(wanted.service, inputs.reading.architecture.services, "service"))
    if wanted.apply or wanted.diff:
        return _apply(wanted, inputs, found, settings)
    answer(
        dump(answer_data(found))
        if wanted.as_json
        else answer_text(found, inputs.rulebook, paint_for(wanted.color, wanted.output), pattern),
        wanted.output,
    )
    return 0


def _apply(wanted: Wanted, inputs: Inputs, found: Answer, settings: LintSettings) -> int:
    from archlint.cli.repairing import diff_of, write_changes  # noqa: PLC0415  only where something is changed

    before, chosen = inputs.reading, _chosen(found, wanted.pattern)
    done = carry_out(before, inputs.rulebook, chosen, settings)
    if wanted.diff:
        answer(diff_of(before, done.reading), wanted.output)
    else:
        write_changes(before, done.reading, wanted.paths)
        lines = (f"Completed {in_words(one, inputs.rulebook)}.\n" for one in done.applied)
        carried_out = replace(found, suggestions=done.applied)
        answer(dump(answer_data(carried_out)) if wanted.as_json else "".join(lines), wanted.output)
    for suggestion, why in done.refused:
        complain(f"archlint: not made: {in_words(suggestion, inputs.rulebook)}: {why}")
    if not wanted.quiet and not chosen:
        complain("archlint: nothing is near that a change would complete")
    if not done.refused:
        return 0
    return 1 if done.applied else 2


def _chosen(found: Answer, pattern: str) -> Sequence[Suggestion]:
    """The best of each service; of a pattern that was asked for, whatever its distance, only the nearest place."""
    return found.suggestions[:1] if pattern else best_of_each_service(found.suggestions)
