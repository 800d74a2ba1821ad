"""What `import` writes has the graph of what it was written from: everything that `graph` prints but the places."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archlint.importers import Reading, read, read_text
from archlint.model import InputError
from archlint.report.data import graph_data
from archlint.writing import description_text


def graph_of(reading: Reading) -> str:
    """The document of `graph` without places."""
    document = graph_data(reading)
    for part in (*document["components"], *document["connections"]):
        del part["location"]
    return json.dumps(document, indent=1)


def again(reading: Reading) -> Reading:
    return read_text(description_text(reading.architecture))


def inputs(corpus: Path) -> list[Path]:
    """Every file of the corpus that is an input by itself, every Terraform folder and every `cdk.out`."""
    with (corpus / "SOURCES.tsv").open(encoding="utf-8", newline="") as stream:
        files = [corpus / row["path"] for row in csv.DictReader(stream, delimiter="\t")]
    folders = {path.parent for path in files if path.suffix == ".tf" or path.name == "manifest.json"}
    return sorted({path for path in files if path.suffix != ".tf"} | folders)


def test_every_real_input(shared: Path) -> None:
    if not (shared / "corpus").is_dir():
        pytest.skip("no real templates beside the project")
    differ, equal = [], 0
    for path in inputs(shared / "corpus"):
        try:
            reading = read([path])
        except InputError:
            continue  # no template by itself
        if graph_of(again(reading)) == graph_of(reading):
            equal += 1
        else:
            differ.append(str(path))
    assert differ == []
    assert equal > 150


TERRAFORM = """
resource "aws_sqs_queue" "this" {
  for_each       = toset(["a", "b"])
  name           = each.key
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 3 })
}
resource "aws_sqs_queue" "dead" {}
resource "aws_lambda_function" "this" { timeout = 5 }
resource "aws_lambda_event_source_mapping" "this" {
  event_source_arn = aws_sqs_queue.this["a"].arn
  function_name    = aws_lambda_function.this.arn
}
"""


def test_terraform_addresses_stay_the_ids(tmp_path) -> None:
    (tmp_path / "main.tf").write_text(TERRAFORM)
    reading = read([tmp_path])
    assert graph_of(again(reading)) == graph_of(reading)
    assert {component.id for component in again(reading).architecture.components} == {
        'aws_sqs_queue.this["a"]',
        'aws_sqs_queue.this["b"]',
        "aws_sqs_queue.dead",
        "aws_lambda_function.this",
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (  # a fraction of a second, and none
            "template.yaml",
            """
Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        A: {Type: HttpApi, Properties: {Path: /a, Method: GET, TimeoutInMillis: 15000}}
        B: {Type: HttpApi, Properties: {Path: /b, Method: GET, TimeoutInMillis: 1500}}
""",
        ),
        (  # only what is external: the stack is no service, and the description must not make one
            "template.yaml",
            """
Resources:
  R:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [x]}
      Targets: [{Id: a, Arn: 'arn:aws:lambda:us-east-1:123456789012:function:other'}]
""",
        ),
        (  # a third party that has a label of its own
            "template.yaml",
            """
Resources:
  D: {Type: AWS::Events::ApiDestination, Properties: {InvocationEndpoint: 'https://api.example.com/x', HttpMethod: POST}}
  R:
    Type: AWS::Events::Rule
    Properties: {EventPattern: {source: [x]}, Targets: [{Id: a, Arn: !GetAtt D.Arn}]}
