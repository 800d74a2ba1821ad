"""Every construct that wires something, and what its properties say."""

from __future__ import annotations

import pytest
from importers.cloudformation.templates import FUNCTION, component, template

from archlint.model import UNKNOWN


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ("{Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Inbox.Arn, FunctionName: !Ref Fn}}", "Inbox -> Fn: poll"),
        ("{Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.StreamArn, FunctionName: !GetAtt Fn.Arn, StartingPosition: LATEST}}", "Orders -> Fn: poll"),
        ("{Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: 'arn:aws:sqs:eu-west-1:1:far', FunctionName: !Ref Fn}}", "far -> Fn: poll"),
        ("{Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref News, Protocol: sqs, Endpoint: !GetAtt Inbox.Arn}}", "News -> Inbox: deliver"),
        ("{Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref News, Protocol: https, Endpoint: 'https://paper.example.com/in'}}", "News -> paper-example-com: deliver"),
        ("{Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(5 minutes), Targets: [{Id: a, Arn: !GetAtt Fn.Arn}]}}", "X -> Fn: deliver"),
        ("{Type: AWS::Events::Rule, Properties: {EventPattern: {source: [a]}, Targets: [{Id: a, Arn: !GetAtt Fn.Arn}]}}", "default -> Fn: deliver"),
        ("{Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, EventPattern: {source: [a]}, Targets: [{Id: a, Arn: !GetAtt Inbox.Arn}]}}", "Bus -> Inbox: deliver"),
        ("{Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), Target: {Arn: !GetAtt Fn.Arn}}}", "X -> Fn: deliver"),
        ("{Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), Target: {Arn: 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage', Input: !Sub '{\"QueueUrl\": \"${Inbox}\"}'}}}", "X -> Inbox: deliver"),
        ("{Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: !Ref Fn, AuthType: NONE}}", "X => Fn: invoke"),
        ("{Type: AWS::Logs::SubscriptionFilter, Properties: {LogGroupName: !Ref Logs, DestinationArn: !GetAtt Fn.Arn, FilterPattern: ''}}", "Logs -> Fn: deliver"),
        ("{Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: !Ref Fn, Qualifier: $LATEST, DestinationConfig: {OnFailure: {Destination: !GetAtt Inbox.Arn}}}}", "Fn !> Inbox: on_failure"),
        ("{Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: !Ref Fn, Qualifier: $LATEST, DestinationConfig: {OnSuccess: {Destination: !Ref News}}}}", "Fn -> News: on_success"),
        ("{Type: AWS::IoT::TopicRule, Properties: {TopicRulePayload: {Sql: s, Actions: [{Lambda: {FunctionArn: !GetAtt Fn.Arn}}]}}}", "X -> Fn: deliver"),
        ("{Type: AWS::Cognito::UserPool, Properties: {LambdaConfig: {PreSignUp: !GetAtt Fn.Arn}}}", "X => Fn: invoke"),
        ("{Type: AWS::CloudWatch::Alarm, Properties: {MetricName: ApproximateNumberOfMessagesVisible, Namespace: AWS/SQS, Dimensions: [{Name: QueueName, Value: !GetAtt Inbox.QueueName}]}}", "X -> Inbox: observe"),
        ("{Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Fn, Action: lambda:InvokeFunction, Principal: s3.amazonaws.com, SourceArn: 'arn:aws:s3:::far'}}", "far -> Fn: deliver (likely)"),
        ("{Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Fn, Action: lambda:InvokeFunction, Principal: events.amazonaws.com, SourceArn: !Sub 'arn:aws:events:${AWS::Region}:${AWS::AccountId}:rule/orders/placed'}}", "orders -> Fn: deliver (likely)"),
        ("{Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Fn, Action: lambda:InvokeFunction, Principal: events.amazonaws.com, SourceArn: 'arn:aws:events:eu-west-1:1:rule/builds'}}", "default -> Fn: deliver (likely)"),
        ("{Type: AWS::SES::ReceiptRule, Properties: {RuleSetName: r, Rule: {Actions: [{LambdaAction: {FunctionArn: !GetAtt Fn.Arn}}]}}}", "X -> Fn: deliver"),
        ("{Type: AWS::KinesisFirehose::DeliveryStream, Properties: {ExtendedS3DestinationConfiguration: {BucketARN: !GetAtt Files.Arn}}}", "X -> Files: deliver"),
        ("{Type: AWS::KinesisFirehose::DeliveryStream, Properties: {IcebergDestinationConfiguration: {CatalogConfiguration: {CatalogArn: 'arn:aws:glue:eu-west-1:1:catalog/s3tablescatalog/facts'}}}}", "X -> facts: deliver"),
        ("{Type: AWS::KinesisFirehose::DeliveryStream, Properties: {IcebergDestinationConfiguration: {CatalogConfiguration: {CatalogArn: 'arn:aws:glue:eu-west-1:1:catalog'}, S3Configuration: {BucketARN: !GetAtt Files.Arn}}}}", "X -> Files: deliver"),
        ("{Type: 'Custom::S3BucketNotifications', Properties: {BucketName: !Ref Files, NotificationConfiguration: {QueueConfigurations: [{Events: ['s3:ObjectCreated:*'], QueueArn: !GetAtt Inbox.Arn}]}}}", "Files -> Inbox: deliver"),
    ],
)  # fmt: skip
def test_wiring(project, resource, expected) -> None:
    found = project.edges(
        template(f"""
Resources:
  Fn: {FUNCTION}
  Inbox: {{Type: AWS::SQS::Queue}}
  News: {{Type: AWS::SNS::Topic}}
  Bus: {{Type: AWS::Events::EventBus, Properties: {{Name: bus}}}}
  Logs: {{Type: AWS::Logs::LogGroup}}
  Files: {{Type: AWS::S3::Bucket}}
  Orders: {{Type: AWS::DynamoDB::Table, Properties: {{StreamSpecification: {{StreamViewType: KEYS_ONLY}}}}}}
  X: {resource}
""")
    )
    assert found == [expected]


