"""The commands, put together."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

import typer
from typer.core import TyperGroup

from archlint import __version__
from archlint.cli import (
    check,
    diff,
    graph,
    importing,
    init,
    patterns,
    render,
    rules,
    schema,
    serve,
    suggest,
    testing,
)


class _Commands(TyperGroup):
    """Knows the nearest command to one that does not exist."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401  the library's own types
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            near = get_close_matches(args[0], self.commands, 1)
            hint = f"; did you mean `{near[0]}`?" if near else ""
            ctx.fail(f"there is no command `{args[0]}`{hint}")
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=_Commands,
    name="archlint",
    help="The linter and diagram maker for serverless architectures on AWS.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("check")(check.check)
app.command("render")(render.render)
app.command("serve")(serve.serve)
app.command("suggest")(suggest.suggest)
app.command("import")(importing.import_)
app.command("graph")(graph.graph)
app.command("diff")(diff.diff)
app.command("patterns")(patterns.patterns)
app.command("rules")(rules.rules)
app.command("init")(init.init)
app.command("schema")(schema.schema)
app.command("test")(testing.test)


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


def usage_error_type() -> type[Exception]:
    """The library's exception for wrong usage, of which its public ``BadParameter`` is one."""
    return typer.BadParameter.__mro__[1]
