"""Every sample of the README is what it says."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from archlint.importers import read_text
from archlint.lint import check
from archlint.model import Severity

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)


def blocks(kind: str) -> list[str]:
    return [text for name, text in BLOCKS if name == kind]


def test_two_commands_do_all_set_up() -> None:
    commands = blocks("sh")
    assert len(commands) == 2
    assert all(command.startswith("python3 -m venv .venv && .venv/bin/pip install -q ") for command in commands)


def test_the_description_is_valid_and_clean(rulebook) -> None:
    (text,) = [block for block in blocks("yaml") if block.startswith("archlint: 1")]
    reading = read_text(text)
    assert len(reading.architecture.connections) == 6
    errors = [
        finding.rule for finding in check(reading.architecture, rulebook).findings if finding.severity is Severity.ERROR
    ]
    assert errors == []


def test_the_finding_is_printed_like_this(archlint_command) -> None:
    (sample,) = blocks("console")
    command, _, expected = sample.partition("\n")
    arguments = command.removeprefix("$ archlint ").split()
    done = subprocess.run([*archlint_command, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == expected


def test_the_configuration_is_valid(archlint_command, tmp_path: Path) -> None:
    (text,) = [block for block in blocks("yaml") if block.startswith("ignore: [non")]
    (tmp_path / ".archlint.yaml").write_text(text)
    for folder in ("architecture/rules", "architecture/patterns"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "a.yaml").write_text("archlint: 1\nname: A\ncomponents: {f: lambda}\n")
    done = subprocess.run([*archlint_command, "check"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert "orphan-component" in done.stdout


def test_the_rule_holds_its_own_examples(archlint_command, tmp_path: Path) -> None:
    (text,) = [block for block in blocks("yaml") if "queue-without-owner-label" in block]
    (tmp_path / "queue-without-owner-label.yaml").write_text(text)
    done = subprocess.run([*archlint_command, "test", "."], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout == "4 validated, of 1 rule or pattern.\n"


def test_every_command_of_the_table_exists(archlint_command) -> None:
    for name in set(re.findall(r"`archlint (\w+)", README)):
        done = subprocess.run(
            [*archlint_command, name, "--help"], capture_output=True, text=True, check=False, env={**os.environ}
        )
        assert done.returncode == 0, name


@pytest.mark.parametrize("link", re.findall(r"\]\((?!http)([^)]+)\)", README))
def test_links_lead_somewhere(link: str) -> None:
    assert (ROOT / link).exists()
