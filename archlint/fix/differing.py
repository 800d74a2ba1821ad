"""The difference of two texts as a unified diff."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CONTEXT = 3
_HUNK = re.compile(r"@@ -(\d+)((?:,\d+)?) \+(\d+)")


def unified_diff(before: str, after: str, path: str) -> str:
    """A unified diff that ``git apply`` takes; empty if nothing differs.

    Only the lines between the first and the last that differ are compared, so that the cost follows the change.
    """
    from difflib import unified_diff as lines_of  # noqa: PLC0415  only where something is changed

    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    head = max(_alike(old, new) - _CONTEXT, 0)
    tail = max(_alike(old[head:][::-1], new[head:][::-1]) - _CONTEXT, 0)
    shown = path.removeprefix("/")
    lines = lines_of(old[head : len(old) - tail], new[head : len(new) - tail], f"a/{shown}", f"b/{shown}", n=_CONTEXT)
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in (_moved(line, head) for line in lines)
    )


def _alike(first: Sequence[str], second: Sequence[str]) -> int:
    """How many lines two texts begin with alike."""
    pairs = zip(first, second, strict=False)
    return next((place for place, (one, other) in enumerate(pairs) if one != other), min(len(first), len(second)))


def _moved(line: str, by: int) -> str:
    """A line of a diff whose texts begin ``by`` lines further up."""
    if not by or not line.startswith("@@"):
        return line
    return _HUNK.sub(lambda found: f"@@ -{int(found[1]) + by}{found[2]} +{int(found[3]) + by}", line, count=1)
