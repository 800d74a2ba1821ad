"""Several stacks: exports and imports, nested ones, services."""

from __future__ import annotations

from importers.cloudformation.templates import FUNCTION, template


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
