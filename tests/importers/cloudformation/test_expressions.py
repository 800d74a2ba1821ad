"""What intrinsic functions and conditions come to."""

from __future__ import annotations

import json

import pytest
import yaml
from importers.cloudformation.templates import FUNCTION, component, template

from archlint.model import UNKNOWN

EXPRESSIONS = template("""
Parameters:
  Seconds: {Type: Number, Default: 45}
  Given: {Type: String}
  Stage: {Type: String, Default: dev}
  Names: {Type: CommaDelimitedList, Default: "a, b"}
Mappings:
  Sizes: {dev: {memory: 256}, prod: {memory: 1024}}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsGiven: !Equals [!Ref Given, "yes"]
  Both: !And [!Condition IsProd, !Not [!Condition IsGiven]]
Resources:
  Fn:
    Type: AWS::Lambda::Function
    Properties:
      Timeout: VALUE
""")


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("!Ref Seconds", 45),
        ("!Ref Given", UNKNOWN),
        ("!If [IsProd, 10, 20]", 20),
        ("!If [IsGiven, 10, 20]", UNKNOWN),
        ("!If [IsGiven, 10, 10]", 10),
        ("!If [Both, 10, 20]", 20),
        ("!If [IsProd, 10, !Ref AWS::NoValue]", None),
        ("!FindInMap [Sizes, !Ref Stage, memory]", 256),
        ("!FindInMap [Sizes, !Ref Given, memory]", UNKNOWN),
        ("!Select [1, ['1', '2']]", 2),
        ("!Select [1, !Split ['-', '1-2']]", 2),
        ("!Join ['', ['1', '5']]", 15),
        ("!Sub '3${Seconds}'", 345),
        ("'{{resolve:ssm:/timeout}}'", UNKNOWN),
        ("!ImportValue other", UNKNOWN),
        ("!Foreign value", None),
    ],
)
def test_expressions(project, expression, value) -> None:
    text = EXPRESSIONS.replace("VALUE", expression)
    if expression.startswith("!Foreign"):
        text = EXPRESSIONS.replace("VALUE", "{'Fn::Foreign': value}")
        reading = project.reading(text)
        assert [note.message for note in reading.notes] == [
            "the function `Fn::Foreign` is not known, its value is left open"
        ]
        assert component(reading, "Fn")["timeout"] is UNKNOWN
        return
    assert component(project.reading(text), "Fn").get("timeout") == value


def test_a_false_condition_leaves_a_resource_out_and_an_undecided_one_makes_it_likely(project) -> None:
    found = project.edges(
        template(f"""
Parameters: {{Given: {{Type: String}}, Stage: {{Type: String, Default: dev}}}}
Conditions: {{No: !Equals [!Ref Stage, prod], Perhaps: !Equals [!Ref Given, a]}}
Resources:
  Fn: {FUNCTION}
  A: {{Type: AWS::SQS::Queue}}
  Off: {{Type: AWS::Lambda::EventSourceMapping, Condition: No, Properties: {{EventSourceArn: !GetAtt A.Arn, FunctionName: !Ref Fn}}}}
  On: {{Type: AWS::Lambda::EventSourceMapping, Condition: Perhaps, Properties: {{EventSourceArn: !GetAtt A.Arn, FunctionName: !Ref Fn}}}}
""")
    )
    assert found == ["A -> Fn: poll (likely)"]


def test_an_undecided_branch_leaves_both_targets(project) -> None:
    found = project.edges(
        template(f"""
Parameters: {{Given: {{Type: String}}}}
Conditions: {{Perhaps: !Equals [!Ref Given, a]}}
Resources:
  Fn: {FUNCTION}
  A: {{Type: AWS::SQS::Queue}}
  B: {{Type: AWS::SQS::Queue}}
  Q:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy: {{deadLetterTargetArn: !If [Perhaps, !GetAtt A.Arn, !GetAtt B.Arn], maxReceiveCount: 5}}
""")
    )
    assert found == ["Q !> A: redrive (likely)", "Q !> B: redrive (likely)"]


def test_what_is_there_only_under_a_condition_is_likely(project) -> None:
    found = project.edges(
        template(f"""
Parameters: {{Given: {{Type: String}}}}
Conditions: {{Perhaps: !Equals [!Ref Given, a]}}
Resources:
  Fn: {FUNCTION}
  Other: {FUNCTION}
  A: {{Type: AWS::SQS::Queue}}
  Q:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy: !If [Perhaps, {{deadLetterTargetArn: !GetAtt A.Arn, maxReceiveCount: 5}}, !Ref "AWS::NoValue"]
  News:
    Type: AWS::SNS::Topic
    Properties:
      Subscription: [!If [Perhaps, {{Protocol: sqs, Endpoint: !GetAtt Q.Arn}}, !Ref "AWS::NoValue"]]
  Door: {{Type: AWS::ElasticLoadBalancingV2::LoadBalancer}}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Door
      DefaultActions: [{{Type: forward, TargetGroupArn: !If [Perhaps, !Ref One, !Ref Two]}}]
  One: {{Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {{TargetType: lambda, Targets: [{{Id: !GetAtt Fn.Arn}}]}}}}
  Two: {{Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {{TargetType: lambda, Targets: [{{Id: !GetAtt Other.Arn}}]}}}}
""")
    )
    assert found == [
        "Door => Fn: invoke (likely)",
        "Door => Other: invoke (likely)",
        "News -> Q: deliver (likely)",
        "Q !> A: redrive (likely)",
    ]