def test_failed_batches_of_kafka_go_to_another_topic_of_the_cluster(project) -> None:
    found = project.edges(
        template(f"""
Resources:
  Fn: {FUNCTION}
  Brokers: {{Type: AWS::MSK::ServerlessCluster, Properties: {{ClusterName: brokers}}}}
  X:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Brokers.Arn
      FunctionName: !Ref Fn
      Topics: [orders]
      DestinationConfig: {{OnFailure: {{Destination: "kafka://failed-orders"}}}}
""")
    )
    assert found == ["Brokers -> Fn: poll", "Fn !> Brokers: on_failure"]


def test_a_cluster_of_ones_own_is_named_by_its_first_broker(project) -> None:
    servers = 'KafkaBootstrapServers: ["one.example.com:9092", "two.example.com:9092"]'
    found = project.edges(
        template(f"""
Transform: AWS::Serverless-2016-10-31
Resources:
  Fn: {FUNCTION}
  Map:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {{FunctionName: !Ref Fn, Topics: [t], SelfManagedEventSource: {{Endpoints: {{{servers}}}}}}}
  Sam:
    Type: AWS::Serverless::Function
    Properties: {{Events: {{K: {{Type: SelfManagedKafka, Properties: {{Topics: [t], {servers}}}}}}}}}
  Unsaid:
    Type: AWS::Serverless::Function
    Properties: {{Events: {{K: {{Type: SelfManagedKafka, Properties: {{Topics: [t], KafkaBootstrapServers: [!Ref X]}}}}}}}}
""")
    )
    assert found == ["kafka -> Unsaid: poll", "one-example-com -> Fn: poll", "one-example-com -> Sam: poll"]


def test_a_bucket_that_the_cdk_empties_before_it_is_deleted(project) -> None:
    reading = project.reading(
        template("""
Resources:
  Scans: {Type: AWS::S3::Bucket}
  Previews: {Type: AWS::S3::Bucket, DeletionPolicy: Delete}
  PreviewsAutoDelete: {Type: Custom::S3AutoDeleteObjects, Properties: {ServiceToken: "arn:aws:lambda:eu-west-1:1:function:x", BucketName: !Ref Previews}}
""")
    )
    assert component(reading, "Scans") == {"retained": False}
    assert component(reading, "Previews") == {"retained": False, "emptied": True}


