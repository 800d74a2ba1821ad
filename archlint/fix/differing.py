"""Differences as unified diffs that ``git apply`` takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from archlint.fix.together import Planned, plans_of_each
from archlint.fix.windows import Lines, Window, alike, lines_of
from archlint.importers import Reading
from archlint.model import Change

_CONTEXT = 3
_HUNK = re.compile(r"@@ -(\d+)((?:,\d+)?) \+(\d+)")


def unified_diff(before: str, after: str, path: str) -> str:
    """The difference of two texts; empty if nothing differs.

    Only the lines between the first and the last that differ are compared, so that the cost follows the change.
    """
    old, new = lines_of(before), lines_of(after)
    head, tail = (max(count - _CONTEXT, 0) for count in alike(old, new))
    window = Window(head, head, "".join(old[head : len(old) - tail]), "".join(new[head : len(new) - tail]))
    return _diff([window], path)


def diffs_of_each(reading: Reading, many: Sequence[Sequence[Change]]) -> list[str | None]:
    """What each set of changes changes in the files; None where it cannot be written."""
    lines = {path: Lines(document.text) for path, document in reading.documents.items()} if many else {}
    return [None if plan is None else _of_plan(reading, lines, plan) for plan in plans_of_each(reading, many)]


def _of_plan(reading: Reading, lines: dict[str, Lines], plan: Planned) -> str:
    if plan.edits is None:
        texts = (plan.texts or {}).items()
        return "".join(unified_diff(reading.documents[path].text, text, path) for path, text in texts)
    return "".join(_diff(lines[path].windows(edits, _CONTEXT), path) for path, edits in plan.edits.items())


def _diff(windows: Iterable[Window], path: str) -> str:
    from difflib import unified_diff as compared  # noqa: PLC0415  only where something is changed

    shown = path.removeprefix("/")
    found: list[str] = []
    for window in windows:
        old, new = lines_of(window.before), lines_of(window.after)
        lines = list(compared(old, new, f"a/{shown}", f"b/{shown}", n=_CONTEXT))
        found += lines[:2] if not found else []
        found += [_moved(line, window) for line in lines[2:]]
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in found)


def _moved(line: str, window: Window) -> str:
    """A line of a diff whose texts begin further down."""
    if not line.startswith("@@"):
        return line
    old, new = window.line, window.new_line
    return _HUNK.sub(lambda found: f"@@ -{int(found[1]) + old}{found[2]} +{int(found[3]) + new}", line, count=1)
