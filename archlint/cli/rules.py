"""``archlint rules``."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archlint.cli.console import When
from archlint.cli.flags import Colour, Config, Output

if TYPE_CHECKING:
    from archlint.cli.configuration import Configuration


class Format(StrEnum):
    """Forms of the answer."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def rules(
    rule: Annotated[str, typer.Argument(metavar="[ID]", help="One rule, or a group.")] = "",
    format_: Annotated[Format, typer.Option("--format", help="How to answer.")] = Format.TEXT,
    output: Output = None,
    new: Annotated[str, typer.Option("--new", metavar="ID", help="Begin a rule of your own.")] = "",
    group: Annotated[str, typer.Option("--group", metavar="GROUP", help="The folder of a new rule.")] = "",
    config: Config = None,
    color: Colour = When.AUTO,
) -> int:
    """List the rules, those of a group, or explain one with its why, examples and fix.

    With --format markdown and an existing folder as --output a page for each rule goes there.
    """
    from archlint.cli.configuration import find_configuration  # noqa: PLC0415
    from archlint.cli.console import answer, paint_for, write_file  # noqa: PLC0415
    from archlint.cli.names import known_name  # noqa: PLC0415
    from archlint.report import rule_pages as pages  # noqa: PLC0415
    from archlint.report.data import dump  # noqa: PLC0415
    from archlint.rulebook import load  # noqa: PLC0415

    configuration = find_configuration(["."], config)
    rulebook = load(configuration.rules, configuration.catalog)
    if new:
        return _begin(new, group, output, configuration, rulebook.rule_ids)
    known = rulebook.rules
    paint = paint_for(color, output)
    groups = {one.group for one in known.values()}
    found = known.get(known_name(rule, [*known, *sorted(groups)], "rule or group")) if rule else None
    if rule in groups and found is None:
        known = {id_: one for id_, one in known.items() if one.group == rule}
    match format_:
        case Format.JSON:
            text = dump(pages.rule_data(found) if found else pages.rules_data(known.values()))
        case Format.MARKDOWN if found is None and output is not None and output.is_dir():
            for name, page in pages.rule_documents(known).items():
                write_file(output / name, page.encode())
            return 0
        case Format.MARKDOWN:
            text = pages.rule_markdown(found) if found else pages.rules_markdown(known.values())
        case _:
            text = pages.rule_text(found, paint) if found else pages.rules_table(known.values(), paint)
    answer(text, output)
    return 0


def _begin(id_: str, group: str, output: Path | None, configuration: Configuration, known: Collection[str]) -> int:
    """Write the file of a new rule, beside the user's other ones unless told where."""
    from archlint.cli.console import complain, write_file  # noqa: PLC0415
    from archlint.rulebook.starter import is_rule_id, starter  # noqa: PLC0415

    if not is_rule_id(id_):
        raise typer.BadParameter(
            f"`{id_}` is no name of a rule: lower-case words with hyphens, such as `queue-too-slow`"
        )
    if id_ in known:
        raise typer.BadParameter(f"there is a rule `{id_}` already")
    folder = configuration.rules[0] if configuration.rules else Path("rules")
    path = output or folder / group / f"{id_}.yaml"
    if path.stem != id_ or path.suffix != ".yaml":
        raise typer.BadParameter(f"the rule `{id_}` belongs into a file `{id_}.yaml`, not `{path.name}`")
    if path.exists():
        raise typer.BadParameter(f"{path} is there already")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, starter(id_).encode())
    complain(f"Wrote {path}. `archlint test {path}` tells what it lacks.")
    if not configuration.rules:
        asked = path.parent if output else folder
        complain(f"Add `rules: [{asked}]` to .archlint.yaml for `archlint check` to ask it.")
    return 0
