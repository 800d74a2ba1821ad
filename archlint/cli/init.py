"""``archlint init``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archlint.cli.flags import Config

STARTER = """\
# yaml-language-server: $schema=archlint.schema.json   (archlint schema -o archlint.schema.json)
archlint: 1
name: My architecture
services:
  intake:                                     # one service owns its data and is deployed on its own
    components:
      api:      http_api                      # short form: id: type
      receiver: {type: lambda, timeout: 10s}
      inbox:    {type: sqs, visibility_timeout: 2m}
      worker:   {type: lambda, timeout: 20s, idempotent: true}
      orders:   {type: dynamodb, keys: [order_id]}
      dead:     {type: sqs, retention: 14d}
    connections:
      - client => api => receiver -> inbox    # => waits for the answer, -> does not
      - inbox -> worker: {batch_size: 10, report_batch_item_failures: true}
      - worker =write=> orders
      - inbox !> dead: {max_receives: 5}      # !> is where failures go
components:                                   # outside every service
  client: client
"""


def init(
    file: Annotated[Path, typer.Argument(metavar="[FILE]", help="Where to write it; `-` is standard output.")] = Path(
        "archlint.yaml"
    ),
    pattern: Annotated[str, typer.Option("--pattern", metavar="ID", help="Start from this pattern.")] = "",
    config: Config = None,
) -> int:
    """Write a starter description, or the example of a pattern, built in or your own."""
    from archlint.cli.console import answer, complain, write_file  # noqa: PLC0415
    from archlint.model import InputError, Problem  # noqa: PLC0415

    if str(file) == "-":
        answer(_text(pattern, config), None)
        return 0
    if file.exists():
        raise InputError([Problem("this file is there already", path=str(file), expected="another name")])
    write_file(file, _text(pattern, config).encode())
    complain(f"Wrote {file}. `archlint check {file}` lints it, `archlint render {file} -o {file.stem}.png` draws it.")
    return 0


def _text(pattern: str, config: Path | None) -> str:
    if not pattern:
        return STARTER
    from archlint.cli.inputs import read_rules  # noqa: PLC0415
    from archlint.cli.names import known_name  # noqa: PLC0415
    from archlint.rulebook.examples import example_of  # noqa: PLC0415

    catalog = read_rules(["."], config)[1].catalog
    example = example_of(catalog[known_name(pattern, catalog, "pattern")].file)
    if not example:
        message = f"the pattern `{pattern}` has no example to start from"
        raise typer.BadParameter(message)
    return example
