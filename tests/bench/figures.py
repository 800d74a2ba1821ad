"""Measured figures, and the tables that README and docs show of them.

    python tests/bench/figures.py

writes every table anew between its marks, ``<!-- figures: NAME -->`` and ``<!-- end of figures -->``. The measuring
programs beside this one keep what they measure in ``figures.json``; a test holds that files and figures agree.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "docs/performance.md", "docs/comparison.md")
_FILE = Path(__file__).with_name("figures.json")
_MARKED = re.compile(r"(<!-- figures: (?P<name>[a-z-]+) -->\n).*?(<!-- end of figures -->)", re.DOTALL)

Figures = Mapping[str, Any]


def figures() -> dict[str, Any]:
    """What has been measured, by the name of the measurement."""
    found: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8")) if _FILE.is_file() else {}
    return found


def record(name: str, measured: Figures) -> None:
    """Keep a measurement in place of an earlier one of that name."""
    text = json.dumps({**figures(), name: measured}, indent=2, ensure_ascii=False)
    _FILE.write_text(f"{text}\n", encoding="utf-8")


def with_tables(text: str, known: Figures) -> str:
    """A page with its tables made of these figures. KeyError for a mark or a figure that does not exist."""
    return _MARKED.sub(lambda found: f"{found[1]}{TABLES[found['name']](known)}\n{found[3]}", text)


def table(head: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1) -> str:
    """A table in Markdown, its first columns to the left and all others to the right."""
    rules = "|".join("---" if place < left else "--:" for place in range(len(head)))
    lines = [f" {' | '.join(head)} ", rules, *(f" {' | '.join(cells)} " for cells in rows)]
    return "\n".join(f"|{line}|" for line in lines)


def _bounded(known: Figures, name: str, head: str) -> str:
    """A table of figures: each what was measured, and what is wanted if anything is."""
    rows = [
        (what, f"{measured:g}", "" if most is None else f"{most:g}") for what, (measured, most) in known[name].items()
    ]
    return table((head, "measured", "at most wanted"), rows)


def _hard(known: Figures) -> str:
    rows = [
        (name, f"{size:,}", f"{seconds:.1f} s", f"{ratio:.1f}")
        for name, (size, seconds, ratio) in known["hard"].items()
    ]
    return table(("hard for a search", "components, about", "time", "times its half"), rows)


def _templates(known: Figures) -> str:
    rows = [
        (
            tool,
            f"{one['findings']:,}",
            str(one["rules"]),
            f"{one['median']:.2f} s",
            f"{one['ratio']:.1f}",
            f"{one['least']:.1f}",
        )
        for tool, one in known["peers"]["tools"].items()
    ]
    return table(("tool", "findings", "different rules", "median time", "against archlint, median", "least"), rows)


def _sizes(known: Figures) -> str:
    tools = known["peers"]["tools"]
    sizes = list(next(iter(tools.values()))["sizes"])
    head = ["tool"]
    for size in sizes:
        head += [f"{size} resources: time", "against archlint", "memory"]
    rows = []
    for tool, one in tools.items():
        cells = [tool]
        for size in sizes:
            seconds, ratio, memory = one["sizes"][size]
            cells += [f"{seconds:.2f} s", f"{ratio:.1f}", f"{memory:.0f} MiB"]
        rows.append(cells)
    return table(head, rows)


def _summary(known: Figures) -> str:
    """What the README says: each tool's time and memory on small and large templates, against archlint's."""
    tools = known["peers"]["tools"]
    rows = []
    for tool, one in tools.items():
        cells = [tool, f"{one['ratio']:.1f}"]
        for _, ratio, memory in one["sizes"].values():
            cells += [f"{ratio:.1f}", f"{memory:.0f} MiB"]
        rows.append(cells)
    head = ["whole process, times archlint's", f"{known['peers']['templates']} real SAM templates"]
    for size in next(iter(tools.values()))["sizes"]:
        head += [f"{size} resources", "memory"]
    return table(head, rows)


TABLES: Mapping[str, Callable[[Figures], str]] = {
    "start": lambda known: _bounded(known, "start", "processor time, in times `import yaml`"),
    "scale": lambda known: _bounded(known, "scale", "`archlint check --format json`"),
    "million": lambda known: _bounded(known, "million", "1,000,000 components in 100,000 services"),
    "hard": _hard,
    "templates": _templates,
    "sizes": _sizes,
    "summary": _summary,
}


def main() -> None:
    """Write every table anew."""
    known = figures()
    for page in PAGES:
        path = ROOT / page
        path.write_text(with_tables(path.read_text(encoding="utf-8"), known), encoding="utf-8")


if __name__ == "__main__":
    main()
