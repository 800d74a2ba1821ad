"""SAM: what the transform makes, without running it."""

from __future__ import annotations

import pytest

from archlint.lint import check
from archlint.model import UNKNOWN


def template(body: str) -> str:
    return "Transform: AWS::Serverless-2016-10-31\n" + body


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("{Type: Api, Properties: {Path: /a, Method: get}}", ["ServerlessRestApi => Fn: invoke"]),
        ("{Type: HttpApi, Properties: {Path: /a, Method: get}}", ["ServerlessHttpApi => Fn: invoke"]),
        ("{Type: HttpApi}", ["ServerlessHttpApi => Fn: invoke"]),
        ("{Type: SQS, Properties: {Queue: !GetAtt Inbox.Arn}}", ["Inbox -> Fn: poll"]),
        ("{Type: Kinesis, Properties: {Stream: 'arn:aws:kinesis:eu-west-1:1:stream/far'}}", ["far -> Fn: poll"]),
        ("{Type: DynamoDB, Properties: {Stream: !GetAtt Orders.StreamArn, DestinationConfig: {OnFailure: {Destination: !GetAtt Inbox.Arn}}}}", ["Fn !> Inbox: on_failure", "Orders -> Fn: poll"]),
        ("{Type: MSK, Properties: {Stream: !Ref ClusterArn, Topics: [a]}}", ["ClusterArn -> Fn: poll"]),
        ("{Type: SNS, Properties: {Topic: !Ref News}}", ["News -> Fn: deliver"]),
        ("{Type: SNS, Properties: {Topic: !Ref News, SqsSubscription: true}}", ["FnEQueue -> Fn: poll", "News -> FnEQueue: deliver"]),
        ("{Type: SNS, Properties: {Topic: !Ref News, RedrivePolicy: {deadLetterTargetArn: !GetAtt Inbox.Arn}}}", ["News !> Inbox: on_failure", "News -> Fn: deliver"]),
        ("{Type: S3, Properties: {Bucket: !Ref Files, Events: 's3:ObjectCreated:*'}}", ["Files -> Fn: deliver"]),
        ("{Type: Schedule, Properties: {Schedule: rate(1 hour), DeadLetterConfig: {Type: SQS}}}", ["FnE !> FnEQueue: on_failure", "FnE -> Fn: deliver"]),
        ("{Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 hour)}}", ["FnE -> Fn: deliver"]),
        ("{Type: EventBridgeRule, Properties: {Pattern: {source: [a]}}}", ["default -> Fn: deliver"]),
        ("{Type: CloudWatchEvent, Properties: {EventBusName: !Ref BusName, Pattern: {source: [a]}}}", ["BusName -> Fn: deliver"]),
        ("{Type: CloudWatchLogs, Properties: {LogGroupName: !Ref Logs, FilterPattern: ''}}", ["Logs -> Fn: deliver"]),
        ("{Type: IoTRule, Properties: {Sql: s}}", ["FnE -> Fn: deliver"]),
        ("{Type: AlexaSkill}", ["Alexa => Fn: invoke"]),
        ("{Type: Cognito, Properties: {UserPool: !Ref Pool, Trigger: PreSignUp}}", ["Pool => Fn: invoke"]),
    ],
)  # fmt: skip
def test_events(project, event, expected) -> None:
    found = project.edges(
        template(f"""
Parameters: {{ClusterArn: {{Type: String}}, BusName: {{Type: String}}}}
Resources:
  Inbox: {{Type: AWS::SQS::Queue}}
  News: {{Type: AWS::SNS::Topic}}
  Files: {{Type: AWS::S3::Bucket}}
  Logs: {{Type: AWS::Logs::LogGroup}}
  Pool: {{Type: AWS::Cognito::UserPool}}
  Orders: {{Type: AWS::DynamoDB::Table, Properties: {{StreamSpecification: {{StreamViewType: KEYS_ONLY}}}}}}
  Fn: {{Type: AWS::Serverless::Function, Properties: {{Handler: a.b, Events: {{E: {event}}}}}}}
""")
    )
    assert found == expected


