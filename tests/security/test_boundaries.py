"""Nothing outside the project is read, whatever a file in it says and wherever a link in it leads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TELLTALE = "hunter2-of-another-project"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are made as on other systems")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project beside a file and a folder that are none of its business."""
    (tmp_path / "outside").mkdir()
    for name in ("secret.yaml", "secret.tf", "secret.json", "secret"):
        (tmp_path / "outside" / name).write_text(f"{TELLTALE}: [\n")
    folder = tmp_path / "project"
    (folder / ".git").mkdir(parents=True)
    return folder


@pytest.fixture
def run(archlint_command, project: Path):
    def call(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*archlint_command, *arguments],
            cwd=project,
            input=given,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return call


def write(project: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text)


QUEUE = "archlint: 1\nname: A\ncomponents: {q: sqs}\n"
OUT = "../outside/secret"
NAMED = {
    "include": ({"a.yaml": f"{QUEUE}include: [{OUT}.yaml]\n"}, "a.yaml:4:11"),
    "include by its whole path": ({"a.yaml": f"{QUEUE}include: [/etc/passwd]\n"}, "a.yaml:4:11"),
    "extends": ({"a.yaml": QUEUE, ".archlint.yaml": f"extends: {OUT}.yaml\n"}, ".archlint.yaml:1:10"),
    "rules": ({"a.yaml": QUEUE, ".archlint.yaml": "rules: [../outside]\n"}, ".archlint.yaml:1:9"),
    "catalog": ({"a.yaml": QUEUE, ".archlint.yaml": "catalog: [/etc]\n"}, ".archlint.yaml:1:11"),
    "baseline": ({"a.yaml": QUEUE, ".archlint.yaml": f"baseline: {OUT}.json\n"}, ".archlint.yaml:1:11"),
}


@pytest.mark.parametrize("case", NAMED)
def test_a_path_that_leads_outside_is_told_with_its_place(run, project: Path, case: str) -> None:
    files, place = NAMED[case]
    write(project, files)
    done = run("check", "a.yaml")
    assert done.returncode == 2
    assert place in done.stderr
    assert "outside the project" in done.stderr
    assert TELLTALE not in done.stdout + done.stderr


LEFT_ASIDE = {
    "a nested template": (
        "t.yaml",
        {"t.yaml": f"Resources: {{S: {{Type: AWS::Serverless::Application, Properties: {{Location: {OUT}.yaml}}}}}}\n"},
    ),
    "a definition": (
        "t.yaml",
        {
            "t.yaml": "Resources: {M: {Type: AWS::Serverless::StateMachine, "
            f"Properties: {{DefinitionUri: {OUT}.json, Role: r}}}}}}\n"
        },
    ),
    "a file of serverless.yml": (
        "serverless.yml",
        {
            "serverless.yml": "service: s\nprovider: {name: aws}\n"
            f"functions: {{f: {{handler: a.b, description: '${{file({OUT}.yaml)}}'}}}}\n"
        },
    ),
    "a module": (
        ".",
        {"main.tf": 'module "m" { source = "../outside" }\nresource "aws_sqs_queue" "q" {}\n'},
    ),
    "a file of an expression": (
        ".",
        {"main.tf": f'resource "aws_sqs_queue" "q" {{ name = file("{OUT}") }}\n'},
    ),
    "a stack of a manifest": (
        "manifest.json",
        {
            "manifest.json": json.dumps(
                {
                    "version": "1",
                    "artifacts": {
                        "S": {"type": "aws:cloudformation:stack", "properties": {"templateFile": f"{OUT}.json"}}
                    },
                }
            )
        },
    ),
}


@pytest.mark.parametrize("case", LEFT_ASIDE)
def test_what_code_names_outside_is_left_aside(run, project: Path, case: str) -> None:
    path, files = LEFT_ASIDE[case]
    write(project, files)
    done = run("check", path, "--verbose", "--fail-on", "never")
    assert done.returncode == 0, done.stderr
    assert TELLTALE not in done.stdout + done.stderr


def test_an_icon_outside_is_refused(run, project: Path) -> None:
    write(project, {"a.yaml": f"archlint: 1\nname: A\ncomponents: {{q: {{type: sqs, icon: {OUT}}}}}\n"})
    done = run("render", "a.yaml", "-o", "a.svg")
    assert (done.returncode, (project / "a.svg").exists()) == (2, False)
    assert "outside the project" in done.stderr


