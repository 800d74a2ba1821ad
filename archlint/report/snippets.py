"""Source lines with marks and labels under them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archlint.model import Span
from archlint.model.tuples import NamedTuple
from archlint.report.paint import Paint, safe, width
from archlint.source import Document

_LONGEST = 160
_NARROWEST = 40
_GAP = 1


class Mark(NamedTuple):
    """A place to show: its span, what to say there, and whether it is the main one, with the colour that has."""

    span: Span
    label: str
    primary: bool = False
    colour: str = "red"


def snippets(marks: Sequence[Mark], documents: Mapping[str, Document], paint: Paint, columns: int = 0) -> list[str]:
    """Blocks of marked lines, one for each file, the primary mark's file first; at most ``columns`` wide (0: 160)."""
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
        lines += _block(found, documents.get(path), margin, paint, columns)
    return lines


def _block(marks: Sequence[Mark], document: Document | None, margin: int, paint: Paint, columns: int) -> list[str]:
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
        longest = max(columns - margin - 3, _NARROWEST) if columns else _LONGEST
        text, shift = _clipped(document.line(number) if document else "", by_line[number], longest)
        lines.append(f"{paint(str(number).rjust(margin), 'blue')} {bar} {safe(text)}")
        ordered = sorted(by_line[number], key=lambda mark: (-mark.primary, mark.span.column))
        room = longest if columns else 0
        lines += [f"{' ' * margin} {bar} {line}" for mark in ordered for line in _below(mark, text, shift, room, paint)]
    return lines


def _clipped(line: str, marks: Sequence[Mark], longest: int) -> tuple[str, int]:
    """A line short enough to read, and how many characters were cut in front."""
    if len(line) <= longest:
        return line, 0
    first = min(mark.span.column for mark in marks)
    start = max(first - longest // 4, 0) if first > longest * 3 // 4 else 0
    front = "…" if start else ""
    back = "…" if start + longest < len(line) else ""
    cut = line[start + len(front) : start + longest - len(back)]
    return f"{front}{cut}{back}", start


def _below(mark: Mark, text: str, shift: int, room: int, paint: Paint) -> list[str]:
    """The lines under a marked line: the mark, and its label beside it or, with too little ``room``, below it."""
    span = mark.span
    start = min(max(span.column - 1 - shift, 0), max(len(text) - 1, 0))
    end = span.end_column - 1 - shift if span.end_line == span.line else len(text)
    end = max(min(end, len(text)), start)
    sign, style = ("^", mark.colour) if mark.primary else ("-", "blue")
    before, under = width(safe(text[:start])), sign * max(width(safe(text[start:end])), 1)
    label = safe(mark.label)
    if not label or not room or before + len(under) + 1 + width(label) <= room:
        return [" " * before + paint(f"{under} {label}".rstrip(), style)]
    from textwrap import wrap  # noqa: PLC0415  only in a narrow terminal

    indent = min(before, room // 3)
    lines = wrap(label, max(room - indent, 20), break_on_hyphens=False)
    return [" " * before + paint(under, style), *(" " * indent + paint(line, style) for line in lines)]
