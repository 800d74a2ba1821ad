"""``--fix``, ``--unsafe-fixes`` and ``--diff``: from findings to changed files."""

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


def diff_of(before: Reading, repaired: Repaired) -> str:
    """What the fixes change, as one unified diff that ``git apply`` takes."""
    return "".join(
        unified_diff(before.documents[path].text, text, path) for path, text in _changes(before, repaired).items()
    )


def write_fixes(before: Reading, repaired: Repaired, paths: Sequence[str]) -> None:
    """Write the fixed texts: all files or none; ``paths`` are the inputs. Raises :class:`InputError`."""
    changes = _changes(before, repaired)
    if "<stdin>" in changes:
        message = "standard input cannot be fixed in place; `--diff` shows the changes"
        raise typer.BadParameter(message)
    rewrites = [_rewrite(path, before.documents[path].text, text) for path, text in changes.items()]
    rewrite_files(rewrites, [find_root(Path(path)) for path in paths])


def _changes(before: Reading, repaired: Repaired) -> Mapping[str, str]:
    after = repaired.reading.documents
    return {
        path: after[path].text
        for path, document in before.documents.items()
        if path in after and after[path].text != document.text
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
