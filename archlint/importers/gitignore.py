"""Patterns as in ``.gitignore``, matched in bounded time: who writes them is not trusted.

The library makes ``[^/]*`` of a star; several of them in one name would be tried in every combination. Here a star
takes the shortest text that does and never another one, which finds the same names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import AnyStr, cast
from warnings import catch_warnings

from pathspec import GitIgnoreSpec
from pathspec.patterns.gitignore import GitIgnorePatternError
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

from archlint.model import InputError, Problem, Span
from archlint.source import Limits

MOST_FOLDERS = 3
"""How often ``**`` may stand in one pattern."""
_STARS = re.compile(r"\[\^/\]\*((?:\\.|\[(?:\\.|[^\\\]])+\](?![*+?])|[^\\\[\]()*+?^$|/])+)(?=\[\^/\]\*)", re.DOTALL)


class _Bounded(GitIgnoreSpecPattern):
    @classmethod
    def pattern_to_regex(cls, pattern: AnyStr) -> tuple[AnyStr | None, bool | None]:
        made, include = super().pattern_to_regex(pattern)
        return cast("AnyStr | None", _STARS.sub(r"(?>[^/]*?\1)", made) if isinstance(made, str) else made), include


def spec_of(lines: Iterable[str]) -> GitIgnoreSpec:
    """The patterns of some lines; as git does, lines that are no pattern are left out."""
    with catch_warnings(action="ignore"):  # the interpreter's, about brackets that mean something else elsewhere
        return GitIgnoreSpec.from_lines([line for line in lines if _is_pattern(line)], _Bounded, backend="simple")


def ignored_by(file: Path, path: str, limits: Limits) -> GitIgnoreSpec:
    """The patterns of a file, shown as ``path``. Raises :class:`InputError` if one would take too long to match."""
    try:
        with file.open("rb") as stream:
            data = stream.read(limits.bytes + 1)
    except OSError as error:
        raise InputError([Problem("cannot read this file", path=path)]) from error
    if len(data) > limits.bytes:
        raise InputError([Problem(f"this file is larger than {limits.bytes:,} bytes", path=path)])
    lines = data.decode("utf-8", errors="replace").splitlines()
    for number, line in enumerate(lines, 1):
        if is_too_deep(line):
            span = Span(path, number, 1, number, len(line) + 1)
            raise InputError([Problem(f"this pattern has more than {MOST_FOLDERS} `**`", span)])
    return spec_of(lines)


def is_too_deep(line: str) -> bool:
    """Whether a pattern asks for folders at any depth more often than can be matched in good time."""
    return line.count("**") > MOST_FOLDERS and not line.startswith("#")


def _is_pattern(line: str) -> bool:
    try:
        _Bounded(line)
    except (GitIgnorePatternError, re.error, RecursionError):
        return False
    return True
