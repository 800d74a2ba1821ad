"""The difference of two texts as a unified diff."""

from __future__ import annotations


def unified_diff(before: str, after: str, path: str) -> str:
    """A unified diff that ``git apply`` takes; empty if nothing differs."""
    from difflib import unified_diff as lines_of  # noqa: PLC0415  only where something is changed

    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    shown = path.removeprefix("/")
    lines = lines_of(old, new, f"a/{shown}", f"b/{shown}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
