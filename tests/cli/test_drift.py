"""Drift between a description and the infrastructure that implements it, as a user sees it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

DESCRIBED = """\
archlint: 1
name: Tea
components:
  guest: client
  leaves: sqs
  brew: {type: lambda, timeout: 10s}
  dregs: sqs
connections:
  - leaves -> brew
  - leaves !> dregs
"""
TEMPLATE = """\
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  LeavesQueue:
    Type: AWS::SQS::Queue
  BrewFunction:
    Type: AWS::Lambda::Function
    Properties: {Timeout: 20, Runtime: python3.13, Handler: a.b, Role: "arn:aws:iam::123456789012:role/x", Code: {ZipFile: x}}
  BrewMapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt LeavesQueue.Arn, FunctionName: !Ref BrewFunction}
  Cups:
    Type: AWS::DynamoDB::Table
    Properties: {KeySchema: [{AttributeName: id, KeyType: HASH}]}
"""


@pytest.fixture
def run(archlint_command, tmp_path):
    (tmp_path / "arch.yaml").write_text(DESCRIBED)
    (tmp_path / "template.yaml").write_text(TEMPLATE)

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [*archlint_command, *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    return call


@pytest.mark.parametrize("paths", [("arch.yaml", "template.yaml"), ("template.yaml", "arch.yaml")])
def test_drift_is_a_finding_whichever_is_checked(run, paths) -> None:
    done = run("check", paths[0], "--against", paths[1], "--select", "drift", "--format", "json")
    found = {(one["rule"], one["component"], one["location"]["path"]) for one in json.loads(done.stdout)["findings"]}
    assert found == {
        ("drift-missing-component", "dregs", "arch.yaml"),
        ("drift-undescribed-component", "Cups", "template.yaml"),
        ("drift-property", "BrewFunction", "template.yaml"),
        ("drift-connection", None, "arch.yaml"),
    }
    assert done.returncode == 0  # warnings
    assert run("check", paths[0], "--against", paths[1], "--select", "drift", "--fail-on", "warning").returncode == 1


def test_no_drift_without_something_to_compare_with(run) -> None:
    assert json.loads(run("check", "arch.yaml", "--select", "drift", "--format", "json").stdout)["findings"] == []


def test_a_report_shows_the_lines_of_both(run) -> None:
    text = run("check", "template.yaml", "--against", "arch.yaml", "--select", "drift").stdout
    assert "BrewFunction: timeout is 20s and described as 10s" in text
    assert "--> arch.yaml:7:3" in text
    sarif = json.loads(
        run("check", "template.yaml", "--against", "arch.yaml", "--select", "drift", "--format", "sarif").stdout
    )
    assert "drift-property" in {rule["id"] for rule in sarif["runs"][0]["tool"]["driver"]["rules"]}
    assert "drift-property" in run("rules").stdout


def test_drift_is_suppressed_like_any_finding(run, tmp_path: Path) -> None:
    suppression = "ignore: [{rule: drift-missing-component, component: dregs, reason: next week}]\n"
    (tmp_path / "arch.yaml").write_text(DESCRIBED + suppression)
    found = json.loads(
        run("check", "arch.yaml", "--against", "template.yaml", "--select", "drift", "--format", "json").stdout
    )
    assert {one["rule"]: one["suppressed"] for one in found["findings"]}["drift-missing-component"] is True


def test_diff_compares_what_both_could_say(run) -> None:
    lines = run("diff", "arch.yaml", "template.yaml").stdout.splitlines()
    assert "  ~ BrewFunction: was brew; timeout 10s → 20s" in lines
    assert "  - dregs: sqs" in lines
    assert "  + Cups: dynamodb" in lines
    turned = run("diff", "template.yaml", "arch.yaml").stdout.splitlines()
    assert "  ~ brew: was BrewFunction; timeout 20s → 10s" in turned
    assert "  + dregs: sqs" in turned
