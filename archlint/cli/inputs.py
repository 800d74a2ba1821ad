"""What most commands begin with: configuration, rulebook and the architecture."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from archlint.cli.configuration import Configuration, find_configuration, look_for_configuration
from archlint.importers import KnownNames, Reading, read
from archlint.model import InputError, Problem
from archlint.model.tuples import NamedTuple
from archlint.rulebook import Rulebook, load
from archlint.source import decode, read_at_most


class Inputs(NamedTuple):
    """An architecture with the rules and patterns that hold for it."""

    reading: Reading
    rulebook: Rulebook
    configuration: Configuration


def read_rules(paths: Sequence[str], config: Path | None) -> tuple[Configuration, Rulebook]:
    """The configuration and its rulebook. Raises :class:`archlint.model.InputError` with all that is wrong in them."""
    configuration = look_for_configuration(paths, config)
    if not configuration.mentions and not configuration.problems:
        return configuration, load(configuration.rules, configuration.catalog)
    from archlint.cli.configuring.names import checked_rulebook  # noqa: PLC0415  only where there is something to tell

    return configuration, checked_rulebook(configuration)


def read_inputs(paths: Sequence[str], config: Path | None) -> Inputs:
    """Read everything. Raises :class:`archlint.model.InputError` with all that is wrong."""
    paths = list(paths) or ["."]
    configuration, rulebook = read_rules(paths, config)
    names = KnownNames(rulebook.rule_ids, rulebook.pattern_ids, frozenset(rulebook.groups.values()))
    reading = _read(paths, names, configuration)
    return Inputs(reading, rulebook, configuration)


def read_architecture(paths: Sequence[str], config: Path | None) -> Reading:
    """Read an architecture alone, whatever rules and patterns it names. Raises InputError."""
    return _read(paths, KnownNames(), find_configuration(paths, config))


def _read(paths: Sequence[str], names: KnownNames, configuration: Configuration) -> Reading:
    limits = configuration.limits
    stdin = decode(_given(limits.bytes + 1), "<stdin>", limits) if "-" in paths else None
    try:
        return read(paths, names, limits=limits, stdin=stdin, services=configuration.services)
    except InputError as error:
        if stdin is not None:
            error.texts["<stdin>"] = stdin
        raise


def _given(most: int) -> bytes:
    """What standard input gives, at most so many bytes; it may be closed."""
    try:
        return read_at_most(sys.stdin.buffer, most)
    except (AttributeError, ValueError) as error:
        raise InputError([Problem("standard input is closed", path="<stdin>")]) from error
