"""What most commands begin with: configuration, rulebook and the architecture."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from archlint.cli.configuration import Configuration, find_configuration
from archlint.importers import KnownNames, Reading, read
from archlint.model import InputError
from archlint.rulebook import Rulebook, load
from archlint.source import Limits, decode


class Inputs(NamedTuple):
    """An architecture with the rules and patterns that hold for it."""

    reading: Reading
    rulebook: Rulebook
    configuration: Configuration


def read_inputs(paths: Sequence[str], config: Path | None) -> Inputs:
    """Read everything. Raises :class:`archlint.model.InputError` with all that is wrong."""
    paths = list(paths) or ["."]
    configuration = find_configuration(paths, config)
    rulebook = load(configuration.rules, configuration.catalog)
    reading = _read(paths, KnownNames(rulebook.rule_ids, rulebook.pattern_ids), configuration)
    return Inputs(reading, rulebook, configuration)


def read_architecture(paths: Sequence[str], config: Path | None) -> Reading:
    """Read an architecture alone, whatever rules and patterns it names. Raises InputError."""
    return _read(paths, KnownNames(), find_configuration(paths, config))


def _read(paths: Sequence[str], names: KnownNames, configuration: Configuration) -> Reading:
    del configuration
    stdin = decode(sys.stdin.buffer.read(Limits().bytes + 1), "<stdin>") if "-" in paths else None
    try:
        return read(paths, names, stdin=stdin)
    except InputError as error:
        if stdin is not None:
            error.texts["<stdin>"] = stdin
        raise
