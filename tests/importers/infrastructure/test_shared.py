"""What every reader of infrastructure code shares: symbols, ARNs, permissions, workflows, integrations."""

from __future__ import annotations

import pytest

from archlint.importers.draft import Draft
from archlint.importers.infrastructure import Exported, Local, Named, Stack, assemble
from archlint.importers.infrastructure.arns import host_in, target
from archlint.importers.infrastructure.integrations import Integration, connect_integration
from archlint.importers.infrastructure.issuers import issuing_pool
from archlint.importers.infrastructure.networks import Networks
from archlint.importers.infrastructure.openapi import connect_openapi
from archlint.importers.infrastructure.permissions import Permissions, Principal, Statement, statements
from archlint.importers.infrastructure.symbols import Hole, Reference, Text, filled, parsed, text_of
from archlint.importers.infrastructure.workflows import connect_workflow
from archlint.model import UNKNOWN, Site, Style
from archlint.source import Limits

SITE = Site("stack.yaml", ())
REGION, ACCOUNT = Hole("AWS::Region"), Hole("AWS::AccountId")


def make_stack(**types: str) -> Stack:
    stack = Stack("stack", SITE)
    for id_, type_ in types.items():
        stack.add(id_, type_, SITE)
    return stack


def edges(*stacks: Stack) -> list[str]:
    draft = Draft()
    assemble(stacks, draft)
    return [
        f"{edge.source.id} {edge.style.arrow} {edge.target.id}: {edge.action} {edge.confidence.word}"
        for edge in draft.connections
    ]


def ref(id_: str, attribute: str = "Arn") -> Reference:
    return Reference(Local(id_), attribute)


@pytest.mark.parametrize(
    ("symbol", "end"),
    [
        (ref("Inbox"), Local("Inbox")),
        (text_of([ref("Pictures"), "/*"]), Local("Pictures")),
        (text_of(["arn:aws:sqs:", REGION, ":", ACCOUNT, ":orders"]), Named("sqs", "orders")),
        (text_of(["https://sqs.", REGION, ".amazonaws.com/", ACCOUNT, "/", ref("Inbox", "Name")]), Local("Inbox")),
        ("arn:aws:dynamodb:eu-west-1:1234:table/orders/index/by-day", Named("dynamodb", "orders")),
        ("arn:aws:s3:::pictures/*", Named("s3", "pictures")),
        (text_of(["arn:aws:s3:::", Hole("Stage"), "-pictures/*"]), Named("s3", "${Stage}-pictures")),
        ("*", None),
        ("arn:aws:s3:::*", None),
        ("orders", Named("sqs", "orders")),
        (Hole("QueueArn"), Named("sqs", "QueueArn")),
        (REGION, None),
    ],
)
def test_what_a_value_means(symbol, end) -> None:
    found = target(symbol, "sqs")
    assert (found.end if found else None) == end


@pytest.mark.parametrize(
    ("symbol", "name"),
    [
        ("tide", "tide"),
        ("tide:live", "tide"),
        ("1234:function:tide", "tide"),
        ("1234:function:tide:7", "tide"),
        (text_of([Hole("AWS::StackName"), "-tide:live"]), "${AWS.StackName}-tide"),
        (text_of([ACCOUNT, ":function:tide"]), "tide"),
        ("tide:live:7", None),
        ("1234:layer:tide", None),
    ],
)
def test_what_names_a_function(symbol, name) -> None:
    found = target(symbol, "lambda")
    assert (found.end if found else None) == (Named("lambda", name) if name else None)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://api.acme.com/x?key=secret", "api.acme.com"),
        ("user:secret@api.acme.com:8443/x", "api.acme.com"),
        ("https://a:p@secret@${Host}#secret", "${Host}"),
        ("${Base/of}/secret", "${Base/of}"),
        ("https://api.${Zone}.com?secret", "api.${Zone}.com"),
        ("https://${unfinished/secret", ""),
        ("", ""),
    ],
)
def test_the_host_of_an_address(address, host) -> None:
    assert host_in(address) == host


def test_somebody_outside_is_named_by_the_host_alone() -> None:
    assert target(text_of([Hole("Base"), "/x?key=secret"]), "third_party").end == Named("third_party", "${Base}")
    assert target("hooks.acme.com/secret", "third_party").end == Named("third_party", "hooks.acme.com")


