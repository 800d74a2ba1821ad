"""What a reading command says on standard error of what it has read, and of what in it was left aside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from archlint.cli.console import complain
from archlint.model import InputError, Problem

if TYPE_CHECKING:
    from archlint.cli.inputs import Inputs

_MOST = 20


def tell_inputs(inputs: Inputs, *, quiet: bool, verbose: bool, strict: bool = False) -> None:
    """The notes of what was read and, if ``verbose``, with which rules and from which files; if ``quiet``, nothing.

    Where nothing may be left aside (``strict``) every note is a problem: raises :class:`archlint.model.InputError`.
    """
    tell_notes(inputs.reading.notes, quiet=quiet, verbose=verbose, strict=strict)
    if verbose and not quiet:
        files = ", ".join(inputs.configuration.files) or "no configuration"
        complain(f"archlint: {len(inputs.rulebook.groups):,} rules; {files}")
        tell_documents(inputs.reading.documents)


def tell_documents(paths: Iterable[str]) -> None:
    """The files that were read."""
    complain(f"archlint: read {', '.join(paths)}")


def tell_notes(notes: Sequence[Problem], *, quiet: bool, verbose: bool, strict: bool = False) -> None:
    """A line for each note on standard error, the first few if not ``verbose``.

    Where nothing may be left aside (``strict``) every note is a problem: raises :class:`archlint.model.InputError`.
    """
    if strict and notes:
        raise InputError(list(notes))
    if quiet:
        return
    shown = notes if verbose else notes[:_MOST]
    for note in shown:
        complain(f"note: {note}")
    if len(shown) < len(notes):
        complain(f"note: … and {len(notes) - len(shown):,} more; `--verbose` shows them")
