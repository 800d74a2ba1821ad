"""One application in two of the CDK's languages differs in its logical ids and in what serves deployment alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from up_to_names import shape

from archlint.importers import read


def synthesized(hash_: str, *, runtime: str, machinery: bool) -> dict[str, object]:
    """A template as the CDK writes it: ids with a hash of the construct's path, roles and policies apart."""

    def id_(name: str) -> str:
        return f"{name}{hash_}"

    def arn(name: str) -> object:
        return {"Fn::GetAtt": [id_(name), "Arn"]}

    def path(name: str) -> object:
        return {"aws:cdk:path": f"Shop/{name}/Resource"}

    resources: dict[str, object] = {
        id_("Inbox"): {
            "Type": "AWS::SQS::Queue",
            "Properties": {
                "VisibilityTimeout": 300,
                "RedrivePolicy": {"deadLetterTargetArn": arn("Dead"), "maxReceiveCount": 3},
            },
            "UpdateReplacePolicy": "Delete",
            "DeletionPolicy": "Delete",
            "Metadata": path("Inbox"),
        },
        id_("Dead"): {"Type": "AWS::SQS::Queue", "Metadata": path("Dead")},
        id_("WorkServiceRole"): {
            "Type": "AWS::IAM::Role",
            "Properties": {
                "AssumeRolePolicyDocument": {"Statement": []},
                "ManagedPolicyArns": [
                    {
                        "Fn::Join": [
                            "",
                            [
                                "arn:",
                                {"Ref": "AWS::Partition"},
                                ":iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
                            ],
                        ]
                    }
                ],
            },
        },
        id_("WorkServiceRoleDefaultPolicy"): {
            "Type": "AWS::IAM::Policy",
            "Properties": {
                "PolicyName": "p",
                "Roles": [{"Ref": id_("WorkServiceRole")}],
                "PolicyDocument": {
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Action": ["sqs:ReceiveMessage", "sqs:DeleteMessage"],
                            "Resource": arn("Inbox"),
                        },
                        {
                            "Effect": "Allow",
                            "Action": ["dynamodb:PutItem", "dynamodb:BatchWriteItem"],
                            "Resource": [arn("Orders"), {"Ref": "AWS::NoValue"}],
                        },
                    ]
                },
            },
        },
        id_("Work"): {
            "Type": "AWS::Lambda::Function",
            "Properties": {
                "Role": arn("WorkServiceRole"),
                "Runtime": runtime,
                "Handler": "x",
                "Environment": {"Variables": {"T": {"Ref": id_("Orders")}}},
            },
            "Metadata": {**path("Work"), "aws:asset:path": f"asset.{hash_}"},
        },
        id_("WorkSqsEventSource"): {
            "Type": "AWS::Lambda::EventSourceMapping",
            "Properties": {"FunctionName": {"Ref": id_("Work")}, "EventSourceArn": arn("Inbox"), "BatchSize": 10},
        },
        id_("Orders"): {
            "Type": "AWS::DynamoDB::Table",
            "Properties": {"KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]},
            "DeletionPolicy": "Retain",
            "Metadata": path("Orders"),
        },
        "CDKMetadata": {"Type": "AWS::CDK::Metadata", "Properties": {"Analytics": hash_}},
    }
    if machinery:
        resources["LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a"] = {"Type": "AWS::Lambda::Function", "Properties": {}}
    return {
        "Resources": resources,
        "Parameters": {
            "BootstrapVersion": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/cdk-bootstrap/x/version"}
        },
    }


def test_two_languages(tmp_path: Path) -> None:
    first, second = tmp_path / "typescript.json", tmp_path / "python.json"
    first.write_text(json.dumps(synthesized("1A2B3C4D", runtime="nodejs22.x", machinery=True)))
    second.write_text(json.dumps(synthesized("9F8E7D6C", runtime="python3.13", machinery=False)))
    one, other = read([first]).architecture, read([second]).architecture
    assert shape(one) == shape(other)
    assert (len(one.components), len(one.connections)) == (4, 3)
    assert sorted(found.label for found in one.components) == ["Dead", "Inbox", "Orders", "Work"]


def test_a_difference_shows(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    template = synthesized("1A2B3C4D", runtime="nodejs22.x", machinery=False)
    file.write_text(json.dumps(template))
    before = shape(read([file]).architecture)
    del template["Resources"]["WorkSqsEventSource1A2B3C4D"]
    file.write_text(json.dumps(template))
    assert shape(read([file]).architecture) != before


LANGUAGES = ("typescript", "python", "java", "csharp", "dotnet", "go")


def test_real_applications_in_two_languages(shared: Path) -> None:
    """The same connections; what the two do not share is told, for authors change details when they translate."""
    pairs = []
    for template in sorted((shared / "corpus" / "cdk").rglob("template.y*ml")):
        language = next((part for part in template.parts if part in LANGUAGES), None)
        for other in LANGUAGES:
            twin = Path(*(other if part == language else part for part in template.parts)) if language else template
            if language and language < other and twin.is_file():
                pairs.append((template, twin))
    if not pairs:
        pytest.skip("no application in two languages beside the project")
    differ = [str(one) for one, twin in pairs if shape(read([one]).architecture) != shape(read([twin]).architecture)]
    assert differ == []