def allow(stack: Stack, actions: str, *resources, alone: bool = True, env=()) -> list[str]:
    permissions = Permissions(stack)
    permissions.allow(Principal(Local("Fn"), alone), [Statement(tuple(actions.split()), resources, SITE)])
    for value in env:
        permissions.mention(Local("Fn"), value, SITE)
    permissions.connect()
    return edges(stack)


def test_a_permission_on_one_resource_is_likely() -> None:
    stack = make_stack(Fn="lambda", Orders="dynamodb", Inbox="sqs")
    assert allow(stack, "dynamodb:GetItem dynamodb:PutItem", ref("Orders")) == ["Fn => Orders: read_write likely"]
    stack = make_stack(Fn="lambda", Orders="dynamodb", Inbox="sqs")
    assert allow(stack, "sqs:Send*", ref("Inbox")) == ["Fn -> Inbox: send likely"]


@pytest.mark.parametrize(
    ("action", "resource", "edge"),
    [
        ("s3:PutObject", "arn:aws:s3:::acme-images/*.json", "Fn => Images: write likely"),
        ("s3:PutObject", "arn:aws:s3:::acme-images/out/*.json", "Fn => Images: write likely"),
        ("s3:PutObject", text_of(["arn:aws:s3:::", ref("Images", ""), "/*.json"]), "Fn => Images: write likely"),
        ("s3:PutObject", text_of([ref("Images"), "/*.json"]), "Fn => Images: write likely"),
        ("s3:PutObject", text_of([ref("Images"), "/a?.json"]), "Fn => Images: write likely"),
        ("s3:PutObject", "arn:aws:s3:::acme-*/out/*.json", "Fn => Images: write guess"),
        ("dynamodb:Query", "arn:aws:dynamodb:eu-west-1:1:table/acme-orders/index/by-*", "Fn => Orders: read likely"),
        ("dynamodb:Query", text_of([ref("Orders"), "/index/by-*"]), "Fn => Orders: read likely"),
        ("lambda:InvokeFunction", text_of([ref("Pay"), ":v*"]), "Fn => Pay: invoke guess"),
    ],
)
def test_a_pattern_below_a_name_is_about_what_is_named(action, resource, edge) -> None:
    stack = make_stack(Fn="lambda", Pay="lambda", Images="s3", Others="s3", Orders="dynamodb", Jobs="dynamodb")
    stack.call("Images", "acme-images")
    stack.call("Orders", "acme-orders")
    assert allow(stack, action, resource) == [edge]


def test_a_wildcard_is_a_guess_unless_the_environment_names_one() -> None:
    stack = make_stack(Fn="lambda", Orders="dynamodb", Customers="dynamodb")
    assert allow(stack, "dynamodb:Query", "*") == [
        "Fn => Orders: read guess",
        "Fn => Customers: read guess",
    ]
    stack = make_stack(Fn="lambda", Orders="dynamodb", Customers="dynamodb")
    assert allow(stack, "dynamodb:Query", "*", env=[ref("Orders", "")]) == ["Fn => Orders: read guess"]


def test_a_wildcard_over_the_actions_of_a_queue_says_no_direction() -> None:
    for env in ([], [ref("Inbox")]):
        stack = make_stack(Fn="lambda", Inbox="sqs")
        found = allow(stack, "sqs:*", ref("Inbox"), env=env)
        assert sorted(found) == ["Fn -> Inbox: send guess", "Fn => Inbox: read guess"]


def test_a_wildcard_over_the_actions_of_workflows_starts_them() -> None:
    stack = make_stack(Fn="lambda", Flow="step_functions")
    assert allow(stack, "states:*", ref("Flow")) == ["Fn -> Flow: invoke guess"]
    assert [dict(wire.properties) for wire in stack.wires] == [{}, {}]
    stack = make_stack(Fn="lambda", Flow="step_functions")
    assert allow(stack, "states:SendTask*", ref("Flow")) == ["Fn -> Flow: invoke likely"]
    assert [dict(wire.properties) for wire in stack.wires] == [{"label": "callback"}]


