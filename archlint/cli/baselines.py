"""Baseline files: read, applied, written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from archlint.cli.writing import write_file
from archlint.importers.files import shown
from archlint.lint.baseline import Known, baseline_text, read_baseline
from archlint.model import Finding
from archlint.source import read_text


def known_findings(file: Path) -> list[Known]:
    """The entries of a baseline. Raises :class:`archlint.model.InputError`."""
    path = shown(file)
    return read_baseline(read_text(file, path), path)


def write_baseline(file: Path, findings: Sequence[Finding]) -> int:
    """Write the findings that are to be known from now on, and answer how many there are."""
    text = baseline_text(findings)
    write_file(file, text.encode())
    return text.count('"fingerprint"')


def stale_lines(file: Path, entries: Sequence[Known], *, whole: bool) -> list[str]:
    """What to say about entries whose finding is gone; only a ``whole`` run may write the others again."""
    if not entries:
        return []
    path = shown(file)
    lines = [f"{path}: `{entry.rule}` of {entry.about} is not found any more" for entry in entries]
    return [*lines, f"{path}: bring it up to date with `--write-baseline {path}`"] if whole else lines
