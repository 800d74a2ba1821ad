"""Logical ids that are declared nowhere: a note and a guess where one is near, and silence about what SAM makes."""

from __future__ import annotations

import pytest
from importers.cloudformation.templates import FUNCTION, template
from in_short import edges

from archlint.lint import LintSettings, check

QUEUES = template("""
Parameters: {TableName: {Type: String, Default: orders}}
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy:
        maxReceiveCount: 5
        deadLetterTargetArn: EXPRESSION
  OrdersDlq: {Type: AWS::SQS::Queue}
  Work: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt WorkRole.Arn}}
  Jobs: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref Work}}
""")


def told(reading) -> list[tuple[int, str]]:
    return [(note.span.line, note.message) for note in reading.notes]


@pytest.mark.parametrize(
    "expression",
    [
        "!GetAtt OrderDlq.Arn",
        "!GetAtt [OrderDlq, Arn]",
        "{'Fn::GetAtt': [OrderDlq, Arn]}",
        "{'Fn::GetAtt': OrderDlq.Arn}",
        "!Ref OrderDlq",
        "!Sub '${OrderDlq.Arn}'",
        "!Sub ['${OrderDlq.Arn}', {}]",
        "!Join ['', [!GetAtt OrderDlq.Arn]]",
    ],
)
def test_an_id_near_a_declared_one(project, rulebook, expression) -> None:
    reading = project.reading(QUEUES.replace("EXPRESSION", expression))
    assert told(reading) == [
        (10, "`OrderDlq` is neither a resource nor a parameter of this template (did you mean `OrdersDlq`?)")
    ]
    assert sorted(found.id for found in reading.architecture.components) == ["Orders", "OrdersDlq", "Work"]
    assert edges(reading.architecture) == ["Orders !> OrdersDlq: redrive (guess)", "Orders -> Work: poll"]
    asked = LintSettings(select=frozenset({"queue-without-dlq", "orphan-component"}))
    assert not check(reading.architecture, rulebook, asked).findings


def test_an_id_that_is_hardly_near_leads_nowhere(project) -> None:
    reading = project.reading(
        template("""
Resources:
  MyStateMachine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      Definition: {StartAt: A, States: {A: {Type: Task, Resource: !GetAtt StateMachineFunction.Arn, End: true}}}
  Orders: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Order.Arn, maxReceiveCount: 5}}}
""")
    )
    assert sorted(found.id for found in reading.architecture.components) == ["MyStateMachine", "Orders"]
    assert edges(reading.architecture) == []
    assert [message.split("`")[1::2] for _, message in told(reading)] == [
        ["StateMachineFunction", "MyStateMachine"],
        ["Order", "Orders"],
    ]


def test_a_permission_on_a_mistyped_id_is_a_guess(project) -> None:
    reading = project.reading(
        template("""
Transform: AWS::Serverless-2016-10-31
Resources:
  Customers: {Type: AWS::DynamoDB::Table}
  Bill:
    Type: AWS::Serverless::Function
    Properties:
      Policies: [{DynamoDBReadPolicy: {TableName: !Ref Costumers}}]
""")
    )
    assert edges(reading.architecture) == ["Bill => Customers: read (guess)"]
    assert [line for line, _ in told(reading)] == [9]


def test_a_mistyped_role_is_the_one_that_is_meant(project) -> None:
    reading = project.reading(
        template("""
Resources:
  Customers: {Type: AWS::DynamoDB::Table}
  Bill: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt BilRole.Arn}}
  BillRole:
    Type: AWS::IAM::Role
    Properties:
      Policies: [{PolicyDocument: {Statement: [{Effect: Allow, Action: 'dynamodb:GetItem', Resource: !GetAtt Customers.Arn}]}}]
""")
    )
    assert edges(reading.architecture) == ["Bill => Customers: read (likely)"]
    assert [line for line, _ in told(reading)] == [5]


def test_a_mistyped_parameter_has_its_value(project) -> None:
    reading = project.reading(
        template(f"""
Parameters: {{BusName: {{Type: String, Default: shop}}}}
Resources:
  Fn: {FUNCTION}
  Rule: {{Type: AWS::Events::Rule, Properties: {{EventBusName: !Ref BussName, EventPattern: {{}}, Targets: [{{Arn: !GetAtt Fn.Arn}}]}}}}
Outputs: {{Name: {{Value: !Ref BusNam}}}}
""")
    )
    assert [found.id for found in reading.architecture.components] == ["Fn", "shop"]
    assert [message.split("`")[1::2] for _, message in told(reading)] == [
        ["BussName", "BusName"],
        ["BusNam", "BusName"],
    ]


@pytest.mark.parametrize(
    "resources",
    [
        "Out: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref WorkRole}}",
        "Out: {Type: AWS::SNS::Topic, Properties: {TopicName: !Sub '${WorkAliaslive}-${Work.Version}'}}",
        "Out: {Type: AWS::SNS::Topic, Properties: {TopicName: !Sub '${AWS::StackNam}-${!WorkName}'}}",
        "ServerlessApi: {Type: AWS::Serverless::Api}\n  Out: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref ServerlessRestApi}}",
        "Out: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref Elsewhere}}",
        "'Fn::Transform': {Name: Own}\n  Out: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref Wrok}}",
        "'Fn::ForEach::All': [N, !Ref Names, {'Q${N}': {Type: AWS::SQS::Queue}}]\n  Out: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref Wrok}}",
        "M: {Type: A::B::C::MODULE}\n  Out: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref MInner, DisplayName: !GetAtt M.Inner.Arn}}",
    ],
)  # fmt: skip
def test_what_something_else_makes_is_not_mistyped(project, resources) -> None:
    reading = project.reading(
        template(f"""
Parameters: {{Names: {{Type: CommaDelimitedList}}}}
Resources:
  Work: {FUNCTION}
  {resources}
""")
    )
    assert not [message for _, message in told(reading) if "neither a resource" in message]


def test_a_macro_may_make_what_is_not_declared(project) -> None:
    reading = project.reading("Transform: Own\n" + QUEUES.replace("EXPRESSION", "!GetAtt OrderDlq.Arn"))
    assert told(reading) == [(1, "the transform `Own` is left aside: what it makes is not known")]
