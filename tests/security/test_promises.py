"""The page about untrusted input names tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from archlint.source import Limits

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/security.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| **")]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[4:40])
def test_each_promise_names_its_tests(row: str) -> None:
    links = re.findall(r"\]\(\.\./(tests/[^)]+)\)", row)
    assert links or "the same" in row
    assert all((ROOT / link).exists() for link in links)


def test_there_is_a_page_for_reports_and_every_limit_is_documented() -> None:
    assert "docs/security.md" in (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    configuration = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in configuration or f"{name}:" in configuration for name in Limits._fields)
