"""Several services: compositions, outputs of other stacks, folders, and configurations that cannot be read."""

from __future__ import annotations

import pytest

from archlint.importers import read
from archlint.model import InputError

COMPOSE = """
services:
  orders: {path: orders}
  mail:
    path: mail
    dependsOn: [orders]
    params: {topic: '${orders.TopicArn}'}
"""
ORDERS = """
service: order-service
provider: {name: aws}
functions:
  take: {handler: x, events: [httpApi: 'POST /orders']}
resources:
  Resources:
    Ordered: {Type: AWS::SNS::Topic}
  Outputs:
    TopicArn: {Value: !Ref Ordered, Export: {Name: ordered-topic}}
"""
MAIL = """
service: mail-service
provider: {name: aws}
functions:
  send: {handler: x, events: [sns: {arn: '${param:topic}'}]}
"""


def write(folder, **files):
    (folder / ".git").mkdir(exist_ok=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def edges(reading):
    return {f"{edge.source.id} {edge.action} {edge.target.id}" for edge in reading.architecture.connections}


FILES = {"serverless-compose.yml": COMPOSE, "orders/serverless.yml": ORDERS, "mail/serverless.yaml": MAIL}


@pytest.mark.parametrize("path", ["serverless-compose.yml", "."])
def test_a_composition(tmp_path, path):
    reading = read([write(tmp_path, **FILES) / path])
    assert edges(reading) == {
        "order-service.HttpApi invoke order-service.take",
        "order-service.Ordered deliver mail-service.send",
    }
    assert reading.architecture.services["mail-service"].properties["imports"] == ("order-service",)


@pytest.mark.parametrize(
    "topic", ["${cf:order-service-dev.TopicArn}", "!ImportValue ordered-topic", "{'Fn::ImportValue': ordered-topic}"]
)
def test_an_output_of_another_service(tmp_path, topic):
    mail = MAIL.replace("'${param:topic}'", topic if topic[0] != "$" else f"'{topic}'")
    reading = read([write(tmp_path, **{"orders/serverless.yml": ORDERS, "mail/serverless.yml": mail})])
    assert "order-service.Ordered deliver mail-service.send" in edges(reading)


def test_an_output_of_a_stack_that_is_not_there(tmp_path):
    mail = MAIL.replace("${param:topic}", "${cf:order-service-dev.TopicArn}")
    reading = read([write(tmp_path, **{"serverless.yml": mail})])
    [topic] = reading.architecture.by_type["sns"]
    assert topic.properties == {"external": True}


def test_an_output_of_the_stack_itself(tmp_path):
    text = ORDERS + "custom: {topic: '${cf:order-service-dev.TopicArn}'}\n"
    text = text.replace("httpApi: 'POST /orders'", "sns: {arn: '${self:custom.topic}'}")
    assert edges(read([write(tmp_path, **{"serverless.yml": text})])) == {"Ordered deliver take"}


def test_a_template_that_a_service_takes_in_is_read_once(tmp_path):
    text = "service: s\nprovider: {name: aws}\nresources: ${file(cloud/template.yml)}\n"
    template = "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Orders: {Type: AWS::DynamoDB::Table}\n"
    reading = read([write(tmp_path, **{"cloud/template.yml": template, "serverless.yml": text})])
    assert [component.id for component in reading.architecture.components] == ["Orders"]


def test_a_service_that_another_one_looks_into_stays_its_own(tmp_path):
    one = ORDERS + "custom: {size: 3}\n"
    two = "service: two\nprovider: {name: aws}\nfunctions: {f: {handler: x, timeout: '${file(../a/serverless.yml):custom.size}'}}\n"
    reading = read([write(tmp_path, **{"a/serverless.yml": one, "b/serverless.yml": two})])
    assert set(reading.architecture.services) == {"order-service", "two"}
    assert reading.architecture.by_id["two.f"].properties["timeout"] == 3


@pytest.mark.parametrize("path", ["../elsewhere", "nothing", "/etc"])
def test_a_service_that_is_not_there(tmp_path, path):
    with pytest.raises(InputError, match="there is no service in"):
        read([write(tmp_path, **{"serverless-compose.yml": f"services: {{a: {{path: '{path}'}}}}\n"})])


def test_a_broken_service_of_a_composition(tmp_path):
    with pytest.raises(InputError, match=r"a/serverless\.yml:2"):
        read(
            [write(tmp_path, **{"serverless-compose.yml": "services: {a: {path: a}}\n", "a/serverless.yml": "x: [\n"})]
        )


@pytest.mark.parametrize("name", ["serverless.ts", "serverless.js"])
def test_a_program(tmp_path, name):
    folder = write(tmp_path, **{name: "module.exports = {}\n"})
    for path in (folder / name, folder):
        with pytest.raises(InputError, match=r"is a program, and archlint runs none.*serverless print"):
            read([path])


def test_json(tmp_path):
    text = '{"service": "s", "provider": {"name": "aws"}, "functions": {"f": {"events": [{"sns": "t"}]}}}'
    assert edges(read([write(tmp_path, **{"serverless.json": text})])) == {"SNSTopicT deliver f"}


def test_standard_input():
    text = "service: s\nprovider: {name: aws}\nfunctions: {f: {handler: x, events: [sns: t]}}\n"
    assert edges(read(["-"], stdin=text)) == {"SNSTopicT deliver f"}


@pytest.mark.parametrize(
    "text",
    [
        "service: s\nfunctions: 5\n",
        "service: s\nfunctions: [1, {a: 2}]\n",
        "service: [1]\nfunctions: {f: {events: 7}}\n",
        "service: ${self:service}\nprovider: ${file(x.yml)}\nfunctions: ${file(../y.yml)}\n",
        "service: s\nprovider: {iam: {role: {statements: 4}}, environment: [1], httpApi: [], vpc: 1}\nfunctions: {f: {timeout: [1], events: [sqs: {arn: [1]}, sns: {a: 1}, s3: {}, http: 5, schedule: {}, stream: [], url: [], alb: 1, iot: 2, cloudFront: {origin: [1]}, cognitoUserPool: [], eventBridge: 4, cloudwatchLog: {}, kafka: {bootstrapServers: 1}, msk: 1, websocket: {}, httpApi: {authorizer: {name: [1]}}]}}\nresources: [1, {Resources: [2]}, {Outputs: {A: 1}}]\nconstructs: {a: 1, b: {type: queue, worker: 5}}\nstepFunctions: {stateMachines: [1, {m: 2}, {n: {definition: 5, events: [1]}}]}\ncustom: {apiGatewayServiceProxies: [1, {sqs: 2}]}\n",
    ],
)
def test_odd_values_are_left_aside(tmp_path, text):
    read([write(tmp_path, **{"serverless.yml": text})])