def test_a_user_pool_is_deleted_with_its_stack_unless_something_keeps_it(project) -> None:
    reading = project.reading(
        template("""
Resources:
  Lost: {Type: AWS::Cognito::UserPool}
  Open: {Type: AWS::Cognito::UserPool, Properties: {DeletionProtection: INACTIVE}}
  Safe: {Type: AWS::Cognito::UserPool, Properties: {DeletionProtection: ACTIVE}}
  Kept: {Type: AWS::Cognito::UserPool, DeletionPolicy: Retain}
""")
    )
    kept = {id_: component(reading, id_)["retained"] for id_ in ("Lost", "Open", "Safe", "Kept")}
    assert kept == {"Lost": False, "Open": False, "Safe": True, "Kept": True}


def test_properties_are_in_canonical_units(project) -> None:
    reading = project.reading(
        template("""
Resources:
  Q:
    Type: AWS::SQS::Queue
    DeletionPolicy: Retain
    Properties: {FifoQueue: true, VisibilityTimeout: "90", MessageRetentionPeriod: 1209600}
  T:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    Properties:
      KeySchema: [{AttributeName: job, KeyType: HASH}, {AttributeName: part, KeyType: RANGE}]
      TimeToLiveSpecification: {AttributeName: until, Enabled: true}
      StreamSpecification: {StreamViewType: NEW_IMAGE}
  K: {Type: AWS::Kinesis::Stream, Properties: {ShardCount: 2, RetentionPeriodHours: 48}}
  L: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /app, RetentionInDays: 7}}
  F:
    Type: AWS::Lambda::Function
    Properties:
      Timeout: 20
      MemorySize: 512
      ReservedConcurrentExecutions: 4
      VpcConfig: {SubnetIds: [subnet-1]}
      TracingConfig: {Mode: Active}
  S: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: "cron(0 2 * * ? *)", Targets: [{Id: f, Arn: !GetAtt F.Arn}]}}
""")
    )
    assert component(reading, "Q") == {"fifo": True, "visibility_timeout": 90, "retention": 1209600}
    assert component(reading, "T") == {"keys": ("job", "part"), "ttl": "until", "stream": "new_image", "retained": True}
    assert component(reading, "K") == {"shards": 2, "retention": 172800, "retained": False}
    assert component(reading, "L") == {"retention": 604800}
    assert component(reading, "F") == {
        "timeout": 20,
        "memory": 512,
        "reserved_concurrency": 4,
        "vpc": True,
        "tracing": True,
    }
    assert component(reading, "S") == {"cron": "0 2 * * ? *"}


def test_a_global_table_keeps_its_protection_and_its_stream_with_its_replicas(project) -> None:
    reading = project.reading(
        template("""
Parameters: {Keep: {Type: String}}
Conditions: {Kept: !Equals [!Ref Keep, "yes"]}
Resources:
  Clicks: {Type: AWS::Kinesis::Stream}
  Safe:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      Replicas:
        - {Region: eu-west-1, DeletionProtectionEnabled: true, KinesisStreamSpecification: {StreamArn: !GetAtt Clicks.Arn}}
  Open: {Type: AWS::DynamoDB::GlobalTable, Properties: {Replicas: [{Region: eu-west-1}]}}
  Perhaps: {Type: AWS::DynamoDB::Table, Properties: {DeletionProtectionEnabled: !If [Kept, true, false]}}
""")
    )
    assert component(reading, "Safe") == {"retained": True}
    assert component(reading, "Open") == {"retained": False}
    assert component(reading, "Perhaps") == {"retained": UNKNOWN}
    assert [str(edge) for edge in reading.architecture.connections] == ["<Safe -> Clicks: publish>"]


