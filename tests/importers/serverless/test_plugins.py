"""What plugins add: constructs of Lift, state machines, service proxies."""

from __future__ import annotations

import pytest

LIFT = "service: shop\nprovider: {name: aws}\nplugins: [serverless-lift]\n"


def test_a_queue_of_lift(graph):
    found = graph(
        LIFT
        + """
constructs:
  jobs:
    type: queue
    maxRetries: 5
    alarm: a@example.com
    worker: {handler: x, timeout: 10}
functions:
  put: {handler: y, environment: {QUEUE: '${construct:jobs.queueUrl}'}}
  other: {handler: y}
"""
    )
    assert found.properties("jobs") == {"visibility_timeout": 60}
    assert found.properties("jobsDlq") == {"retention": 14 * 86400}
    assert found.edges["jobs !> jobsDlq redrive"] == {"max_receives": 5}
    assert found.edges["jobs -> jobsWorker poll"] == {"batch_size": 1, "report_batch_item_failures": True}
    assert "jobsAlarm -> jobsDlq observe" in found.edges
    assert found.confidence["put -> jobs send"] == "likely"
    assert found.confidence["other -> jobs send"] == "guess"


def test_a_webhook_of_lift(graph):
    found = graph(LIFT + "constructs: {hook: {type: webhook, path: /in, authorizer: {handler: x}}}\n")
    assert found.types == {"hookAuthorizer": "lambda", "hook": "http_api", "hookBus": "eventbridge_bus"}
    assert set(found.edges) == {"hook -> hookBus publish POST /in", "hook => hookAuthorizer authorize"}


def test_storage_tables_and_websites_of_lift(graph):
    found = graph(
        LIFT
        + """
constructs:
  photos: {type: storage}
  data: {type: database/dynamodb-single-table}
  site: {type: static-website}
functions:
  copy: {handler: x, events: [s3: {bucket: '${construct:photos.bucketName}', existing: true}]}
  feed: {handler: x, events: [stream: {type: dynamodb, arn: '${construct:data.tableStreamArn}'}]}
"""
    )
    assert {"photos -> copy deliver", "data -> feed poll", "site => siteBucket read"} <= found.edges.keys()
    assert found.properties("data")["keys"] == ("PK", "SK")


MACHINE = """
service: shop
provider: {name: aws}
functions:
  pay: {handler: x}
stepFunctions:
  stateMachines:
    order:
      type: express
      name: order-machine
      events:
        - http: {path: orders, method: post}
        - schedule: rate(1 hour)
        - eventBridge: {pattern: {source: [a]}, name: r}
      definition:
        StartAt: Pay
        States:
          Pay: {Type: Task, Resource: !GetAtt pay.Arn, Next: Tell}
          Tell: {Type: Task, Resource: 'arn:aws:states:::sqs:sendMessage', Parameters: {QueueUrl: !Ref Told}, End: true}
resources:
  Resources:
    Told: {Type: AWS::SQS::Queue}
"""


def test_a_state_machine(graph):
    found = graph(MACHINE)
    assert found.properties("order") == {"workflow": "express"}
    assert set(found.edges) == {
        "ApiGatewayRestApi -> order invoke POST /orders",
        "OrderEventsRuleSchedule1 -> order deliver",
        "default -> order deliver",
        "order => pay orchestrate",
        "order -> Told send",
    }


@pytest.mark.parametrize("kind", ["eventBridge", "cloudwatchEvent"])
@pytest.mark.parametrize(
    ("bus", "source"),
    [
        ("flow-bus", "Bus"),
        ("'arn:aws:events:eu-west-1:123456789012:event-bus/flow-bus'", "Bus"),
        ("{Ref: Bus}", "Bus"),
        ("{Fn::GetAtt: [Bus, Arn]}", "Bus"),
        ("default", "default"),
        ("elsewhere", "elsewhere"),
    ],
)
def test_a_state_machine_that_a_bus_starts(graph, kind, bus, source):
    found = graph(f"""
service: flow
functions: {{}}
stepFunctions:
  stateMachines:
    ship:
      events: [{{{kind}: {{eventBusName: {bus}, event: {{source: [shop]}}}}}}]
resources:
  Resources:
    Bus: {{Type: AWS::Events::EventBus, Properties: {{Name: flow-bus}}}}
""")
    assert list(found.edges) == [f"{source} -> ship deliver"]


def test_a_state_machine_that_is_waited_for(graph):
    found = graph(MACHINE.replace("method: post", "method: post, action: StartSyncExecution"))
    assert "ApiGatewayRestApi => order invoke POST /orders" in found.edges


def test_a_definition_that_cannot_be_read_is_noted(graph) -> None:
    deep = "[" * 600 + "]" * 600
    machines = f"stepFunctions: {{stateMachines: {{m: {{definition: '{deep}'}}}}}}"
    found = graph(f"service: s\nprovider: {{name: aws}}\n{machines}\n")
    assert found.notes == [(3, "this definition is no JSON or YAML that can be read")]


@pytest.mark.parametrize(
    ("proxy", "edge"),
    [
        ("kinesis: {path: /in, method: post, streamName: !Ref Clicks}", "ApiGatewayRestApi -> Clicks publish POST /in"),
        (
            "sqs: {path: /in, method: post, queueName: !GetAtt Jobs.QueueName}",
            "ApiGatewayRestApi -> Jobs send POST /in",
        ),
        (
            "sns: {path: /in, method: post, topicName: !GetAtt News.TopicName}",
            "ApiGatewayRestApi -> News publish POST /in",
        ),
        (
            "s3: {path: /in, method: put, action: PutObject, bucket: !Ref Photos, key: a}",
            "ApiGatewayRestApi => Photos write PUT /in",
        ),
        (
            "dynamodb: {path: /in, method: get, action: GetItem, tableName: !Ref Orders}",
            "ApiGatewayRestApi => Orders read GET /in",
        ),
        (
            "eventbridge: {path: /in, method: post, source: a, detailType: b}",
            "ApiGatewayRestApi -> default publish POST /in",
        ),
    ],
)
def test_service_proxies(graph, proxy, edge):
    found = graph(
        f"""
service: shop
provider: {{name: aws}}
custom: {{apiGatewayServiceProxies: [{proxy}]}}
resources:
  Resources:
    Clicks: {{Type: AWS::Kinesis::Stream}}
    Jobs: {{Type: AWS::SQS::Queue}}
    News: {{Type: AWS::SNS::Topic}}
    Photos: {{Type: AWS::S3::Bucket}}
    Orders: {{Type: AWS::DynamoDB::Table}}
"""
    )
    assert list(found.edges) == [edge]


def test_a_proxy_that_only_signed_requests_pass(graph):
    proxy = "sqs: {path: /in, method: post, authorizationType: AWS_IAM, queueName: jobs}"
    found = graph(f"service: s\nprovider: aws\ncustom: {{apiGatewayServiceProxies: [{proxy}]}}\n")
    assert found.properties("ApiGatewayRestApi")["auth"] == "iam"


def test_what_is_not_known_leaves_the_rest(graph):
    text = (
        LIFT + "constructs: {a: {type: nothing}, b: {type: storage}}\ncustom: {apiGatewayServiceProxies: [{odd: {}}]}\n"
    )
    assert graph(text).types == {"b": "s3"}