""",
        ),
        (
            "serverless.yml",
            "service: x\nprovider: {name: aws}\nfunctions: {a-b: {handler: x, events: [http: GET /x]}}\n",
        ),
    ],
)
def test_small_inputs(tmp_path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    reading = read([tmp_path / name])
    assert graph_of(again(reading)) == graph_of(reading)


names = st.from_regex(r"[A-Z][A-Za-z0-9]{0,5}", fullmatch=True)
kinds = st.sampled_from(["Function", "Queue", "Topic", "Table", "Bus", "Machine"])
TYPES = {
    "Function": "AWS::Serverless::Function",
    "Queue": "AWS::SQS::Queue",
    "Topic": "AWS::SNS::Topic",
    "Table": "AWS::DynamoDB::Table",
    "Bus": "AWS::Events::EventBus",
    "Machine": "AWS::Serverless::StateMachine",
}
GRANTS = {
    "Queue": ["sqs:SendMessage", "sqs:ReceiveMessage"],
    "Topic": ["sns:Publish"],
    "Table": ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:*"],
    "Bus": ["events:PutEvents"],
    "Machine": ["states:StartExecution"],
    "Function": ["lambda:InvokeFunction"],
}


@st.composite
def templates(draw) -> dict[str, object]:
    """A template of a few resources, each wired at random with the others."""
    declared = {name: draw(kinds) for name in draw(st.lists(names, unique=True, min_size=1, max_size=6))}
    return {"Resources": {name: draw(resources(name, kind, declared)) for name, kind in declared.items()}}


@st.composite
def resources(draw, name: str, kind: str, declared: dict[str, str]) -> dict[str, object]:
    others = sorted(declared)
    arn = {"Fn::GetAtt": [draw(st.sampled_from(others)), "Arn"]}
    properties: dict[str, object] = {}
    match kind:
        case "Function":
            granted = draw(st.lists(st.sampled_from(others), max_size=3))
            properties = {
                "Timeout": draw(st.integers(1, 900)),
                "Policies": [
                    {
                        "Statement": [
                            {
                                "Effect": "Allow",
                                "Action": draw(st.sampled_from(GRANTS[declared[one]])),
                                "Resource": {"Fn::GetAtt": [one, "Arn"]},
                            }
                        ]
                    }
                    for one in granted
                ],
                "Environment": {"Variables": {f"V{place}": {"Ref": one} for place, one in enumerate(granted)}},
                "Events": draw(events(others)),
            }
        case "Queue":
            properties = {"RedrivePolicy": {"deadLetterTargetArn": arn, "maxReceiveCount": draw(st.integers(1, 9))}}
        case "Topic":
            properties = {
                "Subscription": [{"Protocol": draw(st.sampled_from(["sqs", "lambda", "email"])), "Endpoint": arn}]
            }
        case "Machine":
            task = {"Type": "Task", "Resource": arn, "End": True, "TimeoutSeconds": draw(st.integers(1, 99))}
            properties = {"Definition": {"StartAt": "A", "States": {"A": task}}}
    return {"Type": TYPES[kind], "Properties": properties}


@st.composite
def events(draw, others: list[str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for place in range(draw(st.integers(0, 3))):
        arn = {"Fn::GetAtt": [draw(st.sampled_from(others)), "Arn"]}
        found[f"E{place}"] = draw(
            st.sampled_from(
                [
                    {"Type": "HttpApi", "Properties": {"Path": f"/p{place}", "Method": "get", "TimeoutInMillis": 2500}},
                    {"Type": "Api", "Properties": {"Path": f"/p{place}", "Method": "post"}},
                    {"Type": "SQS", "Properties": {"Queue": arn, "BatchSize": 5}},
                    {"Type": "SNS", "Properties": {"Topic": arn}},
                    {"Type": "Schedule", "Properties": {"Schedule": "rate(5 minutes)"}},
                    {
                        "Type": "EventBridgeRule",
                        "Properties": {"Pattern": {"source": ["x"]}, "RetryPolicy": {"MaximumRetryAttempts": 3}},
                    },
                ]
            )
        )
    return found


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(templates())
def test_generated_templates(tmp_path_factory, template) -> None:
    file = tmp_path_factory.mktemp("generated") / "template.json"
    file.write_text(json.dumps(template))
    reading = read([file])
    assert graph_of(again(reading)) == graph_of(reading)
