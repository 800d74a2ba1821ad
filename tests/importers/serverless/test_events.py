"""Every kind of event: the connection it makes, and the component where it makes one."""

from __future__ import annotations

import pytest

QUEUE = "arn:aws:sqs:eu-west-1:123456789012:jobs"
STREAM = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks"
TABLE = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2020-01-01T00:00:00.000"
TOPIC = "arn:aws:sns:eu-west-1:123456789012:news"


@pytest.mark.parametrize(
    ("entry", "edge", "types"),
    [
        ("http: GET orders", "ApiGatewayRestApi => work invoke GET /orders", {"ApiGatewayRestApi": "rest_api"}),
        ("http: {path: /orders/, method: any}", "ApiGatewayRestApi => work invoke ANY /orders/", {}),
        ("http: {path: x, method: post, async: true}", "ApiGatewayRestApi -> work invoke POST /x", {}),
        ("httpApi: 'POST /orders'", "HttpApi => work invoke POST /orders", {"HttpApi": "http_api"}),
        ("httpApi: '*'", "HttpApi => work invoke $default", {}),
        ("httpApi: {path: /x, method: '*'}", "HttpApi => work invoke ANY /x", {}),
        ("websocket: $connect", "WebsocketsApi => work invoke $connect", {"WebsocketsApi": "websocket_api"}),
        ("websocket: {route: hello}", "WebsocketsApi => work invoke hello", {}),
        (
            "alb: {listenerArn: 'arn:aws:elasticloadbalancing:eu-west-1:1:listener/app/front/5/6', priority: 1, conditions: {path: /a}}",
            "front => work invoke ANY /a",
            {"front": "alb"},
        ),
        (
            "cloudFront: {eventType: viewer-request, origin: 's3://pages.s3.amazonaws.com'}",
            "CloudFrontDistribution => work invoke",
            {"CloudFrontDistribution": "cloudfront", "pages": "s3"},
        ),
        (f"sqs: {QUEUE}", "jobs -> work poll", {"jobs": "sqs"}),
        (f"sqs: {{arn: '{QUEUE}'}}", "jobs -> work poll", {}),
        (f"stream: {TABLE}", "orders -> work poll", {"orders": "dynamodb"}),
        (f"stream: {{type: kinesis, arn: '{STREAM}'}}", "clicks -> work poll", {"clicks": "kinesis"}),
        ("msk: {arn: 'arn:aws:kafka:eu-west-1:1:cluster/lines/1-2', topic: t}", "lines -> work poll", {"lines": "msk"}),
        (
            "kafka: {topic: t, bootstrapServers: ['one.example.com:9092']}",
            "one-example-com -> work poll",
            {"one-example-com": "kafka"},
        ),
        (
            "activemq: {queue: q, arn: 'arn:aws:mq:eu-west-1:1:broker:mb:b-1', basicAuthArn: x}",
            "mb -> work poll",
            {"mb": "mq"},
        ),
        ("rabbitmq: {queue: q, arn: 'arn:aws:mq:eu-west-1:1:broker:rb:b-1', basicAuthArn: x}", "rb -> work poll", {}),
        ("sns: news", "SNSTopicNews -> work deliver", {"SNSTopicNews": "sns"}),
        (f"sns: {TOPIC}", "news -> work deliver", {"news": "sns"}),
        (f"sns: {{arn: '{TOPIC}'}}", "news -> work deliver", {}),
        ("sns: {topicName: big-news, displayName: News}", "SNSTopicBignews -> work deliver", {}),
        ("s3: photos", "S3BucketPhotos -> work deliver", {"S3BucketPhotos": "s3"}),
        ("s3: {bucket: photos, existing: true}", "photos -> work deliver", {"photos": "s3"}),
        (
            "schedule: rate(5 minutes)",
            "WorkEventsRuleSchedule1 -> work deliver",
            {"WorkEventsRuleSchedule1": "schedule"},
        ),
        ("schedule: {rate: ['cron(0 1 * * ? *)'], method: scheduler}", "WorkEventsRuleSchedule1 -> work deliver", {}),
        ("eventBridge: {pattern: {source: [shop]}}", "default -> work deliver", {"default": "eventbridge_bus"}),
        (
            "eventBridge: {eventBus: my-bus, pattern: {source: [shop]}}",
            "MyDashbusEventBridgeEventBus -> work deliver",
            {"MyDashbusEventBridgeEventBus": "eventbridge_bus"},
        ),
        (
            "eventBridge: {eventBus: 'arn:aws:events:eu-west-1:1:event-bus/partner', pattern: {source: [shop]}}",
            "partner -> work deliver",
            {},
        ),
        (
            "eventBridge: {schedule: rate(1 hour)}",
            "WorkEventBridgeSchedule1 -> work deliver",
            {"WorkEventBridgeSchedule1": "schedule"},
        ),
        ("cloudwatchEvent: {event: {source: [aws.ec2]}}", "default -> work deliver", {}),
        (
            "cloudwatchLog: /aws/lambda/other",
            "aws-lambda-other -> work deliver",
            {"aws-lambda-other": "cloudwatch_logs"},
        ),
        ("cloudwatchLog: {logGroup: /app, filter: ERROR}", "app -> work deliver", {}),
        ("iot: {sql: \"SELECT * FROM 't'\"}", "WorkIotTopicRule1 -> work deliver", {"WorkIotTopicRule1": "iot_rule"}),
        (
            "cognitoUserPool: {pool: users, trigger: PreSignUp}",
            "CognitoUserPoolUsers => work invoke",
            {"CognitoUserPoolUsers": "cognito_user_pool"},
        ),
        ("cognitoUserPool: {pool: users, trigger: PreSignUp, existing: true}", "users => work invoke", {}),
        ("alexaSkill", "Alexa => work invoke", {}),
        ("alexaSkill: amzn1.ask.skill.x", "Alexa => work invoke", {}),
    ],
)
def test_events(event, entry, edge, types):
    graph = event(entry)
    assert edge in graph.edges
    assert types.items() <= graph.types.items()
    assert set(graph.confidence.values()) == {"certain"}


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (
            f"sqs: {{arn: '{QUEUE}', batchSize: 5, maximumBatchingWindow: 20, maximumConcurrency: 7, functionResponseType: ReportBatchItemFailures, filterPatterns: [{{a: [1]}}]}}",
            {
                "batch_size": 5,
                "batching_window": 20,
                "maximum_concurrency": 7,
                "report_batch_item_failures": True,
                "filter": True,
            },
        ),
        (
            f"stream: {{arn: '{TABLE}', maximumRetryAttempts: 2, maximumRecordAgeInSeconds: 60, bisectBatchOnFunctionError: true, parallelizationFactor: 3}}",
            {
                "batch_size": 10,
                "maximum_retry_attempts": 2,
                "maximum_record_age": 60,
                "bisect_on_error": True,
                "parallelization_factor": 3,
            },
        ),
        (
            f"stream: {{type: kinesis, arn: '{STREAM}', consumer: true, batchSize: 50}}",
            {"batch_size": 50, "enhanced_fan_out": True},
        ),
        ("sns: {topicName: news, filterPolicy: {kind: [big]}}", {"filter": True}),
        (
            "s3: {bucket: photos, event: 's3:ObjectRemoved:*', rules: [{prefix: in/}, {suffix: .jpg}]}",
            {"event": "s3:ObjectRemoved:*", "prefix": "in/", "suffix": ".jpg"},
        ),
        ("httpApi: {path: /x, method: get, timeout: 9}", {"route": "GET /x", "timeout": 9}),
        (
            "http: {path: /x, method: get, async: true, timeoutInMillis: 2500}",
            {"route": "GET /x", "async_invocation": True, "timeout": 2.5},
        ),
        ("eventBridge: {name: on-order, pattern: {source: [shop]}}", {"rule": "on-order", "filter": True}),
        (f"sqs: {{arn: '{QUEUE}', batchSize: '${{env:SIZE}}'}}", {"batch_size": "unknown"}),
    ],
)
def test_properties_of_events(event, entry, expected):
    [properties] = event(entry).edges.values()
    assert {name: str(value) if str(value) == "unknown" else value for name, value in properties.items()} == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("rate(1 minute)", {"rate": 60}),
        ("rate(2 hours)", {"rate": 7200}),
        ("cron(0/2 * ? * MON-FRI *)", {"cron": "0/2 * ? * MON-FRI *"}),
        ("at(2026-01-01T00:00:00)", {}),
    ],
)
def test_schedules(event, written, expected):
    assert event(f"schedule: {written}").properties("WorkEventsRuleSchedule1") == expected


