"""What cannot be read is told with its place, and the rest is read; nothing outside the project is."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from archlint.importers import read
from archlint.model import InputError

QUEUE = "Resources: {Q: {Type: AWS::SQS::Queue}}\n"
BROKEN = "Resources:\n  Q: {Type: AWS::SQS::Queue\n"
JINJA = "Resources:\n  {% for q in queues %}\n  Q: {Type: AWS::SQS::Queue}\n  {% endfor %}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / ".git").mkdir(parents=True)
    return folder


def ids(reading) -> list[str]:
    return [component.id for component in reading.architecture.components]


def told(reading) -> list[tuple[str, int, str]]:
    return [(Path(note.span.path).name, note.span.line, note.message) for note in reading.notes if note.span]


def test_a_folder_with_a_broken_template(project: Path) -> None:
    (project / "a.yaml").write_text(QUEUE)
    (project / "b.yaml").write_text(BROKEN)
    (project / "c.yaml").write_text(JINJA)
    (project / "chart.yaml").write_text("{{ not ours }}: [\n")
    reading = read([project])
    assert ids(reading) == ["Q"]
    assert [(name, line) for name, line, _ in told(reading)] == [("b.yaml", 3), ("c.yaml", 2)]
    assert "a template of it" in told(reading)[1][2]


def test_a_folder_with_nothing_else(project: Path) -> None:
    (project / "b.yaml").write_text(BROKEN)
    with pytest.raises(InputError, match=r"b\.yaml:3:1"):
        read([project])


def test_a_module_with_a_broken_file(project: Path) -> None:
    (project / "main.tf").write_text('resource "aws_sqs_queue" "q" {}\n')
    (project / "bad.tf").write_text('resource "aws_sqs_queue" "z" {\n  name =\n')
    reading = read([project])
    assert ids(reading) == ["aws_sqs_queue.q"]
    assert [(name, line) for name, line, _ in told(reading)] == [("bad.tf", 1)]
    (project / "main.tf").unlink()
    with pytest.raises(InputError, match=r"bad\.tf:1:1: this is no valid HCL"):
        read([project])


def test_a_file_that_a_configuration_asks_for_in_vain(project: Path) -> None:
    (project / "main.tf").write_text(
        'locals { name = file("gone.txt") }\n'
        'resource "aws_sfn_state_machine" "s" {\n  definition = templatefile("../out.json", {})\n}\n'
        'resource "aws_sqs_queue" "q" {\n  name = local.name\n}\n'
    )
    assert told(read([project])) == [
        ("main.tf", 3, "`../out.json` is no file of the project"),
        ("main.tf", 6, "`gone.txt` is no file of the project"),
    ]


@pytest.mark.parametrize("written", ["link.json", "folder/flow.json", "../outside/flow.json"])
def test_links_do_not_lead_out(project: Path, written: str) -> None:
    outside = project.parent / "outside"
    outside.mkdir()
    definition = '{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:1:function:secret", "End": true}}}'
    (outside / "flow.json").write_text(definition)
    (project / "link.json").symlink_to(outside / "flow.json")
    (project / "folder").symlink_to(outside)
    (project / "template.yaml").write_text(
        f"Resources:\n  S: {{Type: AWS::Serverless::StateMachine, Properties: {{DefinitionUri: {written}}}}}\n"
    )
    (project / "main.tf").write_text(f'resource "aws_sfn_state_machine" "s" {{\n  definition = file("{written}")\n}}\n')
    (project / "serverless.yml").write_text(
        f"service: x\nprovider: {{name: aws}}\nfunctions: {{f: {{handler: a, environment: {{A: '${{file({written}):States.A.Resource}}'}}}}}}\n"
    )
    for name in ("template.yaml", "main.tf", "serverless.yml"):
        reading = read([project / name])
        assert "secret" not in repr([(c.id, c.properties) for c in reading.architecture.components])
        assert any(written in message for _, _, message in told(reading)), name
    assert not [id_ for id_ in ids(read([project])) if "secret" in id_]


def test_graph_and_import_tell_what_they_left_aside(project: Path, archlint_command) -> None:
    (project / "template.yaml").write_text(
        QUEUE.replace("{Q:", "{S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: 'https://x/y'}}, Q:")
    )
    for command in ("graph", "import", "check"):
        done = subprocess.run(
            [*archlint_command, command, "template.yaml"], cwd=project, capture_output=True, text=True, check=False
        )
        assert "note: template.yaml:1:" in done.stderr, command
        assert "https://x/y" in done.stderr
