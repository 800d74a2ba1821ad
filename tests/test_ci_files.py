"""The files for CI, and the samples of the pages about it, are what they say."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
PAGES = ["ci", "configuration", "suppressing"]


def samples(page: str, kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", (ROOT / f"docs/{page}.md").read_text(), re.DOTALL)


def test_hooks_run_commands_that_exist(archlint_command) -> None:
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text()):
        command, *arguments = hook["entry"].split()
        assert command == "archlint"
        done = subprocess.run([*archlint_command, *arguments, "--help"], capture_output=True, check=False)
        assert done.returncode == 0


def test_no_input_of_the_action_is_text_of_a_script() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    scripts = [step["run"] for step in action["runs"]["steps"] if "run" in step]
    assert len(scripts) == 4
    assert not any("${{" in script for script in scripts)


def test_the_action_and_the_workflow_ask_for_flags_that_exist(archlint_command) -> None:
    known = subprocess.run([*archlint_command, "check", "--help"], capture_output=True, text=True, check=True).stdout
    action, workflow = (ROOT / "action.yml").read_text(), (ROOT / ".github/workflows/ci.yml").read_text()
    for flag in ("--quiet", "--format", "--changed-from", "--fail-on"):
        assert flag in action + workflow
        assert flag in known
    assert ".ci/run" in workflow


def test_the_sample_of_suppressions_is_clean_but_for_them(archlint_command, tmp_path: Path) -> None:
    text = next(sample for sample in samples("suppressing", "yaml") if sample.startswith("archlint: 1"))
    (tmp_path / "letters.yaml").write_text(text)
    only = "queue-without-dlq,batch-without-partial-response,unused-suppression"
    done = subprocess.run(
        [*archlint_command, "check", "--select", only], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "No findings in 2 components in 1 file, 2 suppressed.\n")


@pytest.mark.parametrize(("kind", "name"), [("yaml", ".archlint.yaml"), ("toml", "pyproject.toml")])
def test_the_samples_of_the_configuration_are_valid(archlint_command, tmp_path: Path, kind: str, name: str) -> None:
    (tmp_path / name).write_text(samples("configuration", kind)[0])
    for folder in ("architecture/rules", "architecture/patterns", "shared"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "shared/archlint.yaml").write_text("ignore: [dual-write]\n")
    done = subprocess.run(
        [*archlint_command, "check", "--show-settings"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert yaml.safe_load(done.stdout)["fail-on"] == "warning"


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    for link in re.findall(r"\]\((?!http)([^)#]+)\)", (ROOT / f"docs/{page}.md").read_text()):
        assert (ROOT / "docs" / link).exists()
