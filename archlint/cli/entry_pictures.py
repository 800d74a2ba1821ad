"""A catalog entry as a picture: its example, drawn as ``archlint render`` draws."""

from __future__ import annotations

from pathlib import Path

from archlint.cli.console import complain, write_bytes
from archlint.draw import Context, DrawingError, Look, draw, format_of
from archlint.importers import read_text
from archlint.model.record import replace
from archlint.rulebook import Entry
from archlint.rulebook.examples import example_of

_TEXTS = frozenset({"json", "markdown"})
"""Formats whose endings are those of the page and the data of an entry as well, which they stand for here."""


def picture_format(output: Path | None) -> str | None:
    """The format of a picture that a file's ending asks for; None where it asks for the page."""
    found = None if output is None else format_of(output)
    return None if found in _TEXTS else found


def write_picture(entry: Entry, format_: str, theme: str, output: Path) -> int:
    """Draw the entry's example under the entry's name, and answer the exit code."""
    text = example_of(entry.file)
    if not text:
        complain(f"archlint: {entry.id} has no example to draw")
        return 2
    reading = read_text(text, path=str(entry.file))
    architecture = replace(reading.architecture, name=entry.name)
    try:
        data = draw(architecture, format_, Look(theme=theme), Context(architecture))
    except DrawingError as error:
        complain(f"archlint: {error}")
        return 2
    write_bytes(data, output)
    return 0
