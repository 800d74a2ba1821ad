"""The measured figures that README and docs show are those that were kept when they were measured."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).with_name("bench")


@pytest.fixture
def figures(monkeypatch):
    monkeypatch.syspath_prepend(BENCH)
    import figures  # noqa: PLC0415  a script's module

    yield figures
    sys.modules.pop("figures")


def test_pages_show_what_was_measured(figures) -> None:
    known = figures.figures()
    shown = []
    for page in figures.PAGES:
        text = (figures.ROOT / page).read_text(encoding="utf-8")
        assert figures.with_tables(text, known) == text, f"`python tests/bench/figures.py` writes {page} anew"
        shown += [name for name in figures.TABLES if f"<!-- figures: {name} -->" in text]
    assert sorted(shown) == sorted(figures.TABLES)


def test_a_table_is_made_of_figures(figures) -> None:
    text = "Before\n\n<!-- figures: start -->\nold\n<!-- end of figures -->\n\nAfter\n"
    assert figures.with_tables(text, {"start": {"`--help`": (2.1, 2.5)}}) == (
        "Before\n\n<!-- figures: start -->\n"
        "| processor time, in times `import yaml` | measured | at most wanted |\n|---|--:|--:|\n| `--help` | 2.1 | 2.5 |\n"
        "<!-- end of figures -->\n\nAfter\n"
    )
    with pytest.raises(KeyError):
        figures.with_tables(text, {})
