"""Which pictures ``archlint render`` makes, and the files they go to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import typer

from archlint.cli.console import write_file
from archlint.cli.inputs import Inputs
from archlint.cli.names import known_name
from archlint.draw import Choice, Look, View, draw_scenes, outlined, views, with_notes
from archlint.model import Architecture


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
        from archlint.lint import LintSettings, check  # noqa: PLC0415

        configuration = inputs.configuration
        settings = LintSettings(
            configuration.select, configuration.ignore, configuration.severities, configuration.options
        )
        checked = check(inputs.reading.architecture, inputs.rulebook, settings).findings
        open_ = [finding for finding in checked if not finding.suppressed]
        found = [View(view.name, with_notes(view.scene, open_)) for view in found]
    if patterns:
        from archlint.facts import Graph  # noqa: PLC0415
        from archlint.recognition import recognise  # noqa: PLC0415
        from archlint.search import Search  # noqa: PLC0415

        matched = recognise(Search(Graph(inputs.reading.architecture)), inputs.rulebook).matched
        matches = [one.as_match() for one in matched]
        names = {id_: entry.name for id_, entry in inputs.rulebook.catalog.items()}
        found = [View(view.name, outlined(view.scene, matches, names)) for view in found]
    return found


def write_all(output: Path, kind: str, found: Sequence[View], look: Look) -> str:
    """Draw every view, then write every file, and say so. Raises :class:`archlint.draw.DrawingError`."""
    pictures = list(draw_scenes([view.scene for view in found], kind, look))
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