LINKS = [
    ("a.yaml", ["check", "a.yaml"], 2),
    (".archlint.yaml", ["check", "good.yaml"], 2),
    ("pyproject.toml", ["check", "good.yaml"], 2),
    ("archlint.yaml", ["check", "template.yaml"], 0),
    ("main.tf", ["check", "main.tf"], 2),
    ("main.tf", ["check", "."], 0),
    ("terraform.tfvars", ["check", "."], 0),
    ("a.yaml", ["check", "."], 0),
    (".gitignore", ["check", "."], 0),
    ("rules/own.yaml", ["check", "good.yaml", "--config", "with-rules.yaml"], 2),
]


@pytest.mark.parametrize(("name", "arguments", "code"), LINKS, ids=str)
def test_a_link_leads_to_no_other_project(run, project: Path, name: str, arguments: list[str], code: int) -> None:
    write(
        project,
        {
            "good.yaml": QUEUE,
            "template.yaml": "Resources: {Q: {Type: AWS::SQS::Queue}}\n",
            "with-rules.yaml": "rules: [rules]\n",
            "rules/note.txt": "",
        },
    )
    suffix = Path(name).suffix if Path(name).suffix in {".yaml", ".tf"} else ""
    (project / name).symlink_to(project.parent / f"outside/secret{suffix}")
    done = run(*arguments, "--fail-on", "never")
    assert TELLTALE not in done.stdout + done.stderr
    assert done.returncode == code, done.stderr


def test_links_in_circles_lead_nowhere(run, project: Path) -> None:
    write(project, {"good.yaml": QUEUE, "sub/also.yaml": "archlint: 1\nname: B\ncomponents: {r: sqs}\n"})
    (project / "loop.yaml").symlink_to("loop.yaml")
    (project / "round").symlink_to("round")
    (project / "sub" / "up").symlink_to("..")
    done = run("graph", ".")
    assert [one["id"] for one in json.loads(done.stdout)["components"]] == ["q", "r"]
    assert run("check", "loop.yaml").returncode == 2
    write(project, {"b.yaml": f"{QUEUE}include: [loop.yaml]\n", ".archlint.yaml": "rules: [round]\n"})
    assert run("check", "b.yaml").returncode == 2


def test_a_link_inside_the_project_is_followed(run, project: Path) -> None:
    write(project, {"real/a.yaml": QUEUE})
    (project / "b.yaml").symlink_to("real/a.yaml")
    assert run("check", "b.yaml", "--fail-on", "never").returncode == 0


SPECIAL = {
    "include": {"a.yaml": f"{QUEUE}include: [pipe]\n"},
    "definition": {
        "a.yaml": "Resources: {M: {Type: AWS::Serverless::StateMachine, Properties: {DefinitionUri: pipe}}}\n"
    },
    "file": {"a.yaml": "service: s\nprovider: {name: aws}\nfunctions: {f: {handler: '${file(pipe)}'}}\n"},
    "metadata": {
        "a.yaml": "version: '1'\nartifacts: {S: {type: 'aws:cloudformation:stack', additionalMetadataFile: pipe,"
        " properties: {templateFile: pipe}}}\n"
    },
    "tf": {"main.tf": 'resource "aws_sqs_queue" "q" { name = file("pipe") }\n'},
    "configuration": {"a.yaml": QUEUE},
}


@pytest.mark.parametrize("case", SPECIAL)
def test_nothing_waits_at_a_pipe(run, project: Path, case: str) -> None:
    write(project, SPECIAL[case])
    for name in ("pipe", "more.yaml", "more.tf", ".gitignore", "archlint.yaml", ".archlint.yaml", "terraform.tfvars"):
        os.mkfifo(project / name)
    assert run("graph", "a.yaml" if (project / "a.yaml").exists() else ".").returncode in {0, 2}
    assert run("graph", ".").returncode in {0, 2}


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device")
def test_a_file_without_an_end_is_too_large(run) -> None:
    for arguments in (["check", "/dev/zero"], ["check", "-", "--config", "/dev/zero"]):
        done = run(*arguments)
        assert (done.returncode, "is larger than" in done.stderr) == (2, True)


def test_a_folder_in_a_folder_in_a_folder_has_an_end(run, project: Path) -> None:
    deep = project.joinpath(*["d"] * 120)
    deep.mkdir(parents=True)
    (deep / "a.yaml").write_text(QUEUE)
    done = run("check", ".")
    assert (done.returncode, "nested too deeply" in done.stderr) == (2, True)
