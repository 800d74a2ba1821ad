"""``archlint patterns``."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archlint.cli.console import When
from archlint.cli.flags import Colour, Config, Theme

if TYPE_CHECKING:
    from archlint.report.paint import Paint
    from archlint.rulebook import Entry


_PAGES = frozenset({"", ".txt", ".md"})
"""Endings of files that hold the page of a pattern, for which nothing that draws has to be imported."""


class Format(StrEnum):
    """Forms of the answer."""

    TEXT = "text"
    JSON = "json"


def patterns(
    pattern: Annotated[str, typer.Argument(metavar="[ID]", help="One pattern.")] = "",
    format_: Annotated[Format, typer.Option("--format", help="How to answer.")] = Format.TEXT,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write there; .png, .svg, .pdf, .html … draw the pattern."),
    ] = None,
    theme: Annotated[Theme, typer.Option("--theme", help="Light or dark, of a picture.")] = Theme.LIGHT,
    config: Config = None,
    color: Colour = When.AUTO,
) -> int:
    """List the catalog of patterns, or explain one with its example; draw it with -o FILE.png."""
    from archlint.cli.configuration import find_configuration  # noqa: PLC0415
    from archlint.cli.console import answer, paint_for  # noqa: PLC0415
    from archlint.cli.names import known_name  # noqa: PLC0415
    from archlint.report.book import entries_data, entries_table, entry_data, entry_page  # noqa: PLC0415
    from archlint.report.data import dump  # noqa: PLC0415
    from archlint.rulebook import load  # noqa: PLC0415

    configuration = find_configuration(["."], config)
    known = load(configuration.rules, configuration.catalog).catalog
    paint = paint_for(color, output)
    if not pattern and output is not None and output.suffix.lower() not in {*_PAGES, ".json"}:
        message = f"the catalog is no picture for `{output.name}`; say which pattern to draw"
        raise typer.BadParameter(message)
    if pattern:
        found = known[known_name(pattern, known, "pattern")]
        if output is not None and format_ is Format.TEXT and output.suffix.lower() not in _PAGES:
            from archlint.cli.entry_pictures import picture_format, write_picture  # noqa: PLC0415  it draws

            if (kind := picture_format(output)) is not None:
                return write_picture(found, kind, theme.value, output)
            if output.suffix.lower() != ".json":
                message = f"`{output.name}` has no ending of a picture or of a page: .png, .svg, .html, .md, .txt …"
                raise typer.BadParameter(message)
        text = (
            dump(entry_data(found))
            if format_ is Format.JSON
            else entry_page(found, paint, _diagram(found, paint, output))
        )
    else:
        text = dump(entries_data(known.values())) if format_ is Format.JSON else entries_table(known.values(), paint)
    answer(text, output)
    return 0


def _diagram(entry: Entry, paint: Paint, output: Path | None) -> str:
    """The example of an entry in characters that the output can show; nothing if it has no example."""
    from archlint.importers import read_text  # noqa: PLC0415
    from archlint.report.terminal import drawing, strokes_for  # noqa: PLC0415
    from archlint.rulebook.examples import example_of  # noqa: PLC0415

    text = example_of(entry.file)
    if not text:
        return ""
    to_stdout = output is None or str(output) == "-"
    encoding = sys.stdout.encoding if to_stdout else "utf-8"
    return drawing(read_text(text, path=str(entry.file)).architecture, paint, strokes_for(encoding))
