"""Text of a snippet in YAML: keys one below the other, and an item of a list."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

_PLAIN = re.compile(r"[A-Za-z_][\w-]*(?: [\w-]+)*")


def quoted(key: str) -> str:
    """A key, between quotes where it might be read as something else, as the name of a state may be."""
    return key if _PLAIN.fullmatch(key) else json.dumps(key, ensure_ascii=False)


def listed(keys: Sequence[str], comment: str, item: Sequence[str]) -> str:
    """An item of the list below some keys, by its lines; a comment stands before it."""
    margin = "  " * len(keys)
    first = next(place for place, line in enumerate(item) if not line.startswith("#"))
    shown = [f"{'- ' if place == first else '  '}{line}" for place, line in enumerate(item)]
    return "\n".join([*nested(keys, "").rstrip().splitlines(), *(f"{margin}{line}" for line in (comment, *shown))])


def nested(keys: Sequence[str], value: str) -> str:
    """Keys one below the other, the value at the last; below an item of a list they stand further in."""
    lines, margin = [], 0
    for key in keys:
        lines.append(f"{' ' * margin}{key}:")
        margin += 4 if key.startswith("- ") else 2
    lines[-1] += f" {value}"
    return "\n".join(lines)
