"""The commands, put together. The module of a command is imported when the command is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from archlint import __version__
from archlint.model.tuples import NamedTuple


class Place(NamedTuple):
    """Where a command is (a function of a module of this package), and what the list of commands says of it."""

    module: str
    function: str
    summary: str


COMMANDS: Mapping[str, Place] = {
    "check": Place("check", "check", "Find what will hurt."),
    "render": Place("render", "render", "Draw the architecture: SVG, PNG, PDF, HTML, Mermaid and more."),
    "serve": Place("serve", "serve", "Show the architecture as a page that follows its files."),
    "suggest": Place("suggest", "suggest", "Name the patterns that are there, and the nearest ones."),
    "import": Place("importing", "import_", "Write a description of any supported input."),
    "graph": Place("graph", "graph", "Print the component graph as JSON."),
    "diff": Place("diff", "diff", "Say what changed between two architectures."),
    "patterns": Place("patterns", "patterns", "List the catalog of patterns, or explain one with its example."),
    "rules": Place("rules", "rules", "List the rules, or explain one with its why, examples and fix."),
    "init": Place("init", "init", "Write a starter description."),
    "schema": Place("schema", "schema", "Print the JSON Schema of the description format."),
    "test": Place("testing", "test", "Run the examples of the rules and catalog entries in a folder."),
}


class _Commands(TyperGroup):
    """Makes a command when it is wanted, and knows the nearest one to a command that does not exist."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002  the library's own types
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002  likewise
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        alone = _new_app()
        alone.command(cmd_name)(getattr(import_module(f"archlint.cli.{place.module}"), place.function))
        return get_command(alone)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002  likewise
        with formatter.section("Commands"):
            formatter.write_dl([(name, place.summary) for name, place in COMMANDS.items()])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401  likewise
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            near = get_close_matches(args[0], COMMANDS, 1)
            hint = f"; did you mean `{near[0]}`?" if near else ""
            ctx.fail(f"there is no command `{args[0]}`{hint}")
        return super().resolve_command(ctx, args)


def _new_app(**more: Any) -> typer.Typer:  # noqa: ANN401  what the library takes
    return typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, **more)


app = _new_app(
    cls=_Commands,
    name="archlint",
    help="The linter and diagram maker for serverless architectures on AWS.",
    no_args_is_help=True,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"archlint {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(False, "--version", help="Print the version.", callback=_version, is_eager=True),
) -> None:
    """The linter and diagram maker for serverless architectures on AWS."""
    del version
