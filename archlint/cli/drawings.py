"""What commands that draw have in common: the format, the address of the files, and what a picture says beside."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from archlint.cli.inputs import Inputs
    from archlint.draw import Context

_URL = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~/@+=:,%-]*)?")


def chosen_format(output: Path | None, wanted: str, others: tuple[str, ...] = ()) -> str:
    """The format: the one asked for, else what the file's ending says. Wrong usage if neither says one.

    ``others`` are formats that are no pictures, to be named where there is none of a name.
    """
    from archlint.draw import format_names, format_of, is_binary  # noqa: PLC0415
    from archlint.vocabulary import nearest  # noqa: PLC0415

    names = format_names()
    to_stdout = output is None or str(output) == "-"
    if wanted:
        found = wanted if wanted in names else format_of(Path(f"picture.{wanted}"))
        if found is None:
            known = dict.fromkeys((*others, *names))
            near = nearest(wanted, known)
            hint = f"; did you mean `{near}`?" if near else f"; there are {', '.join(known)}"
            raise typer.BadParameter(f"there is no format `{wanted}`{hint}")
    elif to_stdout:
        raise typer.BadParameter("say where the picture goes: -o FILE.svg, or --format svg -o -")
    else:
        assert output is not None
        found = format_of(output)
        if found is None:
            raise typer.BadParameter(
                f"`{output.name}` has no ending of a picture; use --format, or one of "
                + ", ".join(f".{_ending(name)}" for name in names)
            )
    if to_stdout and is_binary(found) and sys.stdout.isatty():
        raise typer.BadParameter(f"{found.upper()} is nothing for a terminal; say where it goes: -o FILE")
    return found


REPORTS = ("text", "json", "markdown")
"""The forms of a comparison that are no pictures."""


def chosen_form(output: Path | None, wanted: str) -> tuple[str, bool]:
    """How a comparison is told, as asked for, else as the file's ending says, else as text; whether it is a picture."""
    from archlint.draw import format_of  # noqa: PLC0415

    if wanted in REPORTS:
        return wanted, False
    ending = None if output is None or str(output) == "-" else format_of(output)
    if wanted or (ending is not None and ending not in REPORTS):
        return chosen_format(output, wanted, REPORTS), True
    return ending or "text", False


def _ending(name: str) -> str:
    from archlint.draw import FORMATS  # noqa: PLC0415

    return FORMATS[name].endings[0] if name in FORMATS else name


def checked_base(url: str) -> str:
    """An address for links, or nothing. Wrong usage if it is no plain ``http`` or ``https`` one."""
    if url and not _URL.fullmatch(url):
        raise typer.BadParameter(f"--link-base: `{url[:200]}` is no address such as https://github.com/me/it/blob/main")
    return url


def context_for(inputs: Inputs, name: str, base: str, revision: int = 0) -> Context:
    """Places for every format; findings and patterns for the page, which shows them.

    ``revision`` is not 0 for a page that is served live.
    """
    from archlint.draw import Context  # noqa: PLC0415

    architecture = inputs.reading.architecture
    if name != "html":
        return Context(architecture, inputs.reading.span, base)
    from archlint.cli.picturing import found_findings, found_matches  # noqa: PLC0415

    names = {id_: entry.name for id_, entry in inputs.rulebook.catalog.items()}
    span = inputs.reading.span
    return Context(architecture, span, base, found_findings(inputs), found_matches(inputs), names, revision)