@pytest.mark.parametrize(
    ("entry", "legacy"),
    [
        ("schedule: rate(1 minute)", True),
        ("schedule: {rate: rate(1 minute), method: eventBus}", True),
        ("schedule: {rate: rate(1 minute), method: scheduler}", None),
        ("schedule: {rate: rate(1 minute), method: '${env:METHOD}'}", None),
        ("eventBridge: {schedule: rate(1 minute)}", True),
        ("eventBridge: {name: r, pattern: {source: [shop]}}", None),
    ],
)
def test_a_rule_that_only_ticks(event, entry, legacy):
    [properties] = event(entry).edges.values()
    assert properties.get("legacy") is legacy


def test_a_list_of_rates_is_several_schedules(event):
    graph = event("schedule: {rate: [rate(1 hour), rate(2 hours)]}")
    assert sorted(id_ for id_, type_ in graph.types.items() if type_ == "schedule") == [
        "WorkEventsRuleSchedule1",
        "WorkEventsRuleScheduleAt11",
    ]


@pytest.mark.parametrize(
    ("entry", "edge", "properties"),
    [
        (
            f"stream: {{arn: '{TABLE}', destinations: {{onFailure: '{QUEUE}'}}}}",
            "work !> jobs on_failure",
            {"attached_to": "mapping"},
        ),
        (
            f"stream: {{arn: '{TABLE}', destinations: {{onFailure: {{arn: '{TOPIC}', type: sns}}}}}}",
            "work !> news on_failure",
            {"attached_to": "mapping"},
        ),
        (
            f"sns: {{topicName: t, redrivePolicy: {{deadLetterTargetArn: '{QUEUE}'}}}}",
            "SNSTopicT !> jobs on_failure",
            {"attached_to": "subscription", "subscription": "work"},
        ),
        (
            "sns: {topicName: t, redrivePolicy: {deadLetterTargetImport: {arn: Dead-Arn, url: u}}}",
            "SNSTopicT !> Dead-Arn on_failure",
            {"attached_to": "subscription", "subscription": "work"},
        ),
        (
            f"eventBridge: {{name: r, pattern: {{source: [a]}}, deadLetterQueueArn: '{QUEUE}'}}",
            "default !> jobs on_failure",
            {"attached_to": "target", "subscription": "r", "rule": "r"},
        ),
    ],
)
def test_failures_of_events(event, entry, edge, properties):
    assert event(entry).edges[edge] == properties


