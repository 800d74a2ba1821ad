"""One application written twice, for SAM and for the Serverless Framework, is the same graph up to names."""

from __future__ import annotations

import pytest

from archlint.importers import read

pytest.importorskip("archlint.importers.cloudformation")

SAM = """
AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: {Timeout: 10, MemorySize: 256, Runtime: nodejs22.x, Handler: x.y, CodeUri: .}
Resources:
  ServerlessHttpApi:
    Type: AWS::Serverless::HttpApi
    Properties:
      Auth:
        Authorizers:
          gate: {FunctionArn: !GetAtt gate.Arn, AuthorizerPayloadFormatVersion: '2.0', Identity: {Headers: [Authorization]}, FunctionInvokeRole: x}
  gate: {Type: AWS::Serverless::Function}
  take:
    Type: AWS::Serverless::Function
    Properties:
      Policies: [{SQSSendMessagePolicy: {QueueName: !GetAtt Inbox.QueueName}}]
      Environment: {Variables: {QUEUE: !Ref Inbox}}
      Events:
        Post: {Type: HttpApi, Properties: {Path: /orders, Method: POST, ApiId: !Ref ServerlessHttpApi, Auth: {Authorizer: gate}}}
        Get: {Type: HttpApi, Properties: {Path: /orders, Method: GET, ApiId: !Ref ServerlessHttpApi}}
  work:
    Type: AWS::Serverless::Function
    Properties:
      ReservedConcurrentExecutions: 5
      Policies:
        - Statement: [{Effect: Allow, Action: ['dynamodb:PutItem', 'dynamodb:GetItem'], Resource: !GetAtt Orders.Arn}]
      Events:
        Inbox: {Type: SQS, Properties: {Queue: !GetAtt Inbox.Arn, BatchSize: 5, ScalingConfig: {MaximumConcurrency: 3}, FunctionResponseTypes: [ReportBatchItemFailures]}}
  follow:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Table:
          Type: DynamoDB
          Properties: {Stream: !GetAtt Orders.StreamArn, StartingPosition: LATEST, BatchSize: 10, MaximumRetryAttempts: 3, DestinationConfig: {OnFailure: {Destination: !GetAtt Dead.Arn}}}
  tell:
    Type: AWS::Serverless::Function
    Properties:
      EventInvokeConfig: {MaximumRetryAttempts: 1, DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt Dead.Arn}}}
      Events:
        News: {Type: SNS, Properties: {Topic: !Ref News, FilterPolicy: {kind: [big]}}}
        Hourly: {Type: Schedule, Properties: {Schedule: rate(1 hour)}}
        Paid: {Type: EventBridgeRule, Properties: {Pattern: {source: [shop]}}}
  Inbox: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 60, RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 5}}}
  Dead: {Type: AWS::SQS::Queue, Properties: {MessageRetentionPeriod: 1209600}}
  News: {Type: AWS::SNS::Topic}
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      StreamSpecification: {StreamViewType: NEW_IMAGE}
"""

SERVERLESS = """
service: shop
provider:
  name: aws
  timeout: 10
  memorySize: 256
  httpApi: {authorizers: {gate: {type: request, functionName: gate}}}
plugins: [serverless-iam-roles-per-function]
functions:
  gate: {handler: x.y}
  take:
    handler: x.y
    environment: {QUEUE: !Ref Inbox}
    iamRoleStatements: [{Effect: Allow, Action: ['sqs:SendMessage*'], Resource: !GetAtt Inbox.Arn}]
    events:
      - httpApi: {path: /orders, method: post, authorizer: {name: gate}}
      - httpApi: GET /orders
  work:
    handler: x.y
    reservedConcurrency: 5
    iamRoleStatements: [{Effect: Allow, Action: ['dynamodb:PutItem', 'dynamodb:GetItem'], Resource: !GetAtt Orders.Arn}]
    events:
      - sqs: {arn: !GetAtt Inbox.Arn, batchSize: 5, maximumConcurrency: 3, functionResponseType: ReportBatchItemFailures}
  follow:
    handler: x.y
    events:
      - stream: {type: dynamodb, arn: !GetAtt Orders.StreamArn, startingPosition: LATEST, maximumRetryAttempts: 3, destinations: {onFailure: !GetAtt Dead.Arn}}
  tell:
    handler: x.y
    maximumRetryAttempts: 1
    destinations: {onFailure: {type: sqs, arn: !GetAtt Dead.Arn}}
    events:
      - sns: {arn: !Ref News, filterPolicy: {kind: [big]}}
      - schedule: rate(1 hour)
      - eventBridge: {pattern: {source: [shop]}}
resources:
  Resources:
    Inbox: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 60, RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 5}}}
    Dead: {Type: AWS::SQS::Queue, Properties: {MessageRetentionPeriod: 1209600}}
    News: {Type: AWS::SNS::Topic}
    Orders:
      Type: AWS::DynamoDB::Table
      Properties:
        KeySchema: [{AttributeName: id, KeyType: HASH}]
        StreamSpecification: {StreamViewType: NEW_IMAGE}
"""

NAMES = {"HttpApi": "ServerlessHttpApi", "TellEventsRuleSchedule1": "tellHourly"}


def components(reading):
    return {
        NAMES.get(component.id, component.id): (component.type, dict(component.properties))
        for component in reading.architecture.components
    }


def connections(reading):
    return {
        (
            NAMES.get(edge.source.id, edge.source.id),
            edge.style.value,
            edge.action,
            NAMES.get(edge.target.id, edge.target.id),
            edge.confidence.word,
            str(sorted((name, value) for name, value in edge.properties.items() if name != "rule")),
        )
        for edge in reading.architecture.connections
    }


def test_the_same_graph(tmp_path):
    (tmp_path / "template.yaml").write_text(SAM)
    (tmp_path / "serverless.yml").write_text(SERVERLESS)
    sam, serverless = read([tmp_path / "template.yaml"]), read([tmp_path / "serverless.yml"])
    assert components(serverless) == components(sam)
    assert connections(serverless) == connections(sam)
