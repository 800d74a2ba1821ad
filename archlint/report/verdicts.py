"""How the examples did, for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from archlint.proving import Verdict
from archlint.report.paint import Paint, safe


def verdicts_text(verdicts: Sequence[Verdict], paint: Paint, *, everything: bool) -> str:
    """The examples that do not hold (or all of them), then a count of each verdict."""
    lines = [_line(verdict, paint) for verdict in verdicts if everything or not verdict.good]
    counts = Counter(verdict.kind for verdict in verdicts)
    told = ", ".join(f"{counts[kind]} {kind}" for kind in ("validated", "noisy", "missing", "wrong") if counts[kind])
    ids = len({verdict.id for verdict in verdicts})
    style = "green" if all(verdict.good for verdict in verdicts) else "red"
    lines.append(paint(f"{told}, of {ids} rules and patterns.", style))
    return "\n".join(lines) + "\n"


def _line(verdict: Verdict, paint: Paint) -> str:
    word = paint(verdict.kind, "green" if verdict.good else "red")
    detail = f": {safe(verdict.detail)}" if verdict.detail else ""
    return f"{word} {verdict.id} {paint(f'{verdict.file}:{verdict.line}', 'dim')}{detail}"
