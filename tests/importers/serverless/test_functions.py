"""Functions: settings, the framework's defaults, where failures go, authorizers."""

from __future__ import annotations

import pytest

from archlint.model import UNKNOWN, InputError

QUEUE = "arn:aws:sqs:eu-west-1:123456789012:dead"


def function(graph, settings: str, provider: str = "{name: aws}", more: str = ""):
    return graph(
        f"service: shop\nprovider: {provider}\nfunctions:\n  work: {settings}\n  other: {{handler: y}}\n{more}"
    )


def test_the_frameworks_defaults(graph):
    assert function(graph, "{handler: x}").properties("work") == {"timeout": 6, "memory": 1024}


@pytest.mark.parametrize(
    ("settings", "provider", "expected"),
    [
        ("{timeout: 9, memorySize: 256}", "{name: aws, timeout: 3}", {"timeout": 9, "memory": 256}),
        ("{}", "{name: aws, timeout: 3, memorySize: 512}", {"timeout": 3, "memory": 512}),
        ("{timeout: '30'}", "{name: aws}", {"timeout": 30}),
        ("{timeout: '${env:T}'}", "{name: aws}", {"timeout": "unknown"}),
        (
            "{reservedConcurrency: 0, provisionedConcurrency: 2}",
            "{name: aws}",
            {"reserved_concurrency": 0, "provisioned_concurrency": 2},
        ),
        ("{maximumRetryAttempts: 1, maximumEventAge: 120}", "{name: aws}", {"retry_attempts": 1, "max_event_age": 120}),
        ("{vpc: {subnetIds: [a], securityGroupIds: [b]}}", "{name: aws}", {"vpc": True}),
        ("{}", "{name: aws, vpc: {subnetIds: [a], securityGroupIds: [b]}}", {"vpc": True}),
        ("{vpc: '${file(none.yml)}'}", "{name: aws}", {"vpc": "unknown"}),
        ("{tracing: Active}", "{name: aws}", {"tracing": True}),
        ("{}", "{name: aws, tracing: {lambda: true}}", {"tracing": True}),
    ],
)
def test_settings(graph, settings, provider, expected):
    found = function(graph, settings, provider).properties("work")
    assert {name: str(found[name]) if str(found[name]) == "unknown" else found[name] for name in expected} == expected


@pytest.mark.parametrize("written", ["~", "false", "{}", "{subnetIds: [], securityGroupIds: []}"])
def test_a_function_that_leaves_the_network_of_the_provider(graph, written):
    provider = "{name: aws, vpc: {subnetIds: [a], securityGroupIds: [b]}}"
    assert "vpc" not in function(graph, f"{{vpc: {written}}}", provider).properties("work")


@pytest.mark.parametrize(
    ("settings", "edge", "properties"),
    [
        ("{onError: 'arn:aws:sns:eu-west-1:1:alert'}", "work !> alert on_failure", {"attached_to": "function"}),
        (f"{{destinations: {{onFailure: '{QUEUE}'}}}}", "work !> dead on_failure", {"attached_to": "function"}),
        (
            "{destinations: {onFailure: {type: sqs, arn: !GetAtt Dead.Arn}}}",
            "work !> Dead on_failure",
            {"attached_to": "function"},
        ),
        ("{destinations: {onSuccess: other}}", "work -> other on_success", {}),
        (
            "{destinations: {onSuccess: {type: eventBus, arn: 'arn:aws:events:eu-west-1:1:event-bus/b'}}}",
            "work -> b on_success",
            {},
        ),
        (
            "{destinations: {onSuccess: {type: function, arn: !GetAtt OtherLambdaFunction.Arn}}}",
            "work -> other on_success",
            {},
        ),
    ],
)
def test_failures_and_successes(graph, settings, edge, properties):
    more = "resources: {Resources: {Dead: {Type: AWS::SQS::Queue}}}"
    assert function(graph, settings, more=more).edges[edge] == properties


