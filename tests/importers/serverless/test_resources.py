"""Resources as CloudFormation: what they describe, and what they change of what the framework makes."""

from __future__ import annotations

import pytest

HEAD = """
service: shop
provider: {name: aws}
functions:
  take-order: {handler: x, events: [httpApi: 'POST /orders', http: GET /old]}
  mail: {handler: x, events: [sns: news, s3: photos]}
"""


def test_resources_refer_to_functions_by_their_logical_ids(graph):
    found = graph(
        HEAD
        + """
resources:
  Resources:
    Hourly:
      Type: AWS::Events::Rule
      Properties:
        ScheduleExpression: rate(1 hour)
        Targets: [{Id: a, Arn: !GetAtt TakeDashorderLambdaFunction.Arn}]
    Trouble:
      Type: AWS::CloudWatch::Alarm
      Properties:
        Namespace: AWS/Lambda
        MetricName: Errors
        Dimensions: [{Name: FunctionName, Value: !Ref MailLambdaFunction}]
    Subscription:
      Type: AWS::SNS::Subscription
      Properties: {TopicArn: !Ref SNSTopicNews, Protocol: lambda, Endpoint: !GetAtt TakeDashorderLambdaFunction.Arn}
"""
    )
    assert {
        "Hourly -> take-order deliver",
        "Trouble -> mail observe",
        "SNSTopicNews -> take-order deliver",
    } <= found.edges.keys()


def test_resources_in_parts_and_files(graph):
    found = graph(
        HEAD
        + """
resources:
  - Resources: {Orders: {Type: AWS::DynamoDB::Table}}
  - ${file(queues.yml)}
  - Resources:
      Orders: {Properties: {StreamSpecification: {StreamViewType: NEW_IMAGE}}}
""",
        **{"queues.yml": "Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n"},
    )
    assert found.properties("Orders")["stream"] == "new_image"
    assert found.components["Jobs"].site.document.endswith("queues.yml")
    assert found.place("Jobs") == (2, 3)


def test_a_list_of_resources(graph):
    found = graph(
        HEAD + "resources: {Resources: ['${file(a.yml)}', {Two: {Type: AWS::SQS::Queue}}]}\n",
        **{"a.yml": "One: {Type: AWS::SNS::Topic}\n"},
    )
    assert (found.types["One"], found.types["Two"]) == ("sns", "sqs")


@pytest.mark.parametrize("section", ["Resources", "extensions"])
def test_what_the_framework_makes_may_be_changed(graph, section):
    found = graph(
        HEAD
        + f"""
resources:
  {section}:
    HttpApiStage:
      Type: AWS::ApiGatewayV2::Stage
      Properties: {{DefaultRouteSettings: {{ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100}}}}
    MailLambdaFunction:
      Type: AWS::Lambda::Function
      Properties: {{ReservedConcurrentExecutions: 5, Timeout: 20, DeadLetterConfig: {{TargetArn: !GetAtt Dead.Arn}}}}
  Resources:
    Dead: {{Type: AWS::SQS::Queue}}
""".replace("  Resources:\n    Dead", "    Dead" if section == "Resources" else "  Resources:\n    Dead")
    )
    assert found.properties("HttpApi")["throttle"] == {"rate": 50, "burst": 100}
    assert found.properties("mail") == {"timeout": 20, "memory": 1024, "reserved_concurrency": 5}
    assert found.edges["mail !> Dead on_failure"] == {"attached_to": "function"}


def test_a_resource_under_the_name_that_an_event_gives_it(graph):
    found = graph(
        HEAD
        + """
resources:
  Resources:
    S3BucketPhotos: {Type: AWS::S3::Bucket, DeletionPolicy: Retain}
    News: {Type: AWS::SNS::Topic, Properties: {TopicName: news}}
"""
    )
    assert found.properties("S3BucketPhotos") == {"retained": True}
    assert {"S3BucketPhotos -> mail deliver", "News -> mail deliver"} <= found.edges.keys()
    assert "SNSTopicNews" not in found.types


def test_a_condition_that_does_not_hold(graph):
    found = graph(
        HEAD
        + """
resources:
  Conditions: {Live: !Equals ['${sls:stage}', live]}
  Resources:
    Orders: {Type: AWS::DynamoDB::Table, Condition: Live}
    Jobs: {Type: AWS::SQS::Queue}
"""
    )
    assert "Orders" not in found.types
    assert found.types["Jobs"] == "sqs"


