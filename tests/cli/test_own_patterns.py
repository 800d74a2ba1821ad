"""What docs/your-own-patterns.md shows holds, command by command."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs/your-own-patterns.md"


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> None:
    text = PAGE.read_text(encoding="utf-8")
    for block in re.findall(r"```yaml\n# (.*?)```", text, re.DOTALL):
        name, _, body = block.partition("\n")
        file = tmp_path / name.strip()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(body, encoding="utf-8")


def test_its_example_has_it(run) -> None:
    assert run("test", "architecture/patterns").stdout == "1 validated, of 1 rule or pattern.\n"


def test_the_commands_know_it(run, tmp_path) -> None:
    page = run("patterns", "claim-check").stdout
    assert page.startswith("The Claim Check  claim-check, current\n")
    assert "Diagram" in page
    assert run("patterns", "claim-check", "-o", "claim-check.svg").returncode == 0
    assert b"The Claim Check" in (tmp_path / "claim-check.svg").read_bytes()
    assert run("init", "new.yaml", "--pattern", "claim-check").returncode == 0
    found = json.loads(run("suggest", "new.yaml", "--format", "json").stdout)
    assert "claim-check" in {match["pattern"] for match in found["matches"]}


def test_a_claim_is_checked_and_completed(run) -> None:
    claimed = run("check", "mail.yaml")
    assert claimed.returncode == 1
    assert "declared-pattern-mismatch" in claimed.stdout
    shown = re.search(r"\$ archlint suggest mail.yaml --diff\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert shown is not None
    assert run("suggest", "mail.yaml", "--diff").stdout == shown[1]
    assert run("suggest", "mail.yaml", "--apply").stdout == "Completed the Claim Check in mail.\n"
    assert "declared-pattern-mismatch" not in run("check", "mail.yaml").stdout


def test_a_mistake_in_it_is_told_at_its_line(run, tmp_path) -> None:
    file = tmp_path / "architecture/patterns/claim-check.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("anchor: queue ", "anchor: quue "), encoding="utf-8")
    wrong = run("suggest", "mail.yaml")
    assert wrong.returncode == 2
    assert " --> architecture/patterns/claim-check.yaml:7" in wrong.stderr
    assert "did you mean `queue`" in wrong.stderr


def test_an_entry_may_name_what_the_configuration_brings(run, tmp_path) -> None:
    """The folder under test is not the only one of a project."""
    for folder in ("rules", "catalog", "more"):
        (tmp_path / folder).mkdir()
    (tmp_path / ".archlint.yaml").write_text("rules: [rules]\ncatalog: [catalog, more]\n")
    (tmp_path / "rules" / "house.yaml").write_text("id: house\n")
    (tmp_path / "more" / "other.yaml").write_text("id: other\nanchor: x\n")
    (tmp_path / "catalog" / "mine.yaml").write_text(
        "id: mine\nname: Mine\nsummary: A queue and its worker.\nanchor: queue\n"
        "roles: {queue: queue, fn: function}\nmatch: [queue -poll-> fn]\nhides: [other]\nrules: [house]\n"
    )
    done = run("test", "catalog")
    assert (done.returncode, done.stderr) == (1, "")
    assert "there is no example" in done.stdout