@pytest.mark.parametrize(
    ("event", "legacy"),
    [
        ("{Type: Schedule, Properties: {Schedule: rate(1 hour)}}", True),
        ("{Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 hour)}}", None),
        ("{Type: CloudWatchEvent, Properties: {Pattern: {source: [aws.ec2]}}}", None),
        ("{Type: EventBridgeRule, Properties: {Pattern: {source: [aws.ec2]}}}", None),
    ],
)
def test_a_rule_that_only_ticks(project, event, legacy) -> None:
    reading = project.reading(
        template(f"""
Resources:
  Fn: {{Type: AWS::Serverless::Function, Properties: {{Events: {{E: {event}}}}}}}
""")
    )
    [edge] = reading.architecture.connections
    assert edge.properties.get("legacy") is legacy


def test_globals_are_merged_as_sam_merges_them(project) -> None:
    architecture = project.reading(
        template("""
Globals:
  Function:
    Timeout: 20
    Policies: [AmazonSQSFullAccess]
    Environment: {Variables: {TABLE: !Ref Orders}}
    VpcConfig: {SubnetIds: [a]}
  Api: {MethodSettings: [{HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 5}], Auth: {DefaultAuthorizer: AWS_IAM}}
Resources:
  Orders: {Type: AWS::DynamoDB::Table}
  Inbox: {Type: AWS::SQS::Queue}
  A: {Type: AWS::Serverless::Function, Properties: {Timeout: 5, Environment: {Variables: {X: y}}, Events: {E: {Type: Api, Properties: {Path: /, Method: get}}}}}
""")
    ).architecture
    assert architecture.by_id["A"].properties == {"timeout": 5, "vpc": True}
    assert architecture.by_id["ServerlessRestApi"].properties == {"throttle": {"rate": 5}, "auth": "iam"}
    found = [str(edge) for edge in architecture.connections]
    assert found == ["<ServerlessRestApi => A: invoke>", "<A => Orders: read_write>"], "policies are none of Globals"


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("{SQSSendMessagePolicy: {QueueName: !GetAtt Inbox.QueueName}}", ["Fn -> Inbox: send (likely)"]),
        ("{SQSPollerPolicy: {QueueName: !GetAtt Inbox.QueueName}}", ["Fn => Inbox: read (likely)"]),
        ("{DynamoDBCrudPolicy: {TableName: !Ref Orders}}", ["Fn => Orders: read_write (likely)"]),
        ("{DynamoDBReadPolicy: {TableName: !Ref Orders}}", ["Fn => Orders: read (likely)"]),
        ("{S3WritePolicy: {BucketName: !Ref Files}}", ["Fn => Files: write (likely)"]),
        ("{EventBridgePutEventsPolicy: {EventBusName: shop}}", ["Fn -> shop: publish (likely)"]),
        ("{LambdaInvokePolicy: {FunctionName: !Ref Other}}", ["Fn => Other: invoke (guess)"]),
        ("{StepFunctionsExecutionPolicy: {StateMachineName: !GetAtt Flow.Name}}", ["Fn -> Flow: invoke (likely)"]),
        ("{RekognitionDetectOnlyPolicy: {}}", ["Fn => Rekognition: invoke (guess)"]),
        ("{SSMParameterReadPolicy: {ParameterName: key}}", ["Fn => key: read (likely)"]),
        ("{VPCAccessPolicy: {}}", []),
        ("AmazonDynamoDBReadOnlyAccess", ["Fn => Orders: read (guess)"]),
    ],
)
def test_policy_templates(project, policy, expected) -> None:
    found = project.edges(
        template(f"""
Resources:
  Inbox: {{Type: AWS::SQS::Queue}}
  Files: {{Type: AWS::S3::Bucket}}
  Orders: {{Type: AWS::DynamoDB::Table}}
  Flow: {{Type: AWS::Serverless::StateMachine}}
  Other: {{Type: AWS::Serverless::Function}}
  Fn: {{Type: AWS::Serverless::Function, Properties: {{Policies: [{policy}]}}}}
""")
    )
    assert found == expected


def test_a_destination_of_which_only_the_type_is_written(project) -> None:
    found = project.edges(
        template("""
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: SQS}, OnSuccess: {Type: SNS}}}
""")
    )
    assert found == [
        "Fn !> FnEventInvokeConfigOnFailureQueue: on_failure",
        "Fn -> FnEventInvokeConfigOnSuccessTopic: on_success",
    ]


