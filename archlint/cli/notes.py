"""What a reading command says of the parts of its input that it has left aside."""

from __future__ import annotations

from archlint.cli.console import complain
from archlint.importers import Reading
from archlint.model import InputError

_MOST = 20


def tell_notes(reading: Reading, *, quiet: bool = False, verbose: bool = False, strict: bool = False) -> None:
    """A line for each note on standard error, the first few if not ``verbose``.

    Where nothing may be left aside (``strict``) every note is a problem: raises :class:`archlint.model.InputError`.
    """
    if strict and reading.notes:
        raise InputError(list(reading.notes))
    if quiet:
        return
    shown = reading.notes if verbose else reading.notes[:_MOST]
    for note in shown:
        complain(f"note: {note}")
    if len(shown) < len(reading.notes):
        complain(f"note: … and {len(reading.notes) - len(shown):,} more; `--verbose` shows them")
