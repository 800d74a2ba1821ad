"""Of very many fixes the lines of the first are shown, and the others say where theirs are."""

from __future__ import annotations

import pytest

from archlint.importers import read_text
from archlint.lint import LintSettings, check
from archlint.report import text
from archlint.report.checkup import Checkup

RULE = "visibility-timeout-too-short"


@pytest.fixture(scope="module")
def checkup(rulebook) -> Checkup:
    names = range(250)
    queues = "".join(
        f"  q{n}: {{type: sqs, visibility_timeout: 30s}}\n  f{n}: {{type: lambda, timeout: 20s}}\n" for n in names
    )
    arrows = "".join(f"  - q{n} -> f{n}\n" for n in names)
    reading = read_text(f"archlint: 1\nname: Many\ncomponents:\n{queues}connections:\n{arrows}")
    findings = check(reading.architecture, rulebook, LintSettings(select=frozenset({RULE}))).findings
    assert len(findings) == len(names)
    return Checkup(findings, reading, rulebook)


def test_the_others_say_where_their_lines_are(checkup) -> None:
    told = text.report(checkup)
    assert told.count("archlint check --diff") == 50
    assert told.count("visibility_timeout: 120s}") + told.count("visibility_timeout: 2m}") >= 200