def test_a_url(graph):
    found = function(graph, "{url: {authorizer: aws_iam, invokeMode: RESPONSE_STREAM}}")
    assert found.properties("WorkLambdaFunctionUrl") == {"auth": "iam", "streaming": True}
    assert list(found.edges) == ["WorkLambdaFunctionUrl => work invoke"]
    assert function(graph, "{url: true}").properties("WorkLambdaFunctionUrl") == {"auth": "none"}
    assert "WorkLambdaFunctionUrl" not in function(graph, "{url: false}").types


@pytest.mark.parametrize(
    ("authorizer", "edge", "auth"),
    [
        ("other", "ApiGatewayRestApi => other authorize", "lambda"),
        ("{name: other, resultTtlInSeconds: 0}", "ApiGatewayRestApi => other authorize", "lambda"),
        ("{arn: !GetAtt OtherLambdaFunction.Arn, type: request}", "ApiGatewayRestApi => other authorize", "lambda"),
        ("'arn:aws:lambda:eu-west-1:1:function:gate'", "ApiGatewayRestApi => gate authorize", "lambda"),
        (
            "'arn:aws:cognito-idp:eu-west-1:1:userpool/eu-west-1_x'",
            "ApiGatewayRestApi => eu-west-1_x authorize",
            "cognito",
        ),
        (
            "{name: a, type: COGNITO_USER_POOLS, arn: !GetAtt Pool.Arn}",
            "ApiGatewayRestApi => Pool authorize",
            "cognito",
        ),
        ("{type: COGNITO_USER_POOLS, authorizerId: !Ref Check}", "ApiGatewayRestApi => Pool authorize", "cognito"),
        ("aws_iam", None, "iam"),
        ("{type: aws_iam}", None, "iam"),
    ],
)
def test_authorizers_of_a_rest_api(graph, authorizer, edge, auth):
    more = """resources:
  Resources:
    Pool: {Type: AWS::Cognito::UserPool}
    Check: {Type: AWS::ApiGateway::Authorizer, Properties: {ProviderARNs: [!GetAtt Pool.Arn]}}
"""
    found = function(graph, f"{{events: [http: {{path: x, method: get, authorizer: {authorizer}}}]}}", more=more)
    assert found.properties("ApiGatewayRestApi")["auth"] == auth
    assert [line for line in found.edges if "authorize" in line] == ([edge] if edge else [])


@pytest.mark.parametrize(
    ("defined", "edge", "auth"),
    [
        ("{type: request, functionName: other, resultTtlInSeconds: 60}", "HttpApi => other authorize", "lambda"),
        ("{issuerUrl: 'https://id.example.com/', audience: [a]}", None, "jwt"),
        ("{issuerUrl: !Sub 'https://cognito-idp.eu-west-1.amazonaws.com/${Pool}'}", "HttpApi => Pool authorize", "jwt"),
        ("{issuerUrl: {'Fn::Join': ['', ['https://a/', !Ref Pool]]}}", "HttpApi => Pool authorize", "jwt"),
    ],
)
def test_authorizers_of_an_http_api(graph, defined, edge, auth):
    provider = f"{{name: aws, httpApi: {{authorizers: {{gate: {defined}}}}}}}"
    more = "resources: {Resources: {Pool: {Type: AWS::Cognito::UserPool}}}"
    found = function(graph, "{events: [httpApi: {path: /x, method: get, authorizer: gate}]}", provider, more)
    assert found.properties("HttpApi")["auth"] == auth
    assert [line for line in found.edges if "authorize" in line] == ([edge] if edge else [])


def test_an_authorizer_of_some_routes_only(graph):
    events = "[http: {path: a, method: get, authorizer: other}, http: {path: b, method: get}]"
    found = function(graph, f"{{events: {events}}}")
    assert "auth" not in found.properties("ApiGatewayRestApi")
    assert found.edges["ApiGatewayRestApi => other authorize GET /a"] == {"route": "GET /a"}


def test_signed_requests_on_some_routes_only(graph):
    found = function(graph, "{events: [http: {path: a, method: get, authorizer: aws_iam}, http: 'GET b']}")
    assert str(found.properties("ApiGatewayRestApi")["auth"]) == "unknown"