def test_one_bucket_for_two_events_of_the_same_name(graph):
    text = """
        service: shop
        provider: {name: aws}
        functions:
          one: {handler: x, events: [s3: 'photos-${env:STAGE}']}
          two: {handler: x, events: [s3: {bucket: 'photos-${env:STAGE}', event: 's3:ObjectRemoved:*'}]}
    """
    graph = graph(text)
    assert [type_ for type_ in graph.types.values() if type_ == "s3"] == ["s3"]
    assert len(graph.edges) == 2


def test_an_http_proxy_leads_to_a_legacy_system(event):
    entry = "http: {path: old, method: any, integration: http_proxy, request: {uri: 'https://old.example.com/v1'}}"
    graph = event(entry)
    assert "ApiGatewayRestApi => old-example-com invoke ANY /old" in graph.edges
    assert graph.types["old-example-com"] == "legacy_http"


@pytest.mark.parametrize(
    ("uri", "id_"),
    [
        ("https://${env:HOST}/x?api_key=SECRET", "env-HOST"),
        ("https://user:SECRET@${env:HOST}:8443?k=SECRET#SECRET", "env-HOST"),
        ("${env:BASE}/x?next=https://SECRET", "env-BASE"),
        ("https://old.example.com/${env:PATH}?k=SECRET", "old-example-com"),
    ],
)
def test_of_an_address_only_its_host_is_named(event, uri, id_):
    graph = event(f"http: {{path: old, method: any, integration: http_proxy, request: {{uri: '{uri}'}}}}")
    assert graph.types[id_] == "legacy_http"
    assert "SECRET" not in str(graph.components)


