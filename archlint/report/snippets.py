"""Source lines with marks and labels under them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from archlint.model import Span
from archlint.report.paint import Paint, safe, width
from archlint.source import Document

_LONGEST = 160
_GAP = 1


class Mark(NamedTuple):
    """A place to show: its span, what to say there, and whether it is the main one."""

    span: Span
    label: str
    primary: bool = False


def snippets(marks: Sequence[Mark], documents: Mapping[str, Document], paint: Paint) -> list[str]:
    """Blocks of marked lines, one for each file, the primary mark's file first."""
    by_path: dict[str, list[Mark]] = {}
    for mark in sorted(marks, key=lambda mark: not mark.primary):
        by_path.setdefault(mark.span.path, []).append(mark)
    margin = len(str(max((mark.span.line for mark in marks), default=1)))
    lines: list[str] = []
    for place, (path, found) in enumerate(by_path.items()):
        head = found[0].span
        arrow = "-->" if place == 0 else ":::"
        lines.append(f"{' ' * margin}{paint(arrow, 'blue')} {safe(path)}:{head.line}:{head.column}")
        lines.append(f"{' ' * margin} {paint('|', 'blue')}")
        lines += _block(found, documents.get(path), margin, paint)
    return lines


def _block(marks: Sequence[Mark], document: Document | None, margin: int, paint: Paint) -> list[str]:
    lines: list[str] = []
    bar = paint("|", "blue")
    previous = 0
    by_line: dict[int, list[Mark]] = {}
    for mark in marks:
        by_line.setdefault(mark.span.line, []).append(mark)
    for number in sorted(by_line):
        if previous and number > previous + _GAP:
            lines.append(paint("…" if margin < 3 else "...", "blue"))
        previous = number
        text, shift = _clipped(document.line(number) if document else "", by_line[number])
        lines.append(f"{paint(str(number).rjust(margin), 'blue')} {bar} {text}")
        ordered = sorted(by_line[number], key=lambda mark: (-mark.primary, mark.span.column))
        lines += [f"{' ' * margin} {bar} {_underline(mark, text, shift, paint)}" for mark in ordered]
    return lines


def _clipped(line: str, marks: Sequence[Mark]) -> tuple[str, int]:
    """A line short enough to read, and how many characters were cut in front."""
    line = line.replace("\t", " ")
    if len(line) <= _LONGEST:
        return safe(line), 0
    start = max(min(mark.span.column for mark in marks) - _LONGEST // 4, 0)
    cut = line[start : start + _LONGEST]
    front = "…" if start else ""
    back = "…" if start + _LONGEST < len(line) else ""
    return safe(f"{front}{cut}{back}"), start - len(front)


def _underline(mark: Mark, text: str, shift: int, paint: Paint) -> str:
    span = mark.span
    start = max(span.column - 1 - shift, 0)
    end = span.end_column - 1 - shift if span.end_line == span.line else len(text)
    end = max(min(end, len(text)), start + 1)
    sign, style = ("^", "red") if mark.primary else ("-", "blue")
    under = sign * max(width(text[start:end]), 1)
    label = f" {safe(mark.label)}" if mark.label else ""
    return " " * width(text[:start]) + paint(under + label, style)
