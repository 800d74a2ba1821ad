"""Configurations that are programs: archlint runs none, and says how to get what they would give."""

from __future__ import annotations

from pathlib import Path

from archlint.importers.files import shown
from archlint.model import Problem

_SUFFIXES = (".ts", ".js", ".cjs", ".mjs")
_STEM = "serverless"


def program_problem(path: Path) -> Problem | None:
    """What is wrong with a serverless.ts or .js, or with a folder that has one; None for anything else."""
    files = [path / f"{_STEM}{suffix}" for suffix in _SUFFIXES] if path.is_dir() else [path]
    for file in files:
        if file.stem == _STEM and file.suffix in _SUFFIXES and file.is_file():
            message = "this configuration is a program, and archlint runs none"
            return Problem(message, expected="what it gives: `serverless print` writes it as YAML", path=shown(file))
    return None
