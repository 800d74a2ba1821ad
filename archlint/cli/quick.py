"""The commonest command lines, read without the library that reads all of them.

Importing typer takes longer than everything that ``check`` does with a small file, and ``check`` is what an editor runs
with every change. So a ``check`` of which every argument stands in the tables below is read here. All else (help, a
mistake, a flag that is not listed) is left to typer, which therefore words every error; a test holds that what both can
read they read alike.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archlint.cli.console import When, colour_errors

if TYPE_CHECKING:  # the rest of a check is imported once it is known to be one
    from archlint.cli.checking import Wanted

TEXTS = {
    "--format": "format",
    "--select": "select",
    "--ignore": "ignore",
    "--changed-from": "changed_from",
    "--against": "against",
}
FILES = {
    "--output": "output",
    "-o": "output",
    "--config": "config",
    "--baseline": "baseline",
    "--write-baseline": "write_baseline",
}
SWITCHES = {
    "--fix": "fix",
    "--unsafe-fixes": "unsafe_fixes",
    "--diff": "diff",
    "--strict": "strict",
    "--quiet": "quiet",
    "-q": "quiet",
    "--verbose": "verbose",
    "-v": "verbose",
}
WORDS: Mapping[str, Mapping[str, str | When]] = {
    "--fail-on": {word: word for word in ("error", "warning", "info", "never")},
    "--color": {when.value: when for when in When},
}
_EXPANDED = "*?[~$%"
"""Characters that typer makes more of on Windows, where the shell does not."""


def quick_check(arguments: Sequence[str]) -> Wanted | None:
    """What ``check`` is asked for by these arguments, its own name not among them; None if typer has to say."""
    if os.name == "nt" and any(character in argument for argument in arguments for character in _EXPANDED):
        return None
    paths: list[str] = []
    given: dict[str, Any] = {}
    waiting = iter(arguments)
    for argument in waiting:
        if not argument.startswith("-") or argument == "-":
            paths.append(argument)
        elif argument in SWITCHES:
            given[SWITCHES[argument]] = True
        else:
            flag, equals, value = argument.partition("=")
            if equals and not flag.startswith("--"):
                return None
            found = _value(flag, value if equals else next(waiting, ""))
            if found is None:
                return None
            given[found[0]] = found[1]
    if "color" in given:
        colour_errors(given["color"])
    from archlint.cli.checking import Wanted  # noqa: PLC0415

    return Wanted(paths=paths or ["."], **given)


def _value(flag: str, value: str) -> tuple[str, str | Path | When] | None:
    """The field of a flag and what it is set to; None if the flag or its value is not listed, or looks like a slip."""
    if not value or (value.startswith("-") and value != "-"):
        return None
    if flag in TEXTS:
        return TEXTS[flag], value
    if flag in FILES:
        return FILES[flag], Path(value)
    if flag in WORDS and value in WORDS[flag]:
        return flag.removeprefix("--").replace("-", "_"), WORDS[flag][value]
    return None
