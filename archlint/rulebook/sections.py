"""The sections of a rule's or entry's file, as they are written there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

_KEY = re.compile(r"([a-z_]+):")


def sections_of(file: Path) -> Mapping[str, str]:
    """The text of each top-level key with what belongs to it, without blank lines and comments around."""
    found: dict[str, list[str]] = {}
    key = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if (matched := _KEY.match(line)) is not None:
            key = matched[1]
        if not line.startswith("#"):
            found.setdefault(key, []).append(line)
    return {key: "\n".join(lines).strip("\n") for key, lines in found.items() if key}
