"""The pages of the rules: made from their files, up to date, and safe whatever stands in a user's own."""

from __future__ import annotations

import json
from pathlib import Path

from archlint.report.pages import Bullets, Code, Page, Paragraphs, Section, page_markdown, page_text
from archlint.report.paint import Paint
from archlint.report.rule_pages import rule_data, rule_documents, rule_text, rules_data
from archlint.rulebook import builtin_rules

PAGES = Path(__file__).parent.parent / "docs/rules"


def test_the_pages_are_up_to_date(rulebook) -> None:
    """`archlint rules --format markdown -o docs/rules` updates them."""
    wanted = rule_documents(
        {id_: rule for id_, rule in rulebook.rules.items() if rule.file.is_relative_to(builtin_rules())}
    )
    there = {path.name: path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")}
    assert sorted(there) == sorted(wanted)
    stale = [name for name, text in wanted.items() if there[name] != text]
    assert not stale, "run `archlint rules --format markdown -o docs/rules`"


def test_a_page_tells_everything_that_a_file_says(rulebook) -> None:
    page = rule_text(rulebook.rules["queue-worker-not-throttled"], Paint(colour=False))
    for heading in (
        "Why",
        "Fires when",
        "Another severity where",
        "Help",
        "Fix",
        "Examples",
        "Patterns that solve it",
        "References",
    ):
        assert f"\n{heading}\n" in page
    assert "Does not fire where" in rule_text(rulebook.rules["queue-without-dlq"], Paint(colour=False))
    assert "`depth` (default 3, at least 1): How many functions" in rule_text(
        rulebook.rules["sync-chain-too-deep"], Paint(colour=False)
    )
    assert max(map(len, page.splitlines())) <= 121


def test_data_of_rules_can_be_written(rulebook) -> None:
    data = json.loads(json.dumps(rules_data(rulebook.rules.values())))
    assert data["version"] == 1
    assert len(data["rules"]) == len(rulebook.rules)
    one = json.loads(json.dumps(rule_data(rulebook.rules["visibility-timeout-too-short"])))
    assert one["severities"] == ["error", "warning"]
    assert one["fix"] == "safe"
    assert any(example["fixed"] for example in one["examples"])


def test_neither_a_terminal_nor_a_fence_is_broken_by_what_a_file_says() -> None:
    blocks = [Paragraphs("a\x1b[2Jb"), Bullets([("x\x07", "y")]), Code("```\nevil\n```\x1b", "invalid", "why\x1b")]
    page = Page("odd\x1b", "line", "lead", [Section("Why", blocks)])
    assert "\x1b" not in page_text(page, Paint(colour=False))
    assert "\n````yaml\n```\nevil\n```" in page_markdown(page)
