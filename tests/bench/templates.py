"""SAM templates of any size, for measuring: a queue, its worker, a table, a topic and a role's worth of policies a block."""

from __future__ import annotations

_HEAD = """\
AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: {Timeout: 10, Runtime: python3.13, MemorySize: 256}
Resources:
"""
_BLOCK = """\
  Inbox{n}:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 60
      RedrivePolicy:
        deadLetterTargetArn: !GetAtt Dead{n}.Arn
        maxReceiveCount: 5
  Dead{n}:
    Type: AWS::SQS::Queue
    Properties:
      MessageRetentionPeriod: 1209600
  Work{n}:
    Type: AWS::Serverless::Function
    Properties:
      Handler: work.handler
      CodeUri: src/
      Environment:
        Variables:
          TABLE: !Ref Table{n}
          TOPIC: !Ref Done{n}
      Policies:
        - DynamoDBCrudPolicy:
            TableName: !Ref Table{n}
        - SNSPublishMessagePolicy:
            TopicName: !GetAtt Done{n}.TopicName
      Events:
        Job:
          Type: SQS
          Properties:
            Queue: !GetAtt Inbox{n}.Arn
            BatchSize: 5
            FunctionResponseTypes: [ReportBatchItemFailures]
  Table{n}:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions:
        - AttributeName: id
          AttributeType: S
      KeySchema:
        - AttributeName: id
          KeyType: HASH
  Done{n}:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: what is done
"""
_IN_A_BLOCK = 5


def template(resources: int) -> str:
    """A SAM template with about that many resources, five a block."""
    return _HEAD + "".join(_BLOCK.format(n=n) for n in range(resources // _IN_A_BLOCK))