def test_a_pattern_of_names_is_a_guess() -> None:
    stack = make_stack(Fn="lambda")
    stack.add("A", "dynamodb", SITE, name="shop-orders")
    stack.add("B", "dynamodb", SITE, name="other")
    pattern = text_of(["arn:aws:dynamodb:", REGION, ":", ACCOUNT, ":table/shop-*"])
    assert allow(stack, "dynamodb:PutItem", pattern) == ["Fn => A: write guess"]


def test_a_wildcard_over_many_names_none() -> None:
    stack = make_stack(Fn="lambda", **{f"T{number}": "dynamodb" for number in range(50)})
    assert allow(stack, "dynamodb:Query", "*") == []


SEND = {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"}


@pytest.mark.parametrize(
    ("written", "queues"),
    [
        ([SEND], ["A", "B"]),
        ([{"Effect": "Allow", "Action": "sqs:SendMessage", "NotResource": ref("A")}], ["B"]),
        ([{"Effect": "Allow", "Action": "sqs:*", "NotResource": ["arn:aws:sqs:eu-west-1:1:shop-a"]}], ["B"]),
        ([{"Effect": "Allow", "Action": "sqs:SendMessage", "NotResource": "*"}], []),
        ([SEND, {"Effect": "Deny", "Action": "sqs:*", "Resource": ref("A")}], ["B"]),
        ([SEND, {"Effect": "Deny", "Action": ["sqs:Send*"], "Resource": "arn:aws:sqs:eu-west-1:1:shop-a"}], ["B"]),
        ([SEND, {"Effect": "Deny", "Action": "*", "Resource": "*"}], []),
        ([SEND, {"Effect": "Deny", "Action": "sqs:DeleteQueue", "Resource": ref("A")}], ["A", "B"]),
        ([SEND, {"Effect": "Deny", "Action": "sqs:*", "Resource": ref("A"), "Condition": {"Bool": {}}}], ["A", "B"]),
        ([SEND, {"Effect": "Deny", "Action": "sqs:*", "NotResource": ref("A")}], ["A", "B"]),
    ],
)
def test_what_is_left_out_or_denied_is_not_used(written, queues) -> None:
    stack = make_stack(Fn="lambda")
    stack.add("A", "sqs", SITE, name="shop-a")
    stack.add("B", "sqs", SITE, name="shop-b")
    permissions = Permissions(stack)
    permissions.allow(Principal(Local("Fn")), statements({"Statement": written}, SITE))
    permissions.connect()
    assert sorted({line.split()[2].removesuffix(":") for line in edges(stack)}) == queues


def test_a_part_of_a_bucket_that_is_denied_leaves_the_rest() -> None:
    for denied, used in (("/private/*", 1), ("", 1), ("/*", 0)):
        stack = make_stack(Fn="lambda", Files="s3")
        permissions = Permissions(stack)
        document = [
            {"Effect": "Allow", "Action": "s3:GetObject", "Resource": text_of([ref("Files"), "/*"])},
            {"Effect": "Deny", "Action": "s3:*", "Resource": text_of([ref("Files"), denied])},
        ]
        permissions.allow(Principal(Local("Fn")), statements({"Statement": document}, SITE))
        permissions.connect()
        assert len(stack.wires) == used, denied


@pytest.mark.parametrize(("databases", "guesses"), [(12, 24), (13, 0)])
def test_a_group_that_is_let_in_to_many_tells_nothing(databases, guesses) -> None:
    stack = make_stack(F="lambda", G="lambda", **{f"D{number}": "aurora" for number in range(databases)})
    networks = Networks()
    for id_ in stack.resources:
        networks.join("shared", Local(id_))
    networks.admit("shared", "shared", SITE)
    networks.connect(stack)
    assert len(stack.wires) == guesses


def test_a_shared_role_makes_a_guess() -> None:
    stack = make_stack(Fn="lambda", Orders="dynamodb")
    assert allow(stack, "dynamodb:Query", ref("Orders"), alone=False) == ["Fn => Orders: read guess"]


def test_a_name_in_the_environment_alone() -> None:
    stack = make_stack(Fn="lambda", Inbox="sqs", Db="aurora")
    found = allow(stack, "logs:PutLogEvents", "*", env=[ref("Inbox", "QueueUrl"), ref("Db", "Endpoint.Address")])
    assert found == ["Fn -> Inbox: send guess", "Fn => Db: read_write likely"]


def test_a_service_without_resources_of_ones_own() -> None:
    stack = make_stack(Fn="lambda")
    assert allow(stack, "rekognition:DetectLabels ses:SendEmail", "*") == [
        "Fn => Rekognition: invoke guess",
        "Fn => SES: invoke guess",
    ]


def test_the_permission_to_receive_belongs_to_the_mapping() -> None:
    stack = make_stack(Fn="lambda", Inbox="sqs")
    stack.connect(Local("Inbox"), Local("Fn"), Style.ASYNC, SITE)
    assert allow(stack, "sqs:ReceiveMessage sqs:DeleteMessage", ref("Inbox")) == ["Inbox -> Fn: poll certain"]
    assert allow(make_stack(Fn="lambda", Inbox="sqs"), "sqs:ReceiveMessage", ref("Inbox")) == [
        "Fn => Inbox: read likely"
    ]


def test_the_permission_to_send_belongs_to_the_failure_destination() -> None:
    stack = make_stack(Fn="lambda", Dead="sqs")
    stack.connect(Local("Fn"), Local("Dead"), Style.ERROR, SITE)
    assert allow(stack, "sqs:SendMessage", ref("Dead")) == ["Fn !> Dead: on_failure certain"]


def test_reading_a_stream_is_no_access_to_its_table() -> None:
    stack = make_stack(Fn="lambda", Orders="dynamodb")
    assert allow(stack, "dynamodb:*", ref("Orders", "StreamArn")) == []


def test_whether_a_caller_waits_is_guessed_by_what_the_callee_keeps() -> None:
    stack = make_stack(Fn="lambda", Other="lambda", Dead="sqs")
    assert allow(stack, "lambda:InvokeFunction", ref("Other")) == ["Fn => Other: invoke guess"]
    stack = make_stack(Fn="lambda", Other="lambda", Dead="sqs")
    stack.connect(Local("Other"), Local("Dead"), Style.ERROR, SITE)
    assert "Fn -> Other: invoke guess" in allow(stack, "lambda:InvokeFunction", ref("Other"))


DEFINITION = """
{"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "${Fn}", "Retry": [{"ErrorEquals": ["States.ALL"]}], "Next": "B"},
  "B": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "Parameters": {"QueueUrl": "${Inbox}"}, "Next": "C"},
  "C": {"Type": "Parallel", "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "D"}], "Branches": [
    {"StartAt": "C1", "States": {"C1": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:dynamodb:putItem",
      "Parameters": {"TableName": "${Orders}"}, "End": true}}},
    {"StartAt": "C2", "States": {"C2": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
      "Parameters": {"StateMachineArn": "arn:aws:states:eu-west-1:1:stateMachine:inner"}, "End": true}}}], "Next": "D"},
  "D": {"Type": "Map", "ItemProcessor": {"StartAt": "D1", "States": {
    "D1": {"Type": "Task", "QueryLanguage": "JSONata", "Resource": "arn:aws:states:::lambda:invoke",
           "Arguments": {"FunctionName": "${Fn}", "Payload": "{% $states.input %}"}, "Next": "D2"},
    "D2": {"Type": "Task", "Resource": "arn:aws:states:::http:invoke",
           "Parameters": {"ApiEndpoint": "https://pay.example.com/charge"}, "End": true}}}, "Next": "E"},
  "E": {"Type": "Task", "Resource": "arn:aws:states:::events:putEvents",
        "Parameters": {"Entries": [{"Source": "x"}]}, "End": true}}}
"""


def workflow_stack() -> Stack:
    stack = make_stack(Flow="step_functions", Fn="lambda", Inbox="sqs", Orders="dynamodb")
    data = filled(parsed(DEFINITION, Limits()), ref)
    connect_workflow(stack, Local("Flow"), data, SITE, inside=True)
    return stack


def test_the_tasks_of_a_workflow() -> None:
    assert edges(workflow_stack()) == [
        "Flow => Fn: orchestrate certain",
        "Flow -> Inbox: send certain",
        "Flow => Orders: write certain",
        "Flow => inner: orchestrate certain",
        "Flow => pay-example-com: orchestrate certain",
        "Flow -> default: publish certain",
    ]


def test_the_properties_of_tasks() -> None:
    draft = Draft()
    assemble([workflow_stack()], draft)
    by_target = {edge.target.id: edge for edge in draft.connections}
    assert by_target["Inbox"].properties == {"integration": "callback"}
    assert by_target["Orders"].properties == {"catch": True, "mode": "all"}
    assert by_target["inner"].properties["integration"] == "sync"
    assert by_target["Fn"].properties == {"instances": "many"}, "the task without a retry tells"
    assert by_target["Fn"].site.route == ("States", "D", "ItemProcessor", "States", "D1")


def test_a_definition_in_a_text_with_unknown_parts() -> None:
    stack = make_stack(Flow="step_functions", Fn="lambda")
    text = Text(
        ('{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "', ref("Fn"), '", "TimeoutSeconds": 5}}}')
    )
    connect_workflow(stack, Local("Flow"), parsed(text, Limits()), SITE, inside=False)
    assert edges(stack) == ["Flow => Fn: orchestrate certain"]
    assert stack.wires[0].properties == {"timeout": 5}


URI = "arn:aws:apigateway:eu-west-1:"


@pytest.mark.parametrize(
    ("kind", "uri", "more", "edge"),
    [
        ("AWS_PROXY", [URI, "lambda:path/2015-03-31/functions/", ref("Fn"), "/invocations"], {}, "Api => Fn: invoke certain"),
        (
            "AWS",
            [URI, "lambda:path/2015-03-31/functions/", ref("Fn"), "/invocations"],
            {"parameters": {"integration.request.header.X-Amz-Invocation-Type": "'Event'"}},
            "Api -> Fn: invoke certain",
        ),
        ("AWS", [URI, "sqs:path/", ACCOUNT, "/", ref("Inbox", "QueueName")], {}, "Api -> Inbox: send certain"),
        (
            "AWS",
            [URI, "sqs:path//"],
            {"templates": {"application/json": text_of(["Action=SendMessage&QueueUrl=", ref("Inbox", ""), "&MessageBody=x"])}},
            "Api -> Inbox: send certain",
        ),
        ("AWS", [URI, "dynamodb:action/PutItem"], {"templates": {"j": text_of(['{"TableName": "', ref("Orders", ""), '"}'])}}, "Api => Orders: write certain"),
        ("AWS", [URI, "dynamodb:action/Query"], {"templates": {"j": '{"TableName": "far-away"}'}}, "Api => far-away: read certain"),
        ("AWS", [URI, "states:action/StartSyncExecution"], {"templates": {"j": text_of(['{"stateMachineArn": "', ref("Flow", ""), '"}'])}}, "Api => Flow: invoke certain"),
        ("AWS", [URI, "s3:path/", ref("Files", ""), "/{key}"], {"route": "GET /{key}"}, "Api => Files: read certain"),
        ("HTTP_PROXY", ["https://old.example.com/{proxy}"], {}, "Api => old-example-com: invoke certain"),
    ],
)  # fmt: skip
def test_integrations_of_an_api(kind, uri, more, edge) -> None:
    stack = make_stack(Api="rest_api", Fn="lambda", Inbox="sqs", Orders="dynamodb", Flow="step_functions", Files="s3")
    connect_integration(stack, Local("Api"), Integration(kind, text_of(uri), SITE, **more))
    assert edges(stack) == [edge]


def test_an_integration_that_only_its_role_tells() -> None:
    stack = make_stack(Api="rest_api", Inbox="sqs")
    granted = [Statement(("sqs:SendMessage",), (ref("Inbox"),), SITE)]
    connect_integration(stack, Local("Api"), Integration("AWS", URI + "sqs:path//", SITE), lambda _: granted)
    assert edges(stack) == ["Api -> Inbox: send likely"]


def test_a_service_integration_of_an_http_api() -> None:
    stack = make_stack(Api="http_api", Bus="eventbridge_bus")
    integration = Integration(
        "AWS_PROXY", None, SITE, subtype="EventBridge-PutEvents", parameters={"EventBusName": ref("Bus", "")}
    )
    connect_integration(stack, Local("Api"), integration)
    assert edges(stack) == ["Api -> Bus: publish certain"]


def test_an_openapi_body() -> None:
    uri = text_of([URI, "lambda:path/2015-03-31/functions/", ref("Fn"), "/invocations"])
    gate = text_of([URI, "lambda:path/2015-03-31/functions/", ref("Gate"), "/invocations"])
    body = {
        "paths": {
            "/orders": {
                "post": {
                    "x-amazon-apigateway-integration": {"type": "aws_proxy", "uri": uri},
                    "security": [{"gate": []}],
                },
                "options": {"x-amazon-apigateway-integration": {"type": "mock"}},
            }
        },
        "securityDefinitions": {
            "gate": {
                "type": "apiKey",
                "x-amazon-apigateway-authtype": "custom",
                "x-amazon-apigateway-authorizer": {
                    "type": "token",
                    "authorizerUri": gate,
                    "authorizerResultTtlInSeconds": 60,
                },
            }
        },
    }
    stack = make_stack(Api="rest_api", Fn="lambda", Gate="lambda")
    assert connect_openapi(stack, Local("Api"), body, SITE) == {"auth": "lambda"}
    assert edges(stack) == ["Api => Fn: invoke certain", "Api => Gate: authorize certain"]
    assert stack.wires[0].properties == {"route": "POST /orders"}
    assert stack.wires[0].site.route == ("paths", "/orders", "post")
    assert stack.wires[1].properties == {"authorizer_ttl": 60}


@pytest.mark.parametrize(
    ("security", "provider", "auth", "authorized"),
    [
        ([{"gate": []}], ref("Users"), None, [{"route": "POST /orders"}]),
        ([{"gate": []}], None, UNKNOWN, []),
        ([{"elsewhere": []}], ref("Users"), UNKNOWN, []),
        (None, ref("Users"), None, []),
    ],
)
def test_an_openapi_body_with_an_open_route(security, provider, auth, authorized) -> None:
    """Which routes are open the authorizer's connections show, or the API's whole answer is not known."""
    uri = text_of([URI, "lambda:path/2015-03-31/functions/", ref("Fn"), "/invocations"])
    integration = {"x-amazon-apigateway-integration": {"type": "aws_proxy", "uri": uri}}
    body = {
        "paths": {"/orders": {"post": integration | ({"security": security} if security else {}), "get": integration}},
        "components": {
            "securitySchemes": {
                "gate": {
                    "type": "apiKey",
                    "x-amazon-apigateway-authorizer": {"type": "cognito_user_pools", "providerARNs": [provider]},
                }
            }
        },
    }
    stack = make_stack(Api="rest_api", Fn="lambda", Users="cognito_user_pool")
    assert connect_openapi(stack, Local("Api"), body, SITE) == {"auth": auth}
    assert [dict(wire.properties) for wire in stack.wires if wire.action == "authorize"] == authorized


@pytest.mark.parametrize(
    ("issuer", "pool"),
    [
        ("https://acme.eu.auth0.com/", None),
        (text_of(["https://", Hole("Tenant"), ".auth0.com/"]), None),
        (Hole("Issuer"), None),
        (Reference(Exported("auth-issuer")), None),
        (ref("Users", "ProviderURL"), Local("Users")),
        (text_of(["https://cognito-idp.", REGION, ".amazonaws.com/", ref("Users", "")]), Local("Users")),
        (
            text_of(["https://cognito-idp.", REGION, ".amazonaws.com/", Reference(Exported("pool"))]),
            Exported("pool", "cognito_user_pool"),
        ),
        (
            text_of(["https://cognito-idp.", Hole("Region"), ".amazonaws.com/", Hole("Pool")]),
            Named("cognito_user_pool", "Pool"),
        ),
        (
            text_of(["https://cognito-idp.", REGION, ".amazonaws.com/eu-west-1_Ab12"]),
            Named("cognito_user_pool", "eu-west-1_Ab12"),
        ),
        (text_of(["https://", ref("Gate", "Domain"), "/"]), None),
    ],
)
def test_which_issuer_is_a_user_pool(issuer, pool) -> None:
    stack = make_stack(Users="cognito_user_pool", Gate="lambda")
    found = issuing_pool(issuer, stack)
    assert (found.end if found is not None else None) == pool
