"""What was imported and then edited on both sides differs in the edits and in nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from archlint.diff import IMPLEMENTATION, compare
from archlint.importers import read, read_text
from archlint.report.differences import differences_text
from archlint.report.paint import Paint
from archlint.writing import description_text

TEMPLATE = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Take:
    Type: AWS::Serverless::Function
    Properties:
      Timeout: 10
      Policies: [{SQSSendMessagePolicy: {QueueName: !GetAtt Inbox.QueueName}}]
      Environment: {Variables: {URL: 'https://api.example.org/x', CACHE: !GetAtt Cache.RedisEndpoint.Address}}
      Events: {Post: {Type: HttpApi, Properties: {Path: /orders, Method: post}}}
  Inbox: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 60, RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 5}}}
  Dead: {Type: AWS::SQS::Queue}
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Policies: [{DynamoDBWritePolicy: {TableName: !Ref Orders}}]
      Events: {In: {Type: SQS, Properties: {Queue: !GetAtt Inbox.Arn, BatchSize: 5}}}
  Orders: {Type: AWS::DynamoDB::Table}
  Cache: {Type: AWS::ElastiCache::CacheCluster}
"""
TERRAFORM = """
resource "aws_sqs_queue" "inbox" { visibility_timeout_seconds = 60 }
resource "aws_lambda_function" "work" { timeout = 10 }
resource "aws_lambda_event_source_mapping" "in" {
  event_source_arn = aws_sqs_queue.inbox.arn
  function_name    = aws_lambda_function.work.arn
  batch_size       = 5
}
"""
SERVERLESS = """
service: shop
provider: {name: aws}
functions:
  work: {handler: a.b, events: [{sqs: {arn: !GetAtt Inbox.Arn, batchSize: 5}}, schedule: rate(1 hour)]}
resources: {Resources: {Inbox: {Type: AWS::SQS::Queue}}}
"""
INPUTS = {"template.yaml": TEMPLATE, "main.tf": TERRAFORM, "serverless.yml": SERVERLESS}


def compared(description: str, file: Path):
    return compare(read_text(description).architecture, read([file]).architecture, IMPLEMENTATION)


@pytest.mark.parametrize("name", INPUTS)
def test_nothing_differs_at_first(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(INPUTS[name])
    written = description_text(read([tmp_path / name]).architecture)
    assert compared(written, tmp_path / name).is_same


@pytest.mark.parametrize(
    ("name", "built", "described", "told"),
    [
        ("template.yaml", ("BatchSize: 5", "BatchSize: 7"), ("batch_size: 5", "batch_size: 6"), ["batch_size 6 → 7"]),
        ("template.yaml", ("Inbox", "Jobs"), ("Timeout", "Timeout"), []),
        ("template.yaml", ("VisibilityTimeout: 60, ", ""), ("timeout: 10s", "timeout: 11s"), ["visibility_timeout", "timeout 11s → 10s"]),
        ("template.yaml", ("Resources:", "Resources:\n  Extra: {Type: AWS::SNS::Topic}"), ("connections:", "  later: {type: sqs, planned: true}\nconnections:"), ["+ Extra: sns"]),
        ("main.tf", ("batch_size       = 5", "batch_size       = 9"), ("timeout: 10s", "timeout: 12s"), ["batch_size 5 → 9", "timeout 12s → 10s"]),
        ("serverless.yml", ("rate(1 hour)", "rate(2 hours)"), ("batch_size: 5", "batch_size: 4"), ["rate 1h → 2h", "batch_size 4 → 5"]),
    ],
)  # fmt: skip
def test_the_edits_differ(tmp_path: Path, name: str, built, described, told: list[str]) -> None:
    (tmp_path / name).write_text(INPUTS[name])
    written = description_text(read([tmp_path / name]).architecture)
    assert built[0] in INPUTS[name]
    (tmp_path / name).write_text(INPUTS[name].replace(*built))
    text = differences_text(compared(written.replace(*described), tmp_path / name), Paint(colour=False))
    lines = [line for line in text.splitlines() if line.startswith("  ")]
    assert all(any(part in line for line in lines) for part in told), text
    assert len(lines) == len(told), text
