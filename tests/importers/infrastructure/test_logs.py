"""Which functions have log groups, and how long those keep their events."""

from __future__ import annotations

from pathlib import Path

import pytest

from archlint.importers import read
from archlint.model import UNKNOWN, Value

SAM = """
Transform: AWS::Serverless-2016-10-31
Parameters: {Name: {Type: String}}
Resources:
  Sort: {Type: AWS::Serverless::Function, Properties: {FunctionName: sorting}}
"""
CODE = """
Resources:
  Sort: {Type: AWS::Lambda::Function}
"""


def kept(tmp_path: Path, name: str, text: str, function: str) -> Value:
    (tmp_path / name).write_text(text)
    return read([tmp_path]).architecture.by_id[function].properties.get("log_retention")


@pytest.mark.parametrize(
    ("template", "retention"),
    [
        (SAM, None),
        (SAM + "  G: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Sub '/aws/lambda/${Sort}', RetentionInDays: 3}}\n", 259200),
        (SAM + "  G: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /aws/lambda/sorting, RetentionInDays: 3}}\n", 259200),
        (SAM + "  G: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Join ['', [/aws/lambda/, !Ref Sort]]}}\n", UNKNOWN),
        (SAM + "  G: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /aws/lambda/another}}\n", None),
        (SAM + "  G: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Sub '/aws/apigateway/${Name}'}}\n", None),
        (SAM + "  G: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Sub '/aws/lambda/${Name}'}}\n", UNKNOWN),
        (SAM + "  G: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Ref Name}}\n", UNKNOWN),
        (SAM + "  G: {Type: AWS::Logs::LogGroup}\n", UNKNOWN),
        (SAM + "Globals: {Function: {LoggingConfig: {LogFormat: JSON}}}\n", None),
        (SAM + "Globals: {Function: {LoggingConfig: {LogGroup: !Ref Name}}}\n", UNKNOWN),
        (CODE + "  R: {Type: Custom::LogRetention, Properties: {LogGroupName: !Join ['', [/aws/lambda/, !Ref Sort]], RetentionInDays: 7}}\n", 604800),
        (CODE + "  R: {Type: Custom::LogRetention, Properties: {LogGroupName: !Join ['', [/aws/lambda/, !Ref Sort]]}}\n", None),
    ],
)  # fmt: skip
def test_cloudformation(tmp_path: Path, template: str, retention: Value) -> None:
    assert kept(tmp_path, "template.yaml", template, "Sort") == retention


@pytest.mark.parametrize(
    ("more", "retention"),
    [
        ("", None),
        ('resource "aws_cloudwatch_log_group" "g" {\n name = "/aws/lambda/sorting"\n retention_in_days = 3\n}', 259200),
        ('resource "aws_cloudwatch_log_group" "g" { name = "/aws/apigateway/front" }', None),
        ('resource "aws_cloudwatch_log_group" "g" { name = "/aws/lambda/${var.name}" }\nvariable "name" {}', UNKNOWN),
    ],
)
def test_terraform(tmp_path: Path, more: str, retention: Value) -> None:
    function = 'resource "aws_lambda_function" "sort" { function_name = "sorting" }\n'
    assert kept(tmp_path, "main.tf", function + more, "aws_lambda_function.sort") == retention


def test_terraform_with_another_log_group(tmp_path: Path) -> None:
    function = 'resource "aws_lambda_function" "sort" {\n logging_config {\n  log_group = "all"\n }\n}\n'
    assert kept(tmp_path, "main.tf", function, "aws_lambda_function.sort") is UNKNOWN


@pytest.mark.parametrize(
    ("provider", "function", "retention"),
    [
        ("", "", None),
        (", logRetentionInDays: 14", "", 1209600),
        (", logRetentionInDays: 14", ", logRetentionInDays: 3", 259200),
        (", logRetentionInDays: '${env:DAYS}'", "", UNKNOWN),
        ("", ", disableLogs: true", UNKNOWN),
    ],
)
def test_serverless(tmp_path: Path, provider: str, function: str, retention: Value) -> None:
    text = f"service: s\nprovider: {{name: aws{provider}}}\nfunctions:\n  sort: {{handler: a.b{function}}}\n"
    assert kept(tmp_path, "serverless.yml", text, "sort") == retention
