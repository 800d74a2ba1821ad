"""Which pictures ``archlint render`` makes, and the files they go to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import typer

from archlint.cli.console import write_bytes, write_file
from archlint.cli.inputs import Inputs
from archlint.cli.names import known_name
from archlint.draw import Choice, Context, DrawingError, Look, View, draw_scenes, outlined, views, with_notes
from archlint.model import Architecture, Finding, Match


class Wanted(NamedTuple):
    """The flags that choose a part of the architecture; ``depth`` None if it is not said."""

    service: str
    focus: str
    depth: int | None
    everything: bool


def choice_of(architecture: Architecture, wanted: Wanted) -> Choice:
    """The flags with their names checked. Raises the library's ``BadParameter``."""
    if wanted.service and wanted.focus:
        raise typer.BadParameter("--service and --focus are two pictures: give one of them")
    if wanted.depth is not None and not (wanted.service or wanted.focus):
        raise typer.BadParameter("--depth says how far around --focus or --service to look: give one of them")
    service = known_name(wanted.service, architecture.services, "service") if wanted.service else ""
    focus = known_name(wanted.focus, architecture.by_id, "component") if wanted.focus else ""
    return Choice(service, focus, 1 if wanted.depth is None else wanted.depth, wanted.everything)


def pictured(inputs: Inputs, choice: Choice, *, findings: bool, patterns: bool) -> list[View]:
    """The views with what is to be said on top of them. Raises :class:`archlint.draw.DrawingError`."""
    found = views(inputs.reading.architecture, choice)
    if findings:
        open_ = [finding for finding in found_findings(inputs) if not finding.suppressed]
        found = [View(view.name, with_notes(view.scene, open_)) for view in found]
    if patterns:
        matches = found_matches(inputs)
        names = {id_: entry.name for id_, entry in inputs.rulebook.catalog.items()}
        found = [View(view.name, outlined(view.scene, matches, names)) for view in found]
    return found


def found_findings(inputs: Inputs) -> Sequence[Finding]:
    """What ``check`` finds with the same configuration, suppressed findings among it."""
    from archlint.lint import LintSettings, check  # noqa: PLC0415

    configuration = inputs.configuration
    settings = LintSettings(configuration.select, configuration.ignore, configuration.severities, configuration.options)
    return check(inputs.reading.architecture, inputs.rulebook, settings).findings


def found_matches(inputs: Inputs) -> list[Match]:
    """The patterns that are there whole."""
    from archlint.facts import Graph  # noqa: PLC0415
    from archlint.recognition import recognise  # noqa: PLC0415
    from archlint.search import Search  # noqa: PLC0415

    matched = recognise(Search(Graph(inputs.reading.architecture)), inputs.rulebook).matched
    return [one.as_match() for one in matched]


def write_all(output: Path | None, kind: str, found: Sequence[View], look: Look, context: Context) -> str:
    """Draw every view, then write every file, and say so. Raises :class:`archlint.draw.DrawingError`."""
    if output is None or str(output) == "-":
        if len(found) > 1:
            message = (
                f"these are {len(found)} pictures; say which one with --service or --focus, or --all for one of all"
            )
            raise DrawingError(message)
        write_bytes(next(draw_scenes([found[0].scene], kind, look, context)), None)
        return ""
    pictures = list(draw_scenes([view.scene for view in found], kind, look, context))
    files = [_file_of(output, view) for view in found]
    for file, data in zip(files, pictures, strict=True):
        write_file(file, data)
    if len(files) == 1:
        return f"Wrote {files[0]}."
    listed = "".join(f"\n  {file}" for file in files[1:])
    why = "for one could not be read; `--all` draws everything in one"
    return f"Wrote {len(files)} pictures, {why}:\n  {files[0]}{listed}"


def _file_of(output: Path, view: View) -> Path:
    return output.with_name(f"{output.stem}-{view.name}{output.suffix}") if view.name else output