def test_a_listener_among_the_resources_leads_to_its_load_balancer(event):
    more = """
        resources:
          Resources:
            Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: {Ref: Front}}}
            Front: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
    """
    graph = event("alb: {listenerArn: {Ref: Listener}, priority: 1, conditions: {path: [/a, /b]}}", more)
    assert {"Front => work invoke ANY /a", "Front => work invoke ANY /b"} <= graph.edges.keys()


def test_listeners_of_others_are_load_balancers_of_their_own(graph):
    listener = "arn:aws:elasticloadbalancing:eu-west-1:1:listener/app/{}/1/2"
    events = [
        f"[alb: {{listenerArn: '{listener.format(name)}', conditions: {{path: /a}}}}]" for name in ("first", "second")
    ]
    found = graph(
        "service: shop\nprovider: {name: aws}\nfunctions:\n"
        f"  one: {{handler: x, events: {events[0]}}}\n  two: {{handler: x, events: {events[1]}}}\n"
    )
    assert found.edges.keys() == {"first => one invoke ANY /a", "second => two invoke ANY /a"}


def test_somebody_outside_of_another_name_is_another_one(graph):
    variables = "{A: 'https://api.acme.com', B: 'https://api-acme.com', C: 'https://api.acme.com/v2'}"
    found = graph(f"service: s\nprovider: {{name: aws}}\nfunctions: {{f: {{handler: x, environment: {variables}}}}}\n")
    assert found.edges.keys() == {"f => api-acme-com invoke", "f => api-acme-com-2 invoke"}


@pytest.mark.parametrize("written", ["false", "'false'", "'False'"])
def test_a_stream_that_is_switched_off_is_neither_read_nor_fails(event, written):
    stream = "arn: 'arn:aws:kinesis:eu-west-1:1:stream/s', type: kinesis"
    failure = "destinations: {onFailure: 'arn:aws:sqs:eu-west-1:1:dead'}"
    assert event(f"stream: {{{stream}, enabled: {written}, {failure}}}").edges == {}


def test_the_places_of_what_events_make_are_the_events(event):
    graph = event("sns: news")
    assert graph.place("work") == (4, 3)
    assert graph.place("SNSTopicNews") == (7, 9)


def test_an_unknown_event_leaves_the_rest(graph):
    graph = graph("{service: s, provider: aws, functions: {f: {handler: x, events: [{htp: GET /}, 5, {sns: t}]}}}")
    assert list(graph.edges) == ["SNSTopicT -> f deliver"]
    assert graph.notes == [
        (1, "`htp` is no event that archlint knows (did you mean `http`?)"),
        (1, "this event cannot be read"),
    ]


def test_a_mapping_that_is_switched_off(event):
    assert event(f"sqs: {{arn: '{QUEUE}', enabled: false}}").edges == {}