def test_an_api_that_asks_by_default_and_one_route_that_is_open_on_purpose(project) -> None:
    architecture = project.reading(
        template("""
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Auth: {DefaultAuthorizer: Users, Authorizers: {Users: {UserPoolArn: !GetAtt Pool.Arn}}}
  Pool: {Type: AWS::Cognito::UserPool}
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        A: {Type: Api, Properties: {RestApiId: !Ref Api, Path: /a, Method: get}}
        B: {Type: Api, Properties: {RestApiId: !Ref Api, Path: /health, Method: get, Auth: {Authorizer: NONE}}}
""")
    ).architecture
    assert architecture.by_id["Api"].properties == {"auth": "cognito"}
    by_route = {edge.properties.get("route"): edge for edge in architecture.connections}
    assert by_route["GET /health"].properties["public"] is True
    assert "public" not in by_route["GET /a"].properties
    assert [str(e) for e in architecture.connections if e.action == "authorize"] == ["<Api => Pool: authorize>"]


def test_an_openapi_body_in_a_file(project) -> None:
    project.write(
        "api.yaml",
        """
        openapi: 3.0.1
        paths:
          /orders:
            post:
              x-amazon-apigateway-auth: {type: AWS_IAM}
              x-amazon-apigateway-integration:
                type: aws_proxy
                httpMethod: POST
                uri: {'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Fn.Arn}/invocations'}
        """,
    )
    reading = project.reading(
        template("""
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      DefinitionBody: {'Fn::Transform': {Name: AWS::Include, Parameters: {Location: api.yaml}}}
  Fn: {Type: AWS::Serverless::Function, Properties: {Events: {A: {Type: Api, Properties: {RestApiId: !Ref Api, Path: /orders, Method: post}}}}}
""")
    )
    assert [str(edge) for edge in reading.architecture.connections] == ["<Api => Fn: invoke>"]
    assert reading.architecture.by_id["Api"].properties == {"auth": "iam"}


def test_a_workflow_in_a_file_with_substitutions(project) -> None:
    project.write(
        "flow/flow.asl.json",
        """
        {"StartAt": "A", "States": {
          "A": {"Type": "Task", "Resource": "${FnArn}", "Retry": [{"ErrorEquals": ["States.ALL"]}], "Next": "B"},
          "B": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:putItem", "Parameters": {"TableName": "${Table}"}, "End": true}}}
        """,
    )
    reading = project.reading(
        template("""
Resources:
  Flow:
    Type: AWS::Serverless::StateMachine
    Properties:
      Type: EXPRESS
      DefinitionUri: flow/flow.asl.json
      DefinitionSubstitutions: {FnArn: !GetAtt Fn.Arn, Table: !Ref Orders}
      Policies: [{LambdaInvokePolicy: {FunctionName: !Ref Fn}}, {DynamoDBCrudPolicy: {TableName: !Ref Orders}}]
      Events: {Start: {Type: Api, Properties: {Path: /go, Method: post}}}
  Fn: {Type: AWS::Serverless::Function}
  Orders: {Type: AWS::DynamoDB::Table}
""")
    )
    architecture = reading.architecture
    assert [str(edge) for edge in architecture.connections] == [
        "<ServerlessRestApi -> Flow: invoke>",
        "<Flow => Fn: orchestrate>",
        "<Flow => Orders: write>",
    ]
    assert architecture.by_id["Flow"].properties == {"workflow": "express"}
    span = reading.span(architecture.connections[2].site)
    assert (span.path.rpartition("/")[2], span.line) == ("flow.asl.json", 4)


def test_a_workflow_that_chooses_its_table_while_it_runs_is_read_by_its_permissions(project) -> None:
    found = project.reading(
        template("""
Resources:
  Flow:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: {StartAt: A, States: {A: {Type: Task, Resource: 'arn:aws:states:::dynamodb:putItem', Parameters: {TableName.$: $.table}, End: true}}}
      Policies: [{DynamoDBWritePolicy: {TableName: !Ref Orders}}]
  Orders: {Type: AWS::DynamoDB::Table}
""")
    ).architecture.connections
    assert [(str(edge), edge.confidence.word, edge.properties["retry"]) for edge in found] == [
        ("<Flow => Orders: write>", "likely", UNKNOWN)
    ]