@pytest.mark.parametrize(
    ("config", "properties"),
    [
        ("{SubnetIds: [], SecurityGroupIds: []}", {}),
        ("{SubnetIds: !Ref Subnets, SecurityGroupIds: []}", {"vpc": True}),
        ("{SubnetIds: !If [Inside, !Ref Subnets, !Ref AWS::NoValue]}", {"vpc": UNKNOWN}),
        ("!If [Inside, {SubnetIds: [subnet-1]}, !Ref AWS::NoValue]", {"vpc": UNKNOWN}),
    ],
)
def test_a_function_without_subnets_is_in_no_network(project, config: str, properties) -> None:
    reading = project.reading(
        template(f"""
Parameters: {{Subnets: {{Type: 'List<AWS::EC2::Subnet::Id>'}}, Place: {{Type: String}}}}
Conditions: {{Inside: !Equals [!Ref Place, inside]}}
Resources:
  F: {{Type: AWS::Lambda::Function, Properties: {{VpcConfig: {config}}}}}
""")
    )
    assert component(reading, "F") == properties


def test_a_mapping_tells_its_settings(project) -> None:
    reading = project.reading(
        template(f"""
Resources:
  Fn: {FUNCTION}
  Q: {{Type: AWS::SQS::Queue}}
  M:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Q.Arn
      FunctionName: !Ref Fn
      BatchSize: 5
      MaximumBatchingWindowInSeconds: 2
      ScalingConfig: {{MaximumConcurrency: 7}}
      FunctionResponseTypes: [ReportBatchItemFailures]
      FilterCriteria: {{Filters: [{{Pattern: '{{}}'}}]}}
""")
    )
    assert reading.architecture.connections[0].properties == {
        "batch_size": 5,
        "batching_window": 2,
        "maximum_concurrency": 7,
        "report_batch_item_failures": True,
        "filter": True,
    }


def test_a_rest_api(project) -> None:
    reading = project.reading(
        template(f"""
Resources:
  Fn: {FUNCTION}
  Gate: {FUNCTION}
  Inbox: {{Type: AWS::SQS::Queue}}
  Api: {{Type: AWS::ApiGateway::RestApi, Properties: {{Name: api, EndpointConfiguration: {{Types: [REGIONAL]}}}}}}
  Orders: {{Type: AWS::ApiGateway::Resource, Properties: {{RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: orders}}}}
  One: {{Type: AWS::ApiGateway::Resource, Properties: {{RestApiId: !Ref Api, ParentId: !Ref Orders, PathPart: '{{id}}'}}}}
  Check:
    Type: AWS::ApiGateway::Authorizer
    Properties:
      RestApiId: !Ref Api
      Type: TOKEN
      AuthorizerResultTtlInSeconds: 60
      AuthorizerUri: !Sub arn:aws:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/${{Gate.Arn}}/invocations
  Get:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref One
      HttpMethod: GET
      AuthorizationType: CUSTOM
      AuthorizerId: !Ref Check
      Integration:
        Type: AWS_PROXY
        TimeoutInMillis: 5000
        Uri: !Sub arn:aws:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/${{Fn.Arn}}/invocations
  Post:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref Orders
      HttpMethod: POST
      AuthorizationType: AWS_IAM
      Integration: {{Type: AWS, Uri: !Sub 'arn:aws:apigateway:${{AWS::Region}}:sqs:path/${{AWS::AccountId}}/${{Inbox.QueueName}}'}}
  Stage:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: !Ref Api
      MethodSettings: [{{ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 50, ThrottlingBurstLimit: 10}}]
""")
    )
    edges = {edge.target.id: edge for edge in reading.architecture.connections}
    assert edges["Fn"].properties == {"route": "GET /orders/{id}", "timeout": 5}
    assert edges["Inbox"].properties == {"route": "POST /orders"}
    assert (edges["Gate"].action, edges["Gate"].properties) == ("authorize", {"authorizer_ttl": 60})
    assert component(reading, "Api") == {
        "endpoint": "regional",
        "auth": "lambda",
        "throttle": {"rate": 50, "burst": 10},
    }


def test_an_api_without_a_stage_may_be_throttled_elsewhere(project) -> None:
    reading = project.reading(template("Resources: {Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: a}}}"))
    assert component(reading, "Api")["throttle"] is UNKNOWN


