"""Several stacks: exports and imports, nested ones, services."""

from __future__ import annotations

import pytest
from importers.cloudformation.templates import FUNCTION, template
from in_short import edges


def test_stacks_that_import_each_others_exports(project) -> None:
    project.write("network.yaml", template("""
Resources: {Inbox: {Type: AWS::SQS::Queue}}
Outputs: {Q: {Value: !GetAtt Inbox.Arn, Export: {Name: shop-inbox}}}
"""))  # fmt: skip
    project.write("workers.yaml", template(f"""
Resources:
  Fn: {FUNCTION}
  M: {{Type: AWS::Lambda::EventSourceMapping, Properties: {{EventSourceArn: !ImportValue shop-inbox, FunctionName: !Ref Fn}}}}
"""))  # fmt: skip
    architecture = project.read("network.yaml", "workers.yaml").architecture
    assert [str(edge) for edge in architecture.connections] == ["<network.Inbox -> workers.Fn: poll>"]
    assert architecture.services["workers"].properties == {"imports": ("network",)}
    alone = project.read("workers.yaml").architecture
    assert alone.by_id["shop-inbox"].properties == {"external": True}


STORED = template("""
Parameters: {Stage: {Type: String, Default: dev}, Team: {Type: String}}
Resources:
  Customers: {Type: AWS::DynamoDB::Table}
  Name: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !Ref Customers, Name: WRITTEN}}
""")
USING = template("""
Transform: AWS::Serverless-2016-10-31
Parameters: {Stage: {Type: String, Default: dev}, Team: {Type: String}}
Resources:
  Bill:
    Type: AWS::Serverless::Function
    Properties:
      Environment: {Variables: {CUSTOMERS: EXPRESSION}}
      Policies: [{DynamoDBReadPolicy: {TableName: EXPRESSION}}]
""")


@pytest.mark.parametrize(
    ("written", "expression"),
    [
        ("/acme/dev/customers", "'{{resolve:ssm:/acme/dev/customers}}'"),
        ("/acme/dev/customers", "'{{resolve:ssm:/acme/dev/customers:3}}'"),
        ("!Sub '/acme/${Stage}/customers'", "'{{resolve:ssm:/acme/dev/customers}}'"),
        ("/acme/dev/customers", "!Sub '{{resolve:ssm:/acme/${Stage}/customers}}'"),
        ("/acme/dev/customers", "!Sub ['{{resolve:ssm:/acme/${S}/customers:1}}', {S: !Ref Stage}]"),
        ("!Sub '/acme/${Stage}/customers'", "!Join ['', ['{{resolve:ssm:/acme/', !Ref Stage, '/customers}}']]"),
        ("!Sub '/${Team}/customers'", "!Sub '{{resolve:ssm:/${Team}/customers}}'"),
    ],
)
def test_a_parameter_of_another_stack_by_a_dynamic_reference(project, written, expression) -> None:
    project.write("data.yaml", STORED.replace("WRITTEN", written))
    project.write("billing.yaml", USING.replace("EXPRESSION", expression))
    architecture = project.read("data.yaml", "billing.yaml").architecture
    assert edges(architecture) == ["billing.Bill => data.Customers: read (likely)"]
    alone = project.read("billing.yaml").architecture
    (external,) = (found for found in alone.components if found.type == "dynamodb")
    assert external.properties == {"external": True}


def test_a_dynamic_reference_of_which_nothing_is_known_names_nothing(project) -> None:
    project.write("billing.yaml", USING.replace("EXPRESSION", "!Sub ['{{resolve:ssm:${N}}}', {N: !GetAZs eu}]"))
    assert edges(project.read("billing.yaml").architecture) == []


def test_parameters_named_after_their_stacks_are_each_their_own(project) -> None:
    resources = (
        STORED.replace("WRITTEN", "!Sub '/${AWS::StackName}/customers'").partition("Resources:\n")[2],
        USING.replace("EXPRESSION", "!Sub '{{resolve:ssm:/${AWS::StackName}/customers}}'").partition("Resources:\n")[2],
    )
    for name in ("first", "second"):
        project.write(f"{name}.yaml", template("Resources:\n" + "".join(resources)))
    assert edges(project.read("first.yaml", "second.yaml").architecture) == [
        "first.Bill => first.Customers: read (likely)",
        "second.Bill => second.Customers: read (likely)",
    ]


def test_a_nested_stack_is_a_service_of_its_own(project) -> None:
    project.write("queues/dlq.yaml", template("""
Parameters: {Topic: {Type: String}}
Resources:
  Dead: {Type: AWS::SQS::Queue}
  Sub: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt Dead.Arn}}
Outputs: {Arn: {Value: !GetAtt Dead.Arn}}
"""))  # fmt: skip
    project.write("template.yaml", template("""
Resources:
  News: {Type: AWS::SNS::Topic}
  Failures: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: queues/dlq.yaml, Parameters: {Topic: !Ref News}}}
  Q: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Failures.Outputs.Arn, maxReceiveCount: 5}}}
"""))  # fmt: skip
    reading = project.read()
    name = project.root.name
    assert sorted(str(edge) for edge in reading.architecture.connections) == [
        f"<{name}.News -> Failures.Dead: deliver>",
        f"<{name}.Q !> Failures.Dead: redrive>",
    ]
    folder = project.read(".")
    assert len(folder.architecture.components) == len(reading.architecture.components), "it is no input of its own"


def test_a_nested_stack_knows_the_outermost_one(project) -> None:
    queue = "Resources: {Inbox: {Type: AWS::SQS::Queue}%s}"
    nested = ", %s: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: %s.yaml}}"
    project.write("deep/inner.yaml", queue % "")
    project.write("deep/middle.yaml", queue % nested % ("Inner", "inner"))
    project.write("outer.yaml", queue % nested % ("Middle", "deep/middle"))
    services = project.read("outer.yaml").architecture.services
    assert {name: service.properties.get("nested_in") for name, service in services.items()} == {
        "outer": None,
        "Middle": "outer",
        "Inner": "outer",
    }


def test_a_template_that_several_nest_is_there_for_each(project) -> None:
    project.write("shared/dlq.yaml", "Resources: {Dead: {Type: AWS::SQS::Queue}}")
    for name in ("first", "second"):
        project.write(
            f"{name}.yaml",
            "Resources: {Failures: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: shared/dlq.yaml}}}",
        )
    found = project.read(".").architecture.components
    assert [c.id for c in found] == ["Failures.Dead", "Failures-2.Dead"]


def test_a_tag_names_the_service(project) -> None:
    reading = project.reading(
        template("""
Resources:
  A: {Type: AWS::SQS::Queue, Properties: {Tags: [{Key: archlint:service, Value: orders}]}}
  B: {Type: AWS::SQS::Queue}
""")
    )
    assert [c.service for c in reading.architecture.components] == ["orders", project.root.name]
    stacks = {service.properties["stack"] for service in reading.architecture.services.values()}
    assert stacks == {project.root.name}, "they are deployed together"
