"""What the tests of reports share."""

from __future__ import annotations

from pathlib import Path

import pytest

from archlint.importers import read
from archlint.lint import LintSettings, check
from archlint.report.checkup import Checkup


@pytest.fixture
def checked(tmp_path: Path, rulebook):
    def run(text: str, name: str = "template.yaml", select: str = "") -> Checkup:
        (tmp_path / name).write_text(text)
        reading = read([tmp_path / name])
        wanted = frozenset({select}) if select else frozenset()
        findings = check(reading.architecture, rulebook, LintSettings(select=wanted)).findings
        return Checkup(findings, reading, rulebook)

    return run
