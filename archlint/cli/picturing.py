"""Which pictures ``archlint render`` makes, and the files they go to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from archlint.cli.console import write_bytes, write_file
from archlint.cli.inputs import Inputs
from archlint.cli.names import known_name
from archlint.draw import Choice, IconError, Scene, View, outlined, views, with_images, with_notes
from archlint.importers import Reading, find_root
from archlint.model import Architecture, Finding, InputError, Match, Problem
from archlint.model.tuples import NamedTuple


class Wanted(NamedTuple):
    """The flags that choose a part, None for a ``depth`` that is not said, and what is drawn on top."""

    service: str
    focus: str
    depth: int | None
    everything: bool
    findings: bool
    patterns: bool


def pictured(inputs: Inputs, wanted: Wanted, output: Path | None) -> list[View]:
    """The views with what is to be said on top of them; only the first where there is no file to name the others by.

    Raises :class:`archlint.draw.DrawingError`.
    """
    architecture = inputs.reading.architecture
    found = views(architecture, _choice(architecture, wanted))
    if is_stdout(output):
        found = found[:1]
    found = [View(view.name, with_user_icons(view.scene, inputs.reading)) for view in found]
    if wanted.findings:
        findings = [finding for finding in found_findings(inputs) if not finding.suppressed]
        found = [View(view.name, with_notes(view.scene, findings)) for view in found]
    if wanted.patterns:
        names = {id_: entry.name for id_, entry in inputs.rulebook.catalog.items()}
        matches = found_matches(inputs)
        found = [View(view.name, outlined(view.scene, matches, names)) for view in found]
    return found


def with_user_icons(scene: Scene, reading: Reading) -> Scene:
    """The scene with the icons that its components ask for. Raises :class:`archlint.model.InputError`."""
    documents = reading.architecture.documents
    try:
        return with_images(scene, find_root(Path(documents[0]) if documents else Path.cwd()))
    except IconError as error:
        site = error.component.site
        span = reading.span(site._replace(route=(*site.route, "icon"), part=None, key=False))
        raise InputError([Problem(str(error), span)]) from error


def _choice(architecture: Architecture, wanted: Wanted) -> Choice:
    if wanted.service and wanted.focus:
        raise typer.BadParameter("--service and --focus are two pictures: give one of them")
    if wanted.depth is not None and not (wanted.service or wanted.focus):
        raise typer.BadParameter("--depth says how far around --focus or --service to look: give one of them")
    service = known_name(wanted.service, architecture.services, "service") if wanted.service else ""
    focus = known_name(wanted.focus, architecture.by_id, "component") if wanted.focus else ""
    return Choice(service, focus, 1 if wanted.depth is None else wanted.depth, wanted.everything)


def found_findings(inputs: Inputs) -> Sequence[Finding]:
    """What ``check`` finds with the same configuration, suppressed findings among it."""
    from archlint.lint import LintSettings, check  # noqa: PLC0415

    had = inputs.configuration
    settings = LintSettings(had.select, had.ignore, had.severities, had.options)
    return check(inputs.reading.architecture, inputs.rulebook, settings).findings


def found_matches(inputs: Inputs) -> Sequence[Match]:
    """The patterns that are there whole."""
    from archlint.facts import Graph  # noqa: PLC0415
    from archlint.recognition import recognise  # noqa: PLC0415
    from archlint.search import Search  # noqa: PLC0415

    found = recognise(Search(Graph(inputs.reading.architecture)), inputs.rulebook).matched
    return [matched.as_match() for matched in found]


def write_all(output: Path | None, found: Sequence[View], pictures: Sequence[bytes]) -> str:
    """Write every picture, and answer what to say of it."""
    if output is None or is_stdout(output):
        write_bytes(pictures[0], output)
        return ""
    files = [_file_of(output, view) for view in found]
    for file, data in zip(files, pictures, strict=True):
        write_file(file, data)
    if len(files) == 1:
        return f"Wrote {files[0]}."
    listed = "".join(f"\n  {file}" for file in files)
    return f"Wrote {len(files)} pictures, for one could not be read; `--all` draws everything in one:{listed}"


def fonts_lack(found: Sequence[View], kind: str) -> str:
    """What to say of characters for which there is no font here; nothing if there are none, or another draws them."""
    if kind != "png":
        return ""
    from archlint.draw.png import missing_characters  # noqa: PLC0415

    texts = [text for view in found for text in _texts(view.scene)]
    missing = missing_characters(texts)
    if not missing:
        return ""
    shown = missing if len(missing) <= 12 else f"{missing[:12]}\u2026"
    return (
        f"archlint: no font here has {shown}; drawn as \u25a1. An SVG leaves it to the viewer's fonts, and "
        "`pip install archlint[cjk]` brings one for Chinese, Japanese and Korean"
    )


def _texts(scene: Scene) -> Iterator[str]:
    yield scene.title
    for node in scene.nodes:
        yield from (*node.name, *node.detail)
    for box in scene.boxes:
        yield box.name
    for arrow in scene.arrows:
        yield from arrow.label


def is_stdout(output: Path | None) -> bool:
    """Whether a result goes to standard output."""
    return output is None or str(output) == "-"


def _file_of(output: Path, view: View) -> Path:
    return output.with_name(f"{output.stem}-{view.name}{output.suffix}") if view.name else output
