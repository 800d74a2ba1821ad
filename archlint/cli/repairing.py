"""``--fix``, ``--unsafe-fixes``, ``--apply`` and ``--diff``: from changed texts to changed files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import typer

from archlint.cli.writing import Rewrite, rewrite_files
from archlint.fix import unified_diff
from archlint.importers import Reading, find_root
from archlint.model import Finding, InputError, Problem
from archlint.repair import Repaired

_BOM = b"\xef\xbb\xbf"


def diff_of(before: Reading, after: Reading) -> str:
    """What changes, as one unified diff that ``git apply`` takes."""
    return "".join(
        unified_diff(before.documents[path].text, text, path) for path, text in _changes(before, after).items()
    )


def write_changes(before: Reading, after: Reading, paths: Sequence[str]) -> None:
    """Write the changed texts: all files or none; ``paths`` are the inputs. Raises :class:`InputError`."""
    changes = _changes(before, after)
    if "<stdin>" in changes:
        message = "standard input cannot be changed in place; `--diff` shows the changes"
        raise typer.BadParameter(message)
    rewrites = [_rewrite(path, before.documents[path].text, text) for path, text in changes.items()]
    rewrite_files(rewrites, [find_root(Path(path)) for path in paths])


def _changes(before: Reading, after: Reading) -> Mapping[str, str]:
    return {
        path: after.documents[path].text
        for path, document in before.documents.items()
        if path in after.documents and after.documents[path].text != document.text
    }


def _rewrite(path: str, old: str, new: str) -> Rewrite:
    file = Path(path)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise InputError([Problem("this file is gone; nothing was written", path=path)]) from error
    bom = _BOM if data.startswith(_BOM) else b""
    return Rewrite(file, bom + old.encode(), bom + new.encode())


def left_over(repaired: Repaired) -> list[str]:
    """What to say about fixes that were not made."""
    lines = [f"not fixed: {_name(one.finding)}: {one.why}" for one in repaired.refused]
    if not repaired.finished:
        lines.append("there is more to fix; run the command again")
    return lines


def _name(finding: Finding) -> str:
    about = finding.component.id if finding.component else finding.service
    return f"{finding.rule} of {about}" if about else finding.rule
