"""Snippets for templates in JSON, for what the CDK writes, and for files that belong to another one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from snippets import EVENTS, PLAIN, Tags, merged, snippets

from archlint.importers import read
from archlint.lint import LintSettings, check
from archlint.report.checkup import Checkup
from archlint.report.data import findings_data
from archlint.report.telling import told


@pytest.fixture
def among(tmp_path: Path, rulebook):
    """Checks one of some files."""

    def run(files: dict[str, str], name: str, select: str) -> Checkup:
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        reading = read([tmp_path / name])
        findings = check(reading.architecture, rulebook, LintSettings(select=frozenset({select}))).findings
        return Checkup(findings, reading, rulebook)

    return run


def in_json(template: str) -> str:
    return json.dumps(yaml.load(template, Tags), indent=1)


@pytest.mark.parametrize(
    "rule",
    [
        *("queue-without-dlq", "queue-without-age-alarm", "visibility-timeout-too-short"),
        *("subscription-without-dlq", "event-target-without-dlq", "async-function-without-dlq"),
    ],
)
def test_json_is_answered_in_json(checked, rule: str) -> None:
    """Members to paste: a template with them is one, and the finding is gone."""
    template = json.loads(in_json(PLAIN if "queue" in rule or "timeout" in rule else EVENTS))
    before = checked(json.dumps(template, indent=1), "template.json", rule)
    assert before.findings
    for _, _, text in snippets(before):
        assert "!" not in text
        template["Resources"] = merged(template["Resources"], json.loads(f"{{{text}}}"))
    assert not checked(json.dumps(template), "template.json", rule).findings


def test_what_json_has_no_comment_for_is_said_beside_it(checked) -> None:
    found = findings_data(checked(in_json(EVENTS), "template.json", "event-target-without-dlq"))["findings"]
    (where,) = (one["where"] for each in found for one in each["snippets"] if "Nightly" in one["text"])
    assert where.endswith("; the role of Nightly needs sqs:SendMessage on NightlyUndelivered")
    (text,) = (one["text"] for each in found for one in each["snippets"] if one["text"].startswith('"Rule"'))
    assert '{ "Id": "a", "Arn": {"Fn::GetAtt": ["Plain", "Arn"]}, "DeadLetterConfig": ' in " ".join(text.split())


STACK = json.loads(in_json(PLAIN))
MANIFEST = {
    "version": "36.0.0",
    "artifacts": {
        "Shop": {
            "type": "aws:cloudformation:stack",
            "properties": {"templateFile": "Shop.template.json"},
            "metadata": {
                f"/Shop/{path}": [{"type": "aws:cdk:logicalId", "data": id_}]
                for id_, path in (("Jobs", "Inbox/Resource"), ("Work", "Work/Resource"), ("Mapping", "Mapped"))
            },
        }
    },
}


def _synthesized(manifest: object = MANIFEST, **more: object) -> dict[str, str]:
    files = {"manifest.json": manifest, "Shop.template.json": STACK, **more}
    return {f"cdk.out/{path}": json.dumps(data, indent=1) for path, data in files.items()}


def test_the_cdk_is_told_what_to_override(among) -> None:
    """The template is written anew, so what is to be changed is the construct."""
    checkup = among(_synthesized(), "cdk.out/manifest.json", "visibility-timeout-too-short")
    (found,) = findings_data(checkup)["findings"][0]["snippets"]
    assert found == {
        "language": "CDK",
        "term": "VisibilityTimeout",
        "where": "the construct Shop/Inbox",
        "text": "// construct: Shop/Inbox\n"
        '(construct.node.defaultChild as CfnQueue).addPropertyOverride("VisibilityTimeout", 360);',
    }
    assert "= do:   in CDK, set VisibilityTimeout of the construct Shop/Inbox\n" in told(checkup)
    (found,) = snippets(among(_synthesized(), "cdk.out/manifest.json", "batch-without-partial-response"))
    assert found[2].endswith(
        '(construct as CfnEventSourceMapping).addPropertyOverride("FunctionResponseTypes", ["ReportBatchItemFailures"]);'
    )


def test_the_cdk_makes_a_resource_beside_a_construct(among) -> None:
    (found,) = snippets(among(_synthesized(), "cdk.out/manifest.json", "queue-without-dlq"))
    lines = found[2].splitlines()
    assert 'const jobsDead = new CfnResource(Stack.of(construct), "JobsDead", {' in lines
    assert '    Dimensions: [{Name: "QueueName", Value: jobsDead.getAtt("QueueName")}],' in lines
    policy = '{deadLetterTargetArn: jobsDead.getAtt("Arn"), maxReceiveCount: 5}'
    assert lines[-1] == f'(construct.node.defaultChild as CfnQueue).addPropertyOverride("RedrivePolicy", {policy});'
    (found,) = snippets(among(_synthesized(), "cdk.out/manifest.json", "queue-without-age-alarm"))
    assert found[2].startswith("// construct: Shop/Inbox\nconst jobsAge = new CfnResource(Stack.of(construct), ")
    assert 'Value: (construct.node.defaultChild as CfnQueue).getAtt("QueueName")' in found[2]


def test_the_path_of_a_construct_may_stand_elsewhere(among) -> None:
    """In a file beside the manifest, in the template itself, or nowhere."""
    rule = "visibility-timeout-too-short"
    artifact = dict(MANIFEST["artifacts"]["Shop"])
    metadata = artifact.pop("metadata")
    beside = {**MANIFEST, "artifacts": {"Shop": {**artifact, "additionalMetadataFile": "Shop.metadata.json"}}}
    files = _synthesized(beside, **{"Shop.metadata.json": metadata})
    assert "construct: Shop/Inbox\n" in snippets(among(files, "cdk.out/manifest.json", rule))[0][2]
    nowhere = _synthesized({**MANIFEST, "artifacts": {"Shop": artifact}})
    (found,) = snippets(among(nowhere, "cdk.out/manifest.json", rule))
    assert found[2] == '(construct.node.defaultChild as CfnQueue).addPropertyOverride("VisibilityTimeout", 360);'
    itself = json.loads(in_json(PLAIN))
    itself["Resources"]["Jobs"]["Metadata"] = {"aws:cdk:path": "Shop/Inbox/Resource"}
    (found,) = snippets(among({"template.yaml": yaml.safe_dump(itself)}, "template.yaml", rule))
    assert found[:2] == ("CDK", "VisibilityTimeout")


def test_an_override_has_the_number_of_an_item(among) -> None:
    template = json.loads(in_json(EVENTS.partition("\n")[2]))
    stage = {"Type": "AWS::ApiGateway::Stage", "Properties": {"RestApiId": {"Ref": "Api"}, "StageName": "live"}}
    stage["Properties"]["MethodSettings"] = [{"ResourcePath": "/*", "HttpMethod": "*", "MetricsEnabled": True}]
    get = {"Type": "AWS", "Uri": {"Fn::Sub": "arn:aws:apigateway:a:lambda:path/b/functions/${Plain.Arn}/invocations"}}
    template["Resources"] |= {
        "Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Name": "a"}},
        "Get": {
            "Type": "AWS::ApiGateway::Method",
            "Properties": {"RestApiId": {"Ref": "Api"}, "HttpMethod": "GET", "Integration": get},
        },
        "Stage": stage,
    }
    files = {**_synthesized(), "cdk.out/Shop.template.json": json.dumps(template)}
    (rule, *_) = (
        text
        for _, _, text in snippets(among(files, "cdk.out/manifest.json", "event-target-without-dlq"))
        if "CfnRule" in text
    )
    assert 'addPropertyOverride("Targets.0.DeadLetterConfig.Arn", defaultUndelivered.getAtt("Arn"));' in rule
    (found,) = snippets(among(files, "cdk.out/manifest.json", "api-without-throttling"))
    limits = "{ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200}"
    assert found[2].endswith(f'as CfnStage).addPropertyOverride("MethodSettings.0", {limits});')
    stage["Properties"]["MethodSettings"][0]["HttpMethod"] = "GET"
    files["cdk.out/Shop.template.json"] = json.dumps(template)
    (found,) = snippets(among(files, "cdk.out/manifest.json", "api-without-throttling"))
    assert '"MethodSettings.1", {\n  ResourcePath: "/*",\n  HttpMethod: "*",' in found[2]


def test_what_is_kept_is_said_by_the_removal_policy(among) -> None:
    table = {"Resources": {"Table": {"Type": "AWS::DynamoDB::Table", "Metadata": {"aws:cdk:path": "Shop/T/Resource"}}}}
    found = snippets(among({"t.json": json.dumps(table)}, "t.json", "stateful-resource-not-retained"))
    assert [text.splitlines()[-1] for _, _, text in found] == [
        "(construct.node.defaultChild as CfnTable).applyRemovalPolicy(RemovalPolicy.RETAIN);"
    ]


FLOW = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Bake: {Type: AWS::Serverless::Function, Properties: {Handler: a.b, Runtime: python3.13, CodeUri: .}}
  Flow:
    Type: AWS::Serverless::StateMachine
    Properties: {DefinitionUri: NAME, DefinitionSubstitutions: {BakeArn: !GetAtt Bake.Arn}}
"""
STATES = {"StartAt": "Bake", "States": {"Bake": {"Type": "Task", "Resource": "${BakeArn}", "End": True}}}


