"""What archlint is made of and built by: pinned where it is run, open where it is installed, licensed, complete."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "archlint/draw/fonts"
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT = tomllib.loads(PYPROJECT)["project"]
WORKFLOWS = [*(ROOT / ".github/workflows").glob("*.yml"), ROOT / "action.yml"]
SCRIPT = re.compile(r"\$\{\{\s*(?:inputs|github\.event|github\.head_ref)")


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_actions_are_pinned_to_a_commit_with_their_version_beside(file: Path) -> None:
    used = re.findall(r"uses: (\S+)(.*)", file.read_text(encoding="utf-8"))
    assert used
    for name, beside in used:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", name), name
        assert re.fullmatch(r" # v[0-9.]+", beside), beside


@pytest.mark.parametrize("file", WORKFLOWS[:-1], ids=lambda file: file.name)
def test_workflows_may_read_and_nothing_else(file: Path) -> None:
    workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    triggers = workflow[True]  # YAML 1.1 reads `on` as a truth value
    assert "pull_request_target" not in triggers
    for job in workflow["jobs"].values():
        assert "permissions" not in job
        for step in job["steps"]:
            assert not SCRIPT.search(step.get("run", ""))
            if "checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False


def test_what_ci_installs_is_pinned() -> None:
    lines = (ROOT / ".ci/constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.partition("==")[0].lower().replace("_", "-") for line in lines if not line.startswith("#")}
    wanted = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    names = {re.split(r"[<>=;\[ ]", row)[0].lower().replace("_", "-") for row in wanted}
    assert names <= pinned
    assert "PIP_CONSTRAINT" in (ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")


def test_an_upper_bound_has_its_reason_beside() -> None:
    """Whoever installs archlint beside other things needs room; a bound that takes it away says why."""
    listed = PYPROJECT.partition("dependencies = [")[2].partition("\n]")[0]
    bounded = [line for line in listed.splitlines() if "<" in line or "==" in line]
    assert all(re.search(r'", # \w', line) for line in bounded), bounded


def test_every_font_has_its_licence() -> None:
    licences = (FONTS / "LICENSE.txt").read_text(encoding="utf-8")
    for font in FONTS.glob("*.[tw]*f*"):
        assert font.stem in licences, font.name
    assert "archlint/draw/fonts/*.txt" in PROJECT["license-files"]


def test_the_source_distribution_holds_what_the_tests_need() -> None:
    included = tomllib.loads(PYPROJECT)["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    for name in ("archlint", "rules", "catalog", "tests", "docs", "examples", ".github", ".ci", "SECURITY.md"):
        assert f"/{name}" in included
        assert (ROOT / name).exists()
