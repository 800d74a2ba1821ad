"""A SAM template and what CloudFormation makes of it are the same graph, names and all.

`pairs/NAME.transformed.json` is what SAM's own translator (aws-sam-translator) makes of `pairs/NAME.yaml`.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from archlint.importers import read

PAIRS = Path(__file__).parent / "pairs"


def graph(path: Path):
    architecture = read([path]).architecture
    components = {found.id: (found.type, dict(found.properties)) for found in architecture.components}
    connections = Counter(
        (
            edge.source.id,
            edge.style.arrow,
            edge.target.id,
            edge.action,
            edge.confidence.word,
            repr(sorted(edge.properties.items())),
        )
        for edge in architecture.connections
    )
    return components, connections


def test_a_whole_application() -> None:
    assert graph(PAIRS / "shop.yaml") == graph(PAIRS / "shop.transformed.json")
    components, connections = graph(PAIRS / "shop.yaml")
    assert (len(components), connections.total()) == (36, 59)


FN = "Type: AWS::Serverless::Function"
CODE = "Type: AWS::Lambda::Function"


@pytest.mark.parametrize(
    ("sam", "plain"),
    [
        pytest.param(
            f"""
  F: {{{FN}, Properties: {{Events: {{A: {{Type: Api, Properties: {{Path: /x, Method: get, RestApiId: Api}}}}}}}}}}
  Api: {{Type: AWS::Serverless::Api, Properties: {{StageName: p, Auth: {{ApiKeyRequired: true}}}}}}
""",
            f"""
  F: {{{CODE}}}
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body:
        swagger: 2.0
        securityDefinitions: {{api_key: {{type: apiKey, name: x-api-key, in: header}}}}
        paths: {{/x: {{get: {{security: [api_key: []], x-amazon-apigateway-integration: {{type: aws_proxy, httpMethod: POST, uri: !Sub 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${{F.Arn}}/invocations'}}}}}}}}
  Stage: {{Type: AWS::ApiGateway::Stage, Properties: {{RestApiId: !Ref Api}}}}
  May: {{Type: AWS::Lambda::Permission, Properties: {{FunctionName: !Ref F, Action: lambda:InvokeFunction, Principal: apigateway.amazonaws.com, SourceArn: !Sub 'arn:aws:execute-api:eu-west-1:1:${{Api}}/*/GET/x'}}}}
""",
            id="an API by its name, with a key",
        ),
        pytest.param(
            f"""
  F: {{{FN}, Properties: {{Events: {{A: {{Type: S3, Properties: {{Bucket: !Ref B, Events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*']}}}}}}}}}}
  B: {{Type: AWS::S3::Bucket}}
""",
            f"""
  F: {{{CODE}}}
  B: {{Type: AWS::S3::Bucket, Properties: {{NotificationConfiguration: {{LambdaConfigurations: [{{Event: 's3:ObjectCreated:*', Function: !GetAtt F.Arn}}, {{Event: 's3:ObjectRemoved:*', Function: !GetAtt F.Arn}}]}}}}}}
""",
            id="several events of one bucket",
        ),
        pytest.param(
            """
  M: {Type: AWS::Serverless::StateMachine, Properties: {AutoPublishAlias: live, Definition: {StartAt: A, States: {A: {Type: Pass, End: true}}}, Events: {MR: {Type: EventBridgeRule, Properties: {Pattern: {source: [x]}}}}}}
""",
            """
  M: {Type: AWS::StepFunctions::StateMachine, Properties: {DefinitionString: '{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}'}}
  V: {Type: AWS::StepFunctions::StateMachineVersion, Properties: {StateMachineArn: !Ref M}}
  Live: {Type: AWS::StepFunctions::StateMachineAlias, Properties: {Name: live, DeploymentPreference: {StateMachineVersionArn: !Ref V, Type: ALL_AT_ONCE}}}
  MMR: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [x]}, Targets: [{Id: t, Arn: !Ref Live}]}}
""",
            id="the alias of a state machine",
        ),
        pytest.param(
            f"""
  F: {{{FN}, Connectors: {{Q: {{Properties: {{Destination: {{Id: Q}}, Permissions: [Read]}}}}}}}}
  Q: {{Type: AWS::SQS::Queue}}
""",
            f"""
  F: {{{CODE}, Properties: {{Role: !GetAtt R.Arn}}}}
  R: {{Type: AWS::IAM::Role, Properties: {{Policies: [{{PolicyDocument: {{Statement: [{{Effect: Allow, Action: ['sqs:ReceiveMessage', 'sqs:GetQueueAttributes'], Resource: [!GetAtt Q.Arn]}}]}}}}]}}}}
  Q: {{Type: AWS::SQS::Queue}}
""",
            id="a queue that is read by oneself",
        ),
    ],
)
def test_a_part(tmp_path: Path, sam: str, plain: str) -> None:
    (tmp_path / "sam.yaml").write_text(f"Transform: AWS::Serverless-2016-10-31\nResources:{sam}")
    (tmp_path / "plain.yaml").write_text(f"Resources:{plain}")
    assert graph(tmp_path / "sam.yaml") == graph(tmp_path / "plain.yaml")
    assert graph(tmp_path / "sam.yaml")[0]


def test_an_authorizer_that_no_route_names_decides_nothing(project) -> None:
    template = """
Resources:
  F: {Type: AWS::Lambda::Function}
  Api: {Type: AWS::ApiGateway::RestApi}
  May:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref F, Principal: apigateway.amazonaws.com, SourceArn: !Sub 'arn:aws:execute-api:eu-west-1:1:${Api}/authorizers/*'}
"""
    assert project.edges(template) == []
    assert project.edges(template.replace("authorizers/*", "*")) == ["Api => F: invoke (likely)"]