@pytest.mark.parametrize("name", ["flow.asl.json", "flow.asl.yaml"])
def test_a_definition_in_a_file_of_its_own_has_the_words_of_states(among, name: str) -> None:
    definition = json.dumps(STATES) if name.endswith("json") else yaml.safe_dump(STATES)
    rule = "task-without-retry-or-catch"
    checkup = among({"template.yaml": FLOW.replace("NAME", name), name: definition}, "template.yaml", rule)
    (found,) = snippets(checkup)
    assert found[:2] == ("Amazon States Language", "Retry")
    assert "= do:   in Amazon States Language, set Retry of the state Bake of Flow\n" in told(checkup)
    retry = (json.loads(f"{{{found[2]}}}") if name.endswith("json") else yaml.safe_load(found[2]))["States"]["Bake"]
    states = {**STATES, "States": {"Bake": {**STATES["States"]["Bake"], **retry}}}
    assert not among({name: json.dumps(states)}, "template.yaml", rule).findings


SERVICE = """\
service: shop
provider: {name: aws}
functions: ${file(./parts/${opt:stage, 'dev'}.yml)}
resources: {Resources: {Jobs: {Type: AWS::SQS::Queue}}}
"""
PART = """\
work:
  handler: a.b
  timeout: 5
  events: [{sqs: {arn: !GetAtt Jobs.Arn}}, {eventBridge: {pattern: {source: [a]}}}]
"""


