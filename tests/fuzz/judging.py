"""What every outcome has to be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from fuzz.target import BrokenError

from archlint.model import InputError
from archlint.report.paint import Paint, safe
from archlint.report.problems import problems_text

_T = TypeVar("_T")
_PLAIN = Paint(False)
_WHOLE = ("larger than", "cannot read", "there is no such", "more than", "no file of a supported kind", "is a program")
"""Beginnings of what is wrong with a file or a folder as a whole, which has no line."""


def refused_or(act: Callable[[], _T], *, texts: dict[str, str] | None = None) -> _T | None:
    """What an act gives; None if it refuses its input as it should: each problem with its place, safe to print."""
    try:
        return act()
    except InputError as error:
        judge_refusal(error, texts)
        return None


def judge_refusal(error: InputError, texts: dict[str, str] | None = None) -> None:
    """Raise :class:`BrokenError` unless every problem names file and line and the whole can be printed."""
    require(bool(error.problems), "a refusal without a problem")
    for problem in error.problems:
        require(bool(problem.message.strip()), f"a problem without words: {problem}")
        require(len(str(problem)) < 3_000, f"a problem of {len(str(problem)):,} characters")
        if problem.span is None:
            require(bool(problem.path), f"a problem without a file: {problem}")
            require(any(words in problem.message for words in _WHOLE), f"a problem without a line: {problem}")
        else:
            span = problem.span
            require(bool(span.path) and span.line > 0 and span.column > 0, f"a problem nowhere: {problem}")
            require((span.end_line, span.end_column) >= (span.line, span.column), f"a place that ends early: {span}")
    printable(problems_text(error, _PLAIN, texts or error.texts))


def printable(text: str) -> None:
    """Raise unless every line of a text can be shown on a terminal as it is."""
    for line in text.split("\n"):
        require(safe(line) == line, f"a line that could steer a terminal: {line[:200]!r}")


def require(holds: bool, otherwise: str) -> None:
    """Raise :class:`BrokenError` unless something holds."""
    if not holds:
        raise BrokenError(otherwise)


def same(values: Iterable[object], what: str) -> None:
    """Raise unless all values are equal."""
    found = list(values)
    require(all(value == found[0] for value in found), f"{what} differ: {found!r:.400}")
