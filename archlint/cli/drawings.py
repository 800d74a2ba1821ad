"""What commands that draw have in common: the format, the address of the files, and what a picture says beside."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from archlint.cli.inputs import Inputs
    from archlint.draw import Notes

_URL = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~/@+=:,%-]*)?")


def chosen_format(output: Path | None, wanted: str) -> str:
    """The format: the one asked for, else what the file's ending says. Wrong usage if neither says one."""
    from archlint.draw import format_names, format_of, is_binary  # noqa: PLC0415
    from archlint.vocabulary import nearest  # noqa: PLC0415

    names = format_names()
    to_stdout = output is None or str(output) == "-"
    if wanted:
        found = wanted if wanted in names else format_of(Path(f"picture.{wanted}"))
        if found is None:
            near = nearest(wanted, names)
            hint = f"; did you mean `{near}`?" if near else f"; there are {', '.join(names)}"
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


def _ending(name: str) -> str:
    from archlint.draw import FORMATS  # noqa: PLC0415

    return FORMATS[name].endings[0] if name in FORMATS else name


def checked_base(url: str) -> str:
    """An address for links, or nothing. Wrong usage if it is no plain ``http`` or ``https`` one."""
    if url and not _URL.fullmatch(url):
        raise typer.BadParameter(f"--link-base: `{url[:200]}` is no address such as https://github.com/me/it/blob/main")
    return url


def notes_for(inputs: Inputs, name: str, base: str) -> Notes:
    """Places for every format; findings and patterns for the page, which shows them."""
    from archlint.draw import Notes  # noqa: PLC0415

    if name != "html":
        return Notes(inputs.reading.span, base)
    from archlint.facts import Graph  # noqa: PLC0415
    from archlint.lint import LintSettings, check  # noqa: PLC0415
    from archlint.recognition import recognise  # noqa: PLC0415
    from archlint.search import Search  # noqa: PLC0415

    configuration, architecture = inputs.configuration, inputs.reading.architecture
    settings = LintSettings(configuration.select, configuration.ignore, configuration.severities, configuration.options)
    findings = check(architecture, inputs.rulebook, settings).findings
    recognised = recognise(Search(Graph(architecture)), inputs.rulebook)
    return Notes(inputs.reading.span, base, findings, [matched.as_match() for matched in recognised.matched])
