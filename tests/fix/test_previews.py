"""A preview shows exactly the lines in which the text before and after a fix differ."""

from __future__ import annotations

import pytest

from archlint.fix import EditError, edited_texts, previews
from archlint.importers import read_text
from archlint.lint import LintSettings, check
from archlint.rulebook import load
from archlint.rulebook.examples import examples_of

RULEBOOK = load()
CASES = [
    pytest.param(rule.id, example.unmarked, id=f"{rule.id}:{example.line}")
    for rule in RULEBOOK.rules.values()
    if rule.fixable
    for example in examples_of(rule.file)
    if not example.valid
]


@pytest.mark.parametrize(
    "shape", [str, lambda text: text.replace("\n", "\r\n"), str.rstrip], ids=["lf", "crlf", "bare"]
)
@pytest.mark.parametrize(("rule", "text"), CASES)
def test_a_preview_is_the_difference(rule: str, text: str, shape) -> None:
    text = shape(text)
    reading = read_text(text, path="a.yaml")
    findings = check(reading.architecture, RULEBOOK, LintSettings(select=frozenset({rule}))).findings
    fixes = [finding.fix for finding in findings if finding.fix is not None]
    for fix, lines in zip(fixes, previews(reading, [fix.changes for fix in fixes]), strict=True):
        try:
            after = edited_texts(reading, fix.changes).get("a.yaml", text)
        except EditError:
            assert not lines
            continue
        taken = {line.line: line.text for line in lines if not line.added}
        given = {line.line: line.text for line in lines if line.added}
        before, now = text.splitlines(), after.splitlines()
        assert all(before[number - 1] == line for number, line in taken.items())
        assert all(now[number - 1] == line for number, line in given.items())
        assert _without(before, taken) == _without(now, given)
        assert "\n" not in after.replace("\r\n", "") or "\r\n" not in text


def _without(lines: list[str], numbers) -> list[str]:
    return [line for number, line in enumerate(lines, 1) if number not in numbers]
