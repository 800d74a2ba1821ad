"""What to change, in the language that the finding stands in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from archlint.importers import read
from archlint.importers.languages import language_of
from archlint.lint import LintSettings, check
from archlint.report.checkup import Checkup
from archlint.report.data import findings_data
from archlint.report.markdown import report as markdown
from archlint.report.sarif import report as sarif
from archlint.report.telling import told

SAM = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Jobs: {Type: AWS::SQS::Queue}
  Ledger: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, MasterUsername: a, MasterUserPassword: b}}
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
      Runtime: python3.13
      CodeUri: .
      Timeout: 60
      Environment: {Variables: {HOST: !GetAtt Ledger.Endpoint.Address}}
      Events:
        Job: {Type: SQS, Properties: {Queue: !GetAtt Jobs.Arn}}
"""
PLAIN = """\
Resources:
  Jobs: {Type: AWS::SQS::Queue}
  Work: {Type: AWS::Lambda::Function, Properties: {Timeout: 60}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Jobs.Arn, FunctionName: !Ref Work}}
"""
SERVERLESS = """\
service: shop
provider: {name: aws, runtime: python3.13}
functions:
  work:
    handler: a.b
    timeout: 60
    events: [{sqs: {arn: !GetAtt Jobs.Arn}}]
resources:
  Resources:
    Jobs: {Type: AWS::SQS::Queue}
    Ledger: {Type: AWS::RDS::DBCluster}
"""
TERRAFORM = """\
resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}
resource "aws_lambda_function" "work" {
  function_name = "work"
  timeout       = 60
}
resource "aws_lambda_event_source_mapping" "jobs" {
  event_source_arn = aws_sqs_queue.jobs.arn
  function_name    = aws_lambda_function.work.arn
}
"""
DESCRIPTION = "archlint: 1\nname: A\ncomponents: {q: sqs, f: {type: lambda, timeout: 60}}\nconnections: [q -> f]\n"


@pytest.fixture
def checked(tmp_path: Path, rulebook):
    def run(text: str, name: str = "template.yaml", select: str = "") -> Checkup:
        (tmp_path / name).write_text(text)
        reading = read([tmp_path / name])
        wanted = frozenset({select}) if select else frozenset()
        findings = check(reading.architecture, rulebook, LintSettings(select=wanted)).findings
        return Checkup(findings, reading, rulebook)

    return run


def snippets(checkup: Checkup) -> list[tuple[str, str, str]]:
    return [
        (one["language"], one["term"], one["text"])
        for found in findings_data(checkup)["findings"]
        for one in found["snippets"]
    ]


@pytest.mark.parametrize(
    ("text", "name", "language"),
    [
        (SAM, "a.yaml", "sam"),
        (PLAIN, "a.yaml", "cloudformation"),
        (SERVERLESS, "serverless.yml", "serverless"),
        (TERRAFORM, "main.tf", "terraform"),
        (DESCRIPTION, "a.yaml", "description"),
    ],
)
def test_languages(checked, text: str, name: str, language: str) -> None:
    reading = checked(text, name).reading
    assert {language_of(document) for document in reading.documents.values()} == {language}


def test_a_redrive_policy(checked) -> None:
    (found,) = snippets(checked(PLAIN, select="queue-without-dlq"))
    assert found[:2] == ("CloudFormation", "RedrivePolicy")
    assert found[2].splitlines()[:2] == ["Jobs:", "  Properties:"]
    assert "maxReceiveCount: 5" in found[2]
    (found,) = snippets(checked(TERRAFORM, "main.tf", "queue-without-dlq"))
    assert found[2].splitlines()[0] == 'resource "aws_sqs_queue" "jobs" {'
    assert "redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue." in found[2]


def test_a_visibility_timeout(checked) -> None:
    rule = "visibility-timeout-too-short"
    assert snippets(checked(PLAIN, select=rule)) == [
        ("CloudFormation", "VisibilityTimeout", "Jobs:\n  Properties:\n    VisibilityTimeout: 360")
    ]
    (found,) = snippets(checked(TERRAFORM, "main.tf", rule))
    assert found[2] == 'resource "aws_sqs_queue" "jobs" {\n  visibility_timeout_seconds = 360\n}'
    (found,) = snippets(checked(SERVERLESS, "serverless.yml", rule))
    assert found[2] == "resources:\n  Resources:\n    Jobs:\n      Properties:\n        VisibilityTimeout: 360"
    assert snippets(checked(DESCRIPTION, select=rule)) == []


def test_a_mapping(checked) -> None:
    rule = "batch-without-partial-response"
    (found,) = snippets(checked(PLAIN, select=rule))
    assert "FunctionResponseTypes: [ReportBatchItemFailures]" in found[2]
    (found,) = snippets(checked(SERVERLESS, "serverless.yml", rule))
    assert yaml.safe_load(found[2]) == {
        "functions": {"work": {"events": [{"sqs": {"functionResponseType": "ReportBatchItemFailures"}}]}}
    }


def test_every_report_offers_the_snippet(checked) -> None:
    checkup = checked(PLAIN, select="visibility-timeout-too-short")
    assert "= do:   in CloudFormation, set VisibilityTimeout of Jobs" in told(checkup)
    assert "    VisibilityTimeout: 360" in told(checkup)
    assert "VisibilityTimeout: 360" in markdown(checkup)
    (result,) = json.loads(sarif(checkup))["runs"][0]["results"]
    assert "In CloudFormation, set VisibilityTimeout of Jobs." in result["message"]["text"]
    assert result["properties"]["snippets"][0]["text"].endswith("VisibilityTimeout: 360")