def test_a_websocket_api_checks_who_connects(graph):
    events = "[websocket: {route: $connect, authorizer: other}, websocket: $default]"
    found = function(graph, f"{{events: {events}}}")
    assert found.properties("WebsocketsApi")["auth"] == "lambda"
    assert found.edges["WebsocketsApi => other authorize"] == {}


def test_a_websocket_api_without_a_route_for_connecting(graph):
    assert "auth" not in function(graph, "{events: [websocket: hello]}").properties("WebsocketsApi")


def test_settings_of_the_rest_api(graph):
    provider = (
        "{name: aws, endpointType: PRIVATE, tracing: {apiGateway: true},"
        " apiGateway: {usagePlan: {throttle: {rateLimit: 50, burstLimit: 100}}}}"
    )
    found = function(graph, "{events: [http: {path: a, method: get, private: true}]}", provider)
    assert found.properties("ApiGatewayRestApi") == {
        "throttle": {"rate": 50, "burst": 100},
        "endpoint": "private",
        "private": True,
        "tracing": True,
        "auth": "api_key",
    }


def test_functions_of_a_list_and_of_files(graph):
    found = graph(
        """
        service: shop
        provider: {name: aws}
        functions:
          - ${file(orders.yml)}
          - pay: {handler: x, events: [sns: paid]}
        """,
        **{"orders.yml": "order:\n  handler: x\n  events:\n    - sns: ordered\n"},
    )
    assert set(found.edges) == {"SNSTopicOrdered -> order deliver", "SNSTopicPaid -> pay deliver"}
    assert found.reading.span(found.components["order"].site)[1:3] == (1, 1)
    assert found.components["order"].site.document.endswith("orders.yml")


def test_tags_say_another_service(graph):
    found = function(graph, "{tags: {'archlint:service': billing}}")
    assert found.components["billing.work"].service == "billing"
    assert found.components["shop.other"].service == "shop"


def test_a_service_that_is_nothing_else(graph):
    assert graph("service: {name: shop}\nprovider: aws\n").types == {}


def test_what_cannot_be_read_is_noted_at_its_place(graph):
    found = graph(
        """
        service: shop
        provider:
          name: aws
          timeout: ${self:custom.timeout}
        functions:
          ok: {handler: x}
          odd: 5
          more: {handler: x, vpc: "${file(../vpc.yml)}"}
        """
    )
    assert set(found.types) == {"ok", "more"}
    assert found.notes == [
        (5, "nothing stands at `custom.timeout`"),
        (8, "the function `odd` cannot be read"),
        (9, "there is no file `../vpc.yml` inside the project"),
    ]


@pytest.mark.parametrize(
    ("principal", "properties"),
    [("'*'", {}), ("{AWS: 'arn:aws:iam::123456789012:root'}", {"auth": UNKNOWN})],
)
def test_a_policy_that_lets_only_some_callers_in(graph, principal, properties) -> None:
    found = graph(f"""\
        service: shop
        provider:
          name: aws
          apiGateway:
            resourcePolicy:
              - {{Effect: Allow, Principal: {principal}, Action: execute-api:Invoke, Resource: 'execute-api:/*'}}
        functions:
          work: {{handler: x.y, events: [http: GET orders]}}
    """)
    assert found.properties("ApiGatewayRestApi") == properties


@pytest.mark.parametrize("provider", ["azure", "{name: kubeless}"])
def test_what_runs_in_another_cloud_is_no_architecture_of_this_one(graph, provider) -> None:
    with pytest.raises(InputError, match=r"deployed to `(azure|kubeless)`"):
        graph(f"service: far\nprovider: {provider}\nfunctions: {{hello: {{handler: a.b}}}}\n")


def test_a_provider_that_is_not_known_may_be_aws(graph) -> None:
    assert graph("service: s\nprovider: {name: '${param:cloud}'}\nfunctions: {hello: {handler: a.b}}\n").types == {
        "hello": "lambda"
    }
