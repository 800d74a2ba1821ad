"""Templates that lack something, in each language, and what a snippet makes of them."""

from __future__ import annotations

import yaml

from archlint.report.checkup import Checkup
from archlint.report.data import findings_data

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

EVENTS = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Done: {Type: AWS::SNS::Topic}
  Mine:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
      Runtime: python3.13
      CodeUri: .
      Timeout: 5
      Events:
        Note: {Type: SNS, Properties: {Topic: !Ref Done}}
        Seen: {Type: EventBridgeRule, Properties: {Pattern: {source: [a]}}}
        Tick: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day)}}
        Tock: {Type: Schedule, Properties: {Schedule: rate(1 day)}}
  Plain:
    Type: AWS::Lambda::Function
    Properties:
      Handler: a.b
      Runtime: python3.13
      Role: !Sub arn:aws:iam::${AWS::AccountId}:role/plain
      Code: {ZipFile: pass}
  Told: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Done, Protocol: lambda, Endpoint: !GetAtt Plain.Arn}}
  Rule:
    Type: AWS::Events::Rule
    Properties: {EventPattern: {source: [b]}, Targets: [{Id: a, Arn: !GetAtt Plain.Arn}]}
  Nightly:
    Type: AWS::Scheduler::Schedule
    Properties:
      ScheduleExpression: rate(1 day)
      FlexibleTimeWindow: {Mode: "OFF"}
      Target: {Arn: !GetAtt Plain.Arn, RoleArn: !Sub "arn:aws:iam::${AWS::AccountId}:role/nightly"}
"""


def snippets(checkup: Checkup) -> list[tuple[str, str, str]]:
    return [
        (one["language"], one["term"], one["text"])
        for found in findings_data(checkup)["findings"]
        for one in found["snippets"]
    ]


class Tags(yaml.SafeLoader):
    """Reads a template: a tag is the function of its long form."""


def _long_form(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> object:
    assert isinstance(node, yaml.ScalarNode)
    name = suffix if suffix == "Ref" else f"Fn::{suffix}"
    return {name: node.value.split(".", 1) if suffix == "GetAtt" else node.value}


Tags.add_multi_constructor("!", _long_form)


def merged(old: object, new: object) -> object:
    """What stands there with what a snippet says; items of a list are the same if they have the same ``Id``."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: merged(old.get(key), value) for key, value in new.items()}}
    if isinstance(old, list) and isinstance(new, list) and all(isinstance(one, dict) for one in [*old, *new]):
        items = {one.get("Id", number): one for number, one in enumerate(old)}
        for number, one in enumerate((one for one in new if one not in old), len(old)):
            items[one.get("Id", number)] = merged(items.get(one.get("Id", number)), one)
        return list(items.values())
    return new


def pasted(template: str, checkup: Checkup) -> str:
    """A template with every snippet of its findings in it."""
    read_ = yaml.load(template, Tags)
    for _, _, text in snippets(checkup):
        snippet = yaml.load(text, Tags)
        above = {name: snippet.pop(name) for name in ("Globals",) if name in snippet}
        read_ = merged(read_, {**above, "Resources": snippet})
    return yaml.safe_dump(read_, sort_keys=False)
