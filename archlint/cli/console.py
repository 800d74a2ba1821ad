"""Printing: results to standard output or a file, everything else to standard error."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from archlint.cli import progress
from archlint.cli.writing import write_file
from archlint.report.paint import Paint, safe

__all__ = [
    "When",
    "answer",
    "colour_errors",
    "complain",
    "error_paint",
    "paint_for",
    "tell",
    "width_for",
    "write_bytes",
    "write_file",
]


class When(StrEnum):
    """When to use colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def paint_for(when: When, output: Path | None) -> Paint:
    """Colour for results: not in files, pipes or where ``NO_COLOR`` is set, unless asked for."""
    if when is When.AUTO:
        return Paint(output is None and _is_colourful(sys.stdout))
    return Paint(when is When.ALWAYS)


class _Errors:
    """When what goes to standard error has colour: a choice of the whole command line, made before anything is read."""

    when = When.AUTO


def colour_errors(when: When) -> When:
    """Use colour on standard error as on standard output; gives the choice back."""
    _Errors.when = when
    return when


def error_paint() -> Paint:
    """Colour for what goes to standard error."""
    if _Errors.when is When.AUTO:
        return Paint(_is_colourful(sys.stderr))
    return Paint(_Errors.when is When.ALWAYS)


def _is_colourful(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def complain(message: str) -> None:
    """A line to standard error, in which nothing that came from outside can steer the terminal or begin a new line."""
    _write(sys.stderr, f"{safe(message)}\n")


def tell(text: str) -> None:
    """Text that was made for a person, with its colours and line breaks, to standard error."""
    _write(sys.stderr, text)


def _write(stream: TextIO, text: str) -> None:
    """Write UTF-8, whatever the locale says; to a terminal that knows less, what it can show."""
    if isinstance(stream, TextIOWrapper) and stream.encoding.lower().replace("-", "") != "utf8":
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8")
    progress.clear()
    stream.write(text)


def width_for(output: Path | None) -> int:
    """The columns to wrap results at: those of a terminal, else 0 for no wrapping."""
    if output is not None or not sys.stdout.isatty():
        return 0
    from shutil import get_terminal_size  # noqa: PLC0415  only for a person

    return max(get_terminal_size().columns, 40)


def answer(text: str, output: Path | None) -> None:
    """The result: to a file, whole or not at all, else to standard output."""
    progress.end()
    if output is None or str(output) == "-":
        _write(sys.stdout, text)
    else:
        write_file(output, text.encode())


def write_bytes(data: bytes, output: Path | None) -> None:
    """The result of a command that draws: to a file, whole or not at all, else to standard output."""
    progress.end()
    if output is None or str(output) == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_file(output, data)
