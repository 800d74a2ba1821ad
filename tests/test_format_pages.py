"""The pages about the description format: complete, up to date, and their samples valid."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from archlint.importers import read_text
from archlint.lint import check
from archlint.report.format_page import format_markdown
from archlint.vocabulary import vocabulary

DOCS = Path(__file__).parent.parent / "docs"


def test_the_page_of_properties_is_up_to_date() -> None:
    """`archlint schema --format markdown -o docs/properties.md` updates it."""
    there = (DOCS / "properties.md").read_text(encoding="utf-8")
    assert there == format_markdown(), "run `archlint schema --format markdown -o docs/properties.md`"


def test_every_word_of_the_vocabulary_has_its_row() -> None:
    rows = set(re.findall(r"^\| `(\w+)` \|", format_markdown(), re.MULTILINE))
    words = vocabulary()
    wanted = {*words.types, *words.connection_properties, *words.service_properties, *words.architecture_properties}
    wanted |= {name for type_ in words.types.values() for name in type_.properties}
    assert rows == wanted


def test_defaults_that_differ_by_type_stand_with_their_types() -> None:
    page = format_markdown()
    assert "`29s` (rest_api, websocket_api), `30s` (http_api, appsync)" in page
    assert "| `batch_size` | integer | `10` (from sqs, mq, kinesis_queue), `100` (from kinesis" in page
    assert "| `visibility_timeout` | duration | `30s` |" in page


def test_the_sample_is_valid_and_has_no_error(rulebook) -> None:
    (sample,) = re.findall(r"```yaml\n(.*?)```", (DOCS / "description.md").read_text(encoding="utf-8"), re.DOTALL)
    result = check(read_text(sample).architecture, rulebook)
    assert [finding for finding in result.findings if finding.severity.word == "error"] == []
    assert [finding for finding in result.findings if finding.rule == "declared-pattern-mismatch"] == []


def test_the_schema_of_a_report_is_json_only(archlint_command) -> None:
    command = [*archlint_command, "schema", "--report", "check", "--format", "markdown"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "leave out --format" in done.stderr
