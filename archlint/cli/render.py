"""``archlint render``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archlint.cli.console import When
from archlint.cli.flags import Colour, Config, Direction, Paths, Quiet, Theme, Verbose
from archlint.model.tuples import NamedTuple

if TYPE_CHECKING:
    from archlint.cli.inputs import Inputs
    from archlint.cli.picturing import Wanted
    from archlint.draw import Look


def render(
    paths: Paths = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="The picture; its ending says the format. `-`: print it."),
    ] = None,
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="The format, whatever the ending.")] = "",
    theme: Annotated[Theme, typer.Option("--theme", help="Light or dark.")] = Theme.LIGHT,
    direction: Annotated[
        Direction, typer.Option("--direction", help="Left to right, or top to bottom.")
    ] = Direction.LR,
    service: Annotated[
        str, typer.Option("--service", metavar="NAME", help="Only this service, with its neighbours.")
    ] = "",
    focus: Annotated[str, typer.Option("--focus", metavar="ID", help="Only what is around this component.")] = "",
    depth: Annotated[
        int | None, typer.Option("--depth", metavar="N", min=0, help="How many connections around it; 1 if not said.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Everything in one picture, however large.")] = False,
    findings: Annotated[bool, typer.Option("--findings", help="Mark and list what `check` finds.")] = False,
    patterns: Annotated[bool, typer.Option("--patterns", help="Outline the patterns that are there.")] = False,
    legend: Annotated[bool, typer.Option("--legend/--no-legend", help="Explain the arrows.")] = True,
    scale: Annotated[float, typer.Option("--scale", min=0.1, max=10, help="Pixels a point of a PNG.")] = 1.5,
    link_base: Annotated[
        str, typer.Option("--link-base", metavar="URL", help="Where the files can be read, to link to their lines.")
    ] = "",
    watch: Annotated[bool, typer.Option("--watch", help="Draw again whenever a file changes, until Ctrl-C.")] = False,
    config: Config = None,
    color: Colour = When.AUTO,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Draw the architecture: SVG, PNG, PDF, HTML, Mermaid, Markdown, D2, DOT, draw.io or JSON."""
    del color  # a picture has its theme
    from archlint.cli.drawings import checked_base, chosen_format  # noqa: PLC0415
    from archlint.cli.picturing import Wanted  # noqa: PLC0415
    from archlint.draw import Look, is_whole  # noqa: PLC0415

    kind = chosen_format(output, format_)
    job = _Job(
        paths or [],
        kind,
        output,
        Look(theme.value, direction.value, legend, scale),
        checked_base(link_base),
        Wanted(service, focus, depth, everything or is_whole(kind), findings, patterns),
        quiet=quiet,
        verbose=verbose,
    )
    if not watch:
        from archlint.cli.inputs import read_inputs  # noqa: PLC0415

        return job.run(read_inputs(job.paths, config))
    if output is None or str(output) == "-":
        message = "--watch needs a file to draw to: -o FILE"
        raise typer.BadParameter(message)
    from archlint.cli.watching import repeat  # noqa: PLC0415

    return repeat(job.paths, config, job.run)


class _Job(NamedTuple):
    """One drawing, to be done once or again and again."""

    paths: list[str]
    kind: str
    output: Path | None
    look: Look
    base: str
    wanted: Wanted
    quiet: bool
    verbose: bool

    def run(self, inputs: Inputs) -> int:
        """Draw and write; the exit code."""
        from archlint.cli.console import complain  # noqa: PLC0415
        from archlint.cli.drawings import context_for  # noqa: PLC0415
        from archlint.cli.notes import tell_inputs  # noqa: PLC0415
        from archlint.cli.picturing import fonts_lack, pictured, write_all  # noqa: PLC0415
        from archlint.cli.writing import expect_folder  # noqa: PLC0415
        from archlint.draw import DrawingError, draw_scenes  # noqa: PLC0415

        if self.output is not None:
            expect_folder(self.output)
        tell_inputs(inputs, quiet=self.quiet, verbose=self.verbose)
        try:
            views = pictured(inputs, self.wanted, self.output)
            context = context_for(inputs, self.kind, self.base)
            pictures = draw_scenes([view.scene for view in views], self.kind, self.look, context)
            written = write_all(self.output, views, list(pictures))
        except DrawingError as error:
            complain(f"archlint: {error}")
            return 2
        if not self.quiet:
            for words in filter(None, (fonts_lack(views, self.kind), written)):
                for line in words.split("\n"):
                    complain(line)
        return 0
