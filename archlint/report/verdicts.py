"""How the examples did, for a person and as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from archlint.proving import Verdict
from archlint.report.data import VERSION, Json
from archlint.report.paint import Paint, safe

KINDS = ("validated", "noisy", "missing", "wrong")


def verdicts_text(verdicts: Sequence[Verdict], paint: Paint, *, everything: bool) -> str:
    """The examples that do not hold, each with its lines (or all of them), then a count of each verdict."""
    lines: list[str] = []
    for verdict in verdicts:
        if verdict.good and not everything:
            continue
        lines += [_line(verdict, paint), *_places(verdict, paint)]
        if not verdict.good:
            lines.append("")
    counts = Counter(verdict.kind for verdict in verdicts)
    told = ", ".join(f"{counts[kind]} {kind}" for kind in KINDS if counts[kind])
    ids = len({verdict.id for verdict in verdicts})
    good = all(verdict.good for verdict in verdicts)
    of = "1 rule or pattern" if ids == 1 else f"{ids} rules and patterns"
    lines.append(f"{paint(told, 'green' if good else 'red')}, of {of}.")
    if not good and not everything:
        lines.append("A rule is right when it finds what its invalid examples mark with `# finding`, and nothing else.")
    return "\n".join(lines) + "\n"


def _line(verdict: Verdict, paint: Paint) -> str:
    word = paint(verdict.kind, "green" if verdict.good else "red")
    detail = f": {safe(verdict.detail)}" if verdict.detail else ""
    return f"{word} {paint(verdict.id, 'bold')} {paint(f'{verdict.file}:{verdict.line}', 'dim')}{detail}"


def _places(verdict: Verdict, paint: Paint) -> Iterator[str]:
    margin = max((len(str(place.line)) for place in verdict.places), default=0) + 1
    bar = paint("|", "blue")
    for place in verdict.places:
        shown = place.text.strip()
        yield f"{paint(str(place.line).rjust(margin), 'blue')} {bar} {safe(shown)}"
        yield f"{' ' * margin} {bar} {paint('^' * max(len(shown), 1), 'red')} {safe(place.note)}"


def verdicts_data(verdicts: Iterable[Verdict]) -> Json:
    """Every verdict and the counts, as data."""
    listed = list(verdicts)
    counts = Counter(verdict.kind for verdict in listed)
    return {
        "version": VERSION,
        "verdicts": [
            {
                "id": verdict.id,
                "path": verdict.file.as_posix(),
                "line": verdict.line,
                "verdict": verdict.kind,
                "detail": verdict.detail,
                "places": [{"line": place.line, "message": place.note} for place in verdict.places],
            }
            for verdict in listed
        ],
        "summary": {kind: counts[kind] for kind in KINDS},
    }