def test_loops_are_expanded(project) -> None:
    reading = project.reading(
        template("""
Transform: AWS::LanguageExtensions
Resources:
  'Fn::ForEach::Queues':
    - Name
    - [Red, Blue]
    - '${Name}Queue':
        Type: AWS::SQS::Queue
        Properties:
          RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 5}
  Dead: {Type: AWS::SQS::Queue}
""")
    )
    assert [c.id for c in reading.architecture.components] == ["RedQueue", "BlueQueue", "Dead"]
    assert {edge.source.id for edge in reading.architecture.connections} == {"RedQueue", "BlueQueue"}
    assert reading.span(reading.architecture.by_id["RedQueue"].site).line == 8


def test_an_expansion_without_end_is_left_aside(project) -> None:
    names = ", ".join(f"n{number}" for number in range(200))
    body = "{Type: AWS::SQS::Queue, Properties: {QueueName: '${A}${B}${C}'}}"
    reading = project.reading(
        template(f"""
Resources:
  'Fn::ForEach::One': [A, [{names}], {{'Fn::ForEach::Two': [B, [{names}], {{'Fn::ForEach::Three': [C, [{names}], {{'Q${{A}}${{B}}${{C}}': {body}}}]}}]}}]
""")
    )
    assert "expand to too much" in reading.notes[0].message


def test_json_reads_as_yaml_does(project) -> None:
    text = template(f"""
Resources:
  Fn: {FUNCTION}
  Q: {{Type: AWS::SQS::Queue, Properties: {{VisibilityTimeout: 60}}}}
  M: {{Type: AWS::Lambda::EventSourceMapping, Properties: {{EventSourceArn: {{"Fn::GetAtt": [Q, Arn]}}, FunctionName: {{Ref: Fn}}}}}}
""")
    first = project.reading(text).architecture
    project.write("template.json", json.dumps(yaml.safe_load(text)))
    second = project.read("template.json").architecture
    assert [(c.id, c.type, c.properties) for c in first.components] == [
        (c.id, c.type, c.properties) for c in second.components
    ]
    assert len(first.connections) == len(second.connections) == 1


def test_the_default_of_a_parameter_that_is_not_to_be_shown_is_not_known(project) -> None:
    reading = project.reading(
        template("""
Parameters: {Key: {Type: String, NoEcho: true, Default: hush}, Count: {Type: Number, NoEcho: "true", Default: 42}}
Resources:
  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub "${Key}-inbox", VisibilityTimeout: !Ref Count}}
  S: {Type: AWS::SNS::Subscription, Properties: {Protocol: https, Endpoint: !Sub "https://${Key}.example.com", TopicArn: !Ref T}}
  T: {Type: AWS::SNS::Topic}
""")
    )
    assert component(reading, "Q")["visibility_timeout"] is UNKNOWN
    assert "hush" not in str(reading.architecture.components)


@pytest.mark.parametrize(
    ("arn", "likely"),
    [
        ("!Sub 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${Stage}-inbox'", True),
        ("!Join [':', ['arn:aws:sqs', !Ref AWS::Region, !Ref AWS::AccountId, !Ref Stage]]", True),
        ("!Sub ['arn:aws:sqs:eu-west-1:1:${Name}', {Name: !Select [0, !Split ['-', !Ref Names]]}]", True),
        ("!ImportValue {'Fn::Sub': '${Stage}-Queue'}", True),
        ("!Ref Stored", True),
        ("!If [IsMany, !GetAtt Q.Arn, !GetAtt R.Arn]", True),
        ("!Sub 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:inbox'", False),
        ("!ImportValue {'Fn::Sub': '${AWS::Region}-Queue'}", False),
        ("!Sub '${Q.Arn}'", False),
    ],
)
def test_what_rests_on_a_default_is_likely(project, arn, likely) -> None:
    found = project.edges(
        template(f"""
Parameters:
  Stage: {{Type: String, Default: dev}}
  Names: {{Type: String, Default: inbox-outbox}}
  Much: {{Type: Number, Default: 5}}
  Stored: {{Type: 'AWS::SSM::Parameter::Value<String>', Default: /queue/arn}}
Conditions: {{IsMany: !Equals [!Ref Much, 5]}}
Resources:
  Fn: {FUNCTION}
  Q: {{Type: AWS::SQS::Queue}}
  R: {{Type: AWS::SQS::Queue}}
  M: {{Type: AWS::Lambda::EventSourceMapping, Properties: {{EventSourceArn: {arn}, FunctionName: !Ref Fn}}}}
""")
    )
    assert [edge.endswith("(likely)") for edge in found] == [likely], found