def test_a_part_of_a_serverless_yml_has_its_words(among) -> None:
    """The keys are those of the part, and what is new stands in the resources of the whole."""
    files = {"serverless.yml": SERVICE, "parts/dev.yml": PART}
    rule = "batch-without-partial-response"
    (found,) = snippets(among(files, "serverless.yml", rule))
    assert found[0] == "serverless.yml"
    event = {"arn": {"Fn::GetAtt": ["Jobs", "Arn"]}, "functionResponseType": "ReportBatchItemFailures"}
    assert yaml.load(found[2], Tags) == {"work": {"events": [{"sqs": event}]}}
    mended = PART.replace(
        "arn: !GetAtt Jobs.Arn", "arn: !GetAtt Jobs.Arn, functionResponseType: ReportBatchItemFailures"
    )
    assert not among({"parts/dev.yml": mended}, "serverless.yml", rule).findings
    checkup = among(files, "serverless.yml", "async-function-without-dlq")
    (found,) = snippets(checkup)
    assert found[2].startswith("work:\n  destinations:\n    onFailure: ")
    assert "\n# in serverless.yml\nresources:\n  Resources:\n    WorkFailed:\n" in found[2]
    assert "a queue, which becomes" not in told(checkup)


def test_a_part_of_a_part_is_one_too(among) -> None:
    outer = "work: ${file(./parts/work.yml)}\n"
    inner = "\n".join(line[2:] for line in PART.splitlines()[1:])
    files = {"serverless.yml": SERVICE, "parts/dev.yml": outer, "parts/work.yml": inner}
    (found,) = snippets(among(files, "serverless.yml", "batch-without-partial-response"))
    assert found[2].startswith("events:\n  # in the event that is there\n  - sqs:\n")


@pytest.mark.parametrize("name", ["flow.asl.json", "flow.asl.yaml"])
def test_a_state_may_be_called_anything(among, name: str) -> None:
    states = {"StartAt": "Is it: #1?", "States": {"Is it: #1?": STATES["States"]["Bake"]}}
    definition = json.dumps(states) if name.endswith("json") else yaml.safe_dump(states)
    files = {"template.yaml": FLOW.replace("NAME", name), name: definition}
    (found,) = snippets(among(files, "template.yaml", "task-without-retry-or-catch"))
    said = json.loads(f"{{{found[2]}}}") if name.endswith("json") else yaml.safe_load(found[2])
    assert list(said["States"]) == ["Is it: #1?"]


def test_what_yaml_cannot_say_is_not_offered(checked) -> None:
    template = json.loads(in_json(EVENTS))
    template["Resources"]["Rule"]["Properties"]["Targets"][0]["Input"] = "\x7f"
    found = snippets(checked(json.dumps(template), "template.json", "event-target-without-dlq"))
    assert len(found) == 4


def test_yaml_that_looks_like_json_keeps_its_functions(checked) -> None:
    rule = "{Type: AWS::Events::Rule, Properties: {EventPattern: {source: [a]}, Targets: [{Id: a, Arn: !GetAtt Work.Arn}]}}"
    template = f"{{Resources: {{Work: {{Type: AWS::Lambda::Function}}, Rule: {rule}}}}}"
    (found,) = snippets(checked(template, select="event-target-without-dlq"))
    (target,) = json.loads(f"{{{found[2]}}}")["Rule"]["Properties"]["Targets"]
    assert target["Arn"] == {"Fn::GetAtt": ["Work", "Arn"]}