@pytest.mark.parametrize("role", ["OrderRole", "!GetAtt OrderRole.Arn"])
def test_a_role_among_the_resources(graph, role):
    found = graph(
        f"""
service: shop
provider: {{name: aws}}
functions:
  one: {{handler: x, role: {role}}}
  two: {{handler: x}}
resources:
  Resources:
    Orders: {{Type: AWS::DynamoDB::Table}}
    OrderRole:
      Type: AWS::IAM::Role
      Properties:
        Policies: [{{PolicyDocument: {{Statement: [{{Effect: Allow, Action: 'dynamodb:PutItem', Resource: !GetAtt Orders.Arn}}]}}}}]
"""
    )
    assert found.confidence == {"one => Orders write": "likely"}


def test_names_with_parts_that_are_not_known(graph):
    found = graph(
        """
service: shop
provider: {name: aws}
functions:
  one:
    handler: x
    events: [s3: {bucket: 'photos-${env:STAGE}', existing: true}]
    iamRoleStatements: [{Effect: Allow, Action: 's3:PutObject', Resource: 'arn:aws:s3:::thumbs-${env:STAGE}/*'}]
resources:
  Resources:
    Photos: {Type: AWS::S3::Bucket, Properties: {BucketName: 'photos-${env:STAGE}'}}
    Thumbs: {Type: AWS::S3::Bucket, Properties: {BucketName: 'thumbs-${env:STAGE}'}}
    Jobs: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: '${env:TIMEOUT}'}}
"""
    )
    assert set(found.edges) == {"Photos -> one deliver", "one => Thumbs write"}
    assert str(found.properties("Jobs")["visibility_timeout"]) == "unknown"


def test_an_api_among_the_resources(graph):
    found = graph(
        """
service: shop
provider: {name: aws}
resources:
  Resources:
    Own: {Type: AWS::ApiGatewayV2::Api, Properties: {ProtocolType: HTTP}}
    HttpApi: {Type: AWS::ApiGatewayV2::Api, Properties: {ProtocolType: HTTP}}
"""
    )
    assert str(found.properties("Own")["throttle"]) == "unknown"
    assert "throttle" not in found.properties("HttpApi")


def test_hints_of_the_author(graph):
    found = graph(
        HEAD
        + """
resources:
  Resources:
    Orders:
      Type: AWS::DynamoDB::Table
      Metadata: {archlint: {ephemeral: true, connections: ['mail =write=> self']}}
"""
    )
    assert found.properties("Orders")["ephemeral"] is True
    assert "mail => Orders write" in found.edges


def test_a_distribution_before_a_bucket_by_its_host(graph):
    found = graph(
        """
service: site
provider: {name: aws}
custom: {bucket: my-pages}
resources:
  Resources:
    Pages: {Type: AWS::S3::Bucket, Properties: {BucketName: '${self:custom.bucket}'}}
    Front:
      Type: AWS::CloudFront::Distribution
      Properties: {DistributionConfig: {Origins: [{Id: a, DomainName: '${self:custom.bucket}.s3.amazonaws.com'}]}}
"""
    )
    assert list(found.edges) == ["Front => Pages read"]


@pytest.mark.parametrize("order", [("Base", "Writer"), ("Writer", "Base")])
def test_a_cluster_is_as_open_as_its_instances(graph, order):
    bodies = {
        "Base": "{Type: AWS::RDS::DBCluster}",
        "Writer": "{Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Base, PubliclyAccessible: true}}",
    }
    lines = "".join(f"    {name}: {bodies[name]}\n" for name in order)
    found = graph(f"service: s\nprovider: {{name: aws}}\nresources:\n  Resources:\n{lines}")
    assert found.properties("Base")["public"] is True


def test_retries_that_are_not_known(graph):
    found = graph(
        """
service: s
provider: {name: aws}
functions: {pay: {handler: x}}
stepFunctions:
  stateMachines:
    order:
      definition:
        StartAt: Pay
        States:
          Pay: {Type: Task, Resource: !GetAtt pay.Arn, Retry: {'Fn::If': [a]}, End: true}
"""
    )
    assert found.edges["order => pay orchestrate"]["retry"] is True