def test_connectors(project) -> None:
    found = project.edges(
        template("""
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Connectors:
      Out: {Properties: {Destination: [{Id: Inbox}, {Id: Orders}], Permissions: [Write]}}
  Inbox: {Type: AWS::SQS::Queue}
  Orders: {Type: AWS::DynamoDB::Table}
  Reads: {Type: AWS::Serverless::Connector, Properties: {Source: {Id: Fn}, Destination: {Id: Orders}, Permissions: [Read]}}
""")
    )
    assert found == ["Fn -> Inbox: send (likely)", "Fn => Orders: read_write (likely)"]


def test_an_unknown_event_is_noted(project) -> None:
    reading = project.reading(
        template("Resources: {Fn: {Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: Telepathy}}}}}")
    )
    assert [note.message for note in reading.notes] == ["events of type `Telepathy` are not known and were left aside"]


SAM = template("""
Globals: {Function: {Timeout: 10}}
Resources:
  Inbox: {Type: AWS::SQS::Queue}
  Dead: {Type: AWS::SQS::Queue}
  News: {Type: AWS::SNS::Topic}
  Take:
    Type: AWS::Serverless::Function
    Properties:
      DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Dead.Arn}
      Policies: [{SQSSendMessagePolicy: {QueueName: !GetAtt Inbox.QueueName}}]
      Events:
        N: {Type: SNS, Properties: {Topic: !Ref News}}
        S: {Type: Schedule, Properties: {Schedule: rate(1 hour)}}
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Events: {Q: {Type: SQS, Properties: {Queue: !GetAtt Inbox.Arn, BatchSize: 1}}}
""")
TRANSFORMED = """
Resources:
  Inbox: {Type: AWS::SQS::Queue}
  Dead: {Type: AWS::SQS::Queue}
  News: {Type: AWS::SNS::Topic}
  Take:
    Type: AWS::Lambda::Function
    Properties: {Timeout: 10, Role: !GetAtt TakeRole.Arn, DeadLetterConfig: {TargetArn: !GetAtt Dead.Arn}}
  TakeRole:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: TakeRolePolicy0
          PolicyDocument: {Statement: [{Effect: Allow, Action: ['sqs:SendMessage*'], Resource: !Sub ['arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${queueName}', {queueName: !GetAtt Inbox.QueueName}]}]}
        - PolicyName: TakeDeadLetterQueuePolicy
          PolicyDocument: {Statement: [{Effect: Allow, Action: 'sqs:SendMessage', Resource: !GetAtt Dead.Arn}]}
  TakeNPermission: {Type: AWS::Lambda::Permission, Properties: {Action: lambda:InvokeFunction, FunctionName: !Ref Take, Principal: sns.amazonaws.com, SourceArn: !Ref News}}
  TakeN: {Type: AWS::SNS::Subscription, Properties: {Protocol: lambda, Endpoint: !GetAtt Take.Arn, TopicArn: !Ref News}}
  TakeS: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 hour), Targets: [{Id: TakeSLambdaTarget, Arn: !GetAtt Take.Arn}]}}
  TakeSPermission: {Type: AWS::Lambda::Permission, Properties: {Action: lambda:InvokeFunction, FunctionName: !Ref Take, Principal: events.amazonaws.com, SourceArn: !GetAtt TakeS.Arn}}
  Work: {Type: AWS::Lambda::Function, Properties: {Timeout: 10, Role: !GetAtt WorkRole.Arn}}
  WorkRole: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole']}}
  WorkQ: {Type: AWS::Lambda::EventSourceMapping, Properties: {BatchSize: 1, EventSourceArn: !GetAtt Inbox.Arn, FunctionName: !Ref Work}}
"""


def test_sam_and_what_the_transform_makes_of_it_are_the_same_graph(project) -> None:
    def graph(text):
        architecture = project.reading(text).architecture
        return (
            sorted((c.id, c.type, repr(c.properties)) for c in architecture.components),
            sorted((str(e), repr(dict(e.properties)), e.confidence.word) for e in architecture.connections),
        )

    assert graph(SAM) == graph(TRANSFORMED)