def test_a_role_and_its_policies(project) -> None:
    found = project.edges(
        template("""
Resources:
  Fn: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn, Environment: {Variables: {TABLE: !Ref Orders}}}}
  Orders: {Type: AWS::DynamoDB::Table}
  Others: {Type: AWS::DynamoDB::Table}
  Inbox: {Type: AWS::SQS::Queue}
  Role:
    Type: AWS::IAM::Role
    Properties:
      ManagedPolicyArns: [arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess]
      Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Deny, Action: "sns:*", Resource: "*"}]}}]
  Policy:
    Type: AWS::IAM::Policy
    Properties:
      Roles: [!Ref Role]
      PolicyDocument: {Statement: {Effect: Allow, Action: [sqs:SendMessage], Resource: !GetAtt Inbox.Arn}}
""")
    )
    assert found == ["Fn -> Inbox: send (likely)", "Fn => Orders: read (guess)"]


def test_an_address_in_a_variable_is_somebody_who_may_be_called(project) -> None:
    found = project.edges(
        template("""
Resources:
  Fn:
    Type: AWS::Lambda::Function
    Properties:
      Environment: {Variables: {PAY: 'https://api.pay.example.com/v1', ALLOWED_ORIGIN: 'https://shop.example.com', S3: 'https://s3.amazonaws.com/b'}}
""")
    )
    assert found == ["Fn => api-pay-example-com: invoke (guess)"]


def test_a_workflow_in_a_text(project) -> None:
    found = project.edges(
        template(f"""
Resources:
  Fn: {FUNCTION}
  Inbox: {{Type: AWS::SQS::Queue}}
  Flow:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionString:
        Fn::Join:
          - ''
          - - '{{"StartAt": "A", "States": {{"A": {{"Type": "Task", "Resource": "'
            - !GetAtt Fn.Arn
            - '", "Next": "B"}}, "B": {{"Type": "Task", "Resource": "arn:'
            - !Ref AWS::Partition
            - ':states:::sqs:sendMessage", "Parameters": {{"QueueUrl": "'
            - !Ref Inbox
            - '"}}, "End": true}}}}}}'
""")
    )
    assert found == ["Flow -> Inbox: send", "Flow => Fn: orchestrate"]


def test_hints_say_what_a_template_cannot(project) -> None:
    reading = project.reading(
        template("""
Resources:
  Pay:
    Type: AWS::Lambda::Function
    Metadata:
      archlint:
        idempotent: true
        connections:
          - self => stripe: {timeout: 2s}
          - self -> Book
        nonsense: 1
    Properties: {Handler: a.b}
  Book: {Type: AWS::Lambda::Function, Properties: {Handler: a.b}}
""")
    )
    assert component(reading, "Pay") == {"idempotent": True}
    assert [str(edge) for edge in reading.architecture.connections] == [
        "<Pay => stripe: invoke>",
        "<Pay -> Book: invoke>",
    ]
    assert reading.architecture.connections[0].properties == {"timeout": 2}
    assert "has no property `nonsense`" in reading.notes[0].message


def test_an_origin_is_named_by_its_host_alone(project) -> None:
    origins = "{Origins: [{Id: a, DomainName: 'user:secret@old.acme.com/x'}]}"
    found = project.edges(
        template(
            f"Resources: {{C: {{Type: AWS::CloudFront::Distribution, Properties: {{DistributionConfig: {origins}}}}}}}"
        )
    )
    assert found == ["C => old-acme-com: invoke"]


@pytest.mark.parametrize("written", ["false", "'false'", "!Ref Off"])
def test_a_mapping_that_is_switched_off_is_neither_read_nor_fails(project, written) -> None:
    found = project.edges(
        template(f"""
Parameters: {{Off: {{Type: String, Default: "false"}}}}
Resources:
  Fn: {FUNCTION}
  S: {{Type: AWS::Kinesis::Stream}}
  D: {{Type: AWS::SQS::Queue}}
  M:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt S.Arn
      FunctionName: !Ref Fn
      Enabled: {written}
      DestinationConfig: {{OnFailure: {{Destination: !GetAtt D.Arn}}}}
""")
    )
    assert found == []
