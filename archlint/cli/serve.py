"""``archlint serve``."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archlint.cli.console import When
from archlint.cli.flags import Colour, Config, Paths, Quiet, Verbose

if TYPE_CHECKING:
    from archlint.cli.inputs import Inputs
    from archlint.live import Live

_PORT = 8420


def serve(
    paths: Paths = None,
    port: Annotated[
        int | None, typer.Option("--port", min=0, max=65535, help="The port; 0 is any. Else 8420 or the next free one.")
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    link_base: Annotated[
        str, typer.Option("--link-base", metavar="URL", help="Where the files can be read, to link to their lines.")
    ] = "",
    config: Config = None,
    color: Colour = When.AUTO,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Show the architecture as a page on this machine that follows its files, until Ctrl-C."""
    from archlint.cli.console import complain  # noqa: PLC0415
    from archlint.cli.drawings import checked_base  # noqa: PLC0415
    from archlint.cli.notes import tell_inputs  # noqa: PLC0415
    from archlint.live import Live, PortError, serving  # noqa: PLC0415

    if paths and "-" in paths:
        raise typer.BadParameter("standard input cannot be followed; give a file or a folder")
    del color  # the page has its own, and what is said beside it follows the flag already
    base, live = checked_base(link_base), Live()
    try:
        with serving(live, _PORT if port is None else port, fixed=port is not None) as address:
            if not quiet:
                complain(f"Serving {address} until Ctrl-C.")
            if open_:
                import webbrowser  # noqa: PLC0415

                webbrowser.open(address)
            for inputs in _followed(paths or [], config, base, live):
                tell_inputs(inputs, quiet=quiet, verbose=verbose)
    except KeyboardInterrupt:
        return 0
    except PortError as error:
        complain(f"archlint: {error}")
        return 2
    return 0


def _followed(paths: list[str], config: Path | None, base: str, live: Live) -> Iterator[Inputs]:
    """What the page shows, drawn now and after every change; what is wrong is shown in it and on standard error."""
    from archlint.cli.console import complain, error_paint, tell  # noqa: PLC0415
    from archlint.cli.watching import follow  # noqa: PLC0415
    from archlint.draw import DrawingError  # noqa: PLC0415
    from archlint.model import InputError  # noqa: PLC0415
    from archlint.report.paint import Paint  # noqa: PLC0415
    from archlint.report.problems import problems_text  # noqa: PLC0415

    for found in follow(paths, config):
        if isinstance(found, InputError):
            tell(problems_text(found, error_paint(), found.texts))
            live.complain(problems_text(found, Paint(colour=False), found.texts))
            continue
        # Unlike any of a server before this one, whose page may still be open.
        revision = max(live.shown.revision + 1, time.time_ns() // 1_000_000)
        try:
            live.show(_page(found, base, revision), revision)
        except DrawingError as error:
            complain(f"archlint: {error}")
            live.complain(str(error))
        else:
            yield found


def _page(inputs: Inputs, base: str, revision: int) -> bytes:
    from archlint.cli.drawings import context_for  # noqa: PLC0415
    from archlint.draw import draw  # noqa: PLC0415

    return draw(inputs.reading.architecture, "html", None, context_for(inputs, "html", base, revision))