CORRECT = template("""
Resources:
  Api: {Type: AWS::Serverless::HttpApi, Properties: {Auth: {DefaultAuthorizer: AWS_IAM, EnableIamAuthorizer: true}, DefaultRouteSettings: {ThrottlingRateLimit: 5, ThrottlingBurstLimit: 5}}}
  Answer: {Type: AWS::Serverless::Function, Properties: {Timeout: 5, Events: {A: {Type: HttpApi, Properties: {ApiId: !Ref Api, Path: /a, Method: get}}}}}
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: bus}}
  News: {Type: AWS::SNS::Topic}
  Dead: {Type: AWS::SQS::Queue, Properties: {MessageRetentionPeriod: 1209600}}
  Inbox: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 60, RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 5}}}
  Orders: {Type: AWS::DynamoDB::Table, DeletionPolicy: Retain, Properties: {StreamSpecification: {StreamViewType: KEYS_ONLY}}}
  Listen:
    Type: AWS::Serverless::Function
    Properties:
      Timeout: 10
      EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt Dead.Arn}}}
      Events:
        N: {Type: SNS, Properties: {Topic: !Ref News, RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn}}}
        R: {Type: EventBridgeRule, Properties: {EventBusName: !Ref Bus, Pattern: {source: [a]}, DeadLetterConfig: {Arn: !GetAtt Dead.Arn}}}
        S: {Type: Schedule, Properties: {Schedule: rate(1 day), DeadLetterConfig: {Arn: !GetAtt Dead.Arn}}}
  Rule: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, EventPattern: {source: [b]}, Targets: [{Id: one, Arn: !GetAtt Inbox.Arn, DeadLetterConfig: {Arn: !GetAtt Dead.Arn}}]}}
  Subscription: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref News, Protocol: https, Endpoint: 'https://a.example.com/x', RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn}}}
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      Timeout: 10
      Events:
        Q: {Type: SQS, Properties: {Queue: !GetAtt Inbox.Arn, FunctionResponseTypes: [ReportBatchItemFailures]}}
        T: {Type: DynamoDB, Properties: {Stream: !GetAtt Orders.StreamArn, StartingPosition: LATEST, MaximumRetryAttempts: 3, FunctionResponseTypes: [ReportBatchItemFailures], DestinationConfig: {OnFailure: {Destination: !GetAtt Dead.Arn}}}}
  Alarm: {Type: AWS::CloudWatch::Alarm, Properties: {MetricName: ApproximateNumberOfMessagesVisible, Namespace: AWS/SQS, Dimensions: [{Name: QueueName, Value: !GetAtt Dead.QueueName}]}}
""")
FAILURES = {
    "async-function-without-dlq",
    "queue-without-dlq",
    "dlq-without-alarm",
    "stream-consumer-without-failure-destination",
    "stream-poison-pill",
    "subscription-without-dlq",
    "event-target-without-dlq",
    "dlq-retention-not-longer",
    "dlq-type-mismatch",
    "dlq-ineffective-for-poll-source",
    "max-receive-count-too-low",
    "batch-without-partial-response",
    "api-without-throttling",
    "public-api-without-auth",
}


def test_a_correct_template_has_no_finding_about_failures(project, rulebook) -> None:
    found = check(project.reading(CORRECT).architecture, rulebook).findings
    assert [f"{f.rule}: {f.message}" for f in found if f.rule in FAILURES] == []


@pytest.mark.parametrize(
    ("without", "rule"),
    [
        (", DeadLetterConfig: {Arn: !GetAtt Dead.Arn}}]}}", "event-target-without-dlq"),
        (", RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn}}}\n  Worker", "subscription-without-dlq"),
        (", RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 5}", "queue-without-dlq"),
        ("      EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt Dead.Arn}}}\n", "async-function-without-dlq"),
        (", DestinationConfig: {OnFailure: {Destination: !GetAtt Dead.Arn}}", "stream-consumer-without-failure-destination"),
    ],
)  # fmt: skip
def test_and_what_is_taken_away_is_found(project, rulebook, without, rule) -> None:
    endings = {"]}}": "}]}}", "Worker": "}}\n  Worker"}
    replacement = next((new for old, new in endings.items() if without.endswith(old)), "")
    assert without in CORRECT
    found = check(project.reading(CORRECT.replace(without, replacement)).architecture, rulebook).findings
    assert rule in {finding.rule for finding in found}
