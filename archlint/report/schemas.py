"""The JSON Schemas of the machine-readable answers: one file ``COMMAND.schema.json`` each, beside this module."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent
_SUFFIX = ".schema.json"


def reports_with_schema() -> list[str]:
    """The commands whose JSON has a schema."""
    return sorted(file.name.removesuffix(_SUFFIX) for file in _FOLDER.glob(f"*{_SUFFIX}"))


def report_schema(command: str) -> str:
    """The schema of a command's JSON, as text."""
    return (_FOLDER / f"{command}{_SUFFIX}").read_text(encoding="utf-8")
