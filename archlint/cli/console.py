"""Printing: results to standard output or a file, everything else to standard error."""

from __future__ import annotations

import os
import sys
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from archlint.model import InputError, Problem
from archlint.report.paint import Paint


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


def error_paint() -> Paint:
    """Colour for what goes to standard error."""
    return Paint(_is_colourful(sys.stderr))


def _is_colourful(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def complain(message: str) -> None:
    """A line to standard error."""
    print(message, file=sys.stderr)


def answer(text: str, output: Path | None) -> None:
    """The result: to a file, whole or not at all, else to standard output."""
    if output is None or str(output) == "-":
        sys.stdout.write(text)
    else:
        write_file(output, text.encode())


def write_bytes(data: bytes, output: Path | None) -> None:
    """The result of a command that draws: to a file, whole or not at all, else to standard output."""
    if output is None or str(output) == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_file(output, data)


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: beside it first, then in its place."""
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
            temporary = Path(stream.name)
            stream.write(data)
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise InputError(
            [Problem(f"cannot write this file: {(error.strerror or str(error)).lower()}", path=str(path))]
        ) from error


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
