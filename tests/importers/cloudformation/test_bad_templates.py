"""Templates that are broken, hostile or incomplete: a clear word about it, and the rest still read."""

from __future__ import annotations

import json

import pytest

from archlint.importers import read
from archlint.model import UNKNOWN, InputError, Problem

QUEUE = "Q: {Type: AWS::SQS::Queue}"


def messages(project, text: str) -> list[str]:
    return [note.message for note in project.reading(text).notes]


@pytest.mark.parametrize(
    ("resource", "message"),
    [
        ("{Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: missing.yaml}}", "`missing.yaml` is no file of the project"),
        ("{Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ../outside.yaml}}", "`../outside.yaml` leads out of the project"),
        ("{Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: /etc/passwd}}", "`/etc/passwd` leads out of the project"),
        ("{Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: 'https://s3.amazonaws.com/b/t.yaml'}}", "is not in the project"),
        ("{Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: template.yaml}}", "nests itself"),
        ("{Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: broken.yaml}}", "cannot be read"),
        ("{Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: !Ref Url}}", "is not known"),
        ("{Type: AWS::Serverless::Application, Properties: {Location: {ApplicationId: a, SemanticVersion: 1.0.0}}}", "Serverless Application Repository"),
        ("{Type: AWS::Serverless::StateMachine, Properties: {DefinitionUri: s3://bucket/flow.json}}", "is not in the project"),
        ("{Type: AWS::StepFunctions::StateMachine, Properties: {DefinitionString: '{\"StartAt\": '}}", "no JSON that can be read"),
        ("{Type: AWS::SQS::Queue, Properties: {'Fn::Transform': {Name: Own}}}", "a transform of one's own"),
        ("just text", "`X` is no resource"),
        ("{Type: AWS::SQS::Queue}\n  {{ cookiecutter.name }}: {Type: AWS::SQS::Queue}", "`{{…}}` is no resource"),
        ("{Properties: {}}", "`X` is no resource"),
    ],
)  # fmt: skip
def test_what_is_left_aside_is_noted_and_the_rest_read(project, resource, message) -> None:
    project.write("broken.yaml", "a: [")
    (project.root.parent / "outside.yaml").write_text("Resources: {}")
    reading = project.reading(f"Resources:\n  {QUEUE}\n  X: {resource}\n")
    assert message in reading.notes[0].message
    assert reading.notes[0].span.line in (2, 3)
    assert "Q" in reading.architecture.by_id


@pytest.mark.parametrize(
    ("transform", "noted"),
    [
        ("Own", [(1, 12, "Own")]),
        ("[AWS::Serverless-2016-10-31, Own]", [(1, 41, "Own")]),
        ("[{Name: Own, Parameters: {A: 1}}, Other]", [(1, 13, "Own"), (1, 46, "Other")]),
        ("{Name: AWS::Include, Parameters: {Location: s3://a/b.yaml}}", [(1, 12, "AWS::Include")]),
        ("[AWS::LanguageExtensions, AWS::Serverless-2016-10-31, AWS::CodeDeployBlueGreen]", []),
        ("AWS::SecretsManager-2020-07-23", []),
        ("[1, {A: b}]", []),
    ],
)
def test_transforms_that_are_left_aside(project, transform, noted) -> None:
    reading = project.reading(f"Transform: {transform}\nResources: {{{QUEUE}}}\n")
    told = [(note.span.line, note.span.column, note.message) for note in reading.notes]
    assert told == [
        (line, column, f"the transform `{name}` is left aside: what it makes is not known")
        for line, column, name in noted
    ]


def test_transforms_beside_other_keys(project) -> None:
    project.write("more.yaml", "VisibilityTimeout: 60\nDelaySeconds: 5\n")
    include = "{Name: AWS::Include, Parameters: {Location: more.yaml}}"
    queue = f"{{Type: AWS::SQS::Queue, Properties: {{DelaySeconds: 9, 'Fn::Transform': {include}}}}}"
    reading = project.reading(f"Resources:\n  Q: {queue}\n")
    assert reading.architecture.by_id["Q"].properties == {"visibility_timeout": 60, "delay": 9}
    text = f"Resources:\n  {QUEUE}\n  'Fn::Transform': {include}\n"
    assert messages(project, text) == ["`Fn::Transform` is left aside here: what it makes is not known"]
    text = f"Resources:\n  Q: {queue.replace(include, '{Name: Own}')}\n"
    assert messages(project, text) == ["a transform of one's own is left aside: what it makes is not known"]


def test_stacks_that_nest_each_other(project) -> None:
    project.write("a.yaml", "Resources: {B: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: b.yaml}}}")
    project.write("b.yaml", "Resources: {A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: a.yaml}}}")
    assert "nests itself" in project.read("a.yaml").notes[0].message


def test_a_tower_of_nested_stacks_is_bounded(project) -> None:
    for level in range(15):
        twice = f"{{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: t{level + 1}.yaml}}}}"
        project.write(f"t{level}.yaml", f"Resources: {{A: {twice}, B: {twice}}}")
    project.write("t15.yaml", f"Resources: {{{QUEUE}}}")
    reading = project.read("t0.yaml")
    assert any("more than 1,000 nested stacks" in note.message for note in reading.notes)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Resources:\n  Q: {{ name }} b\n", "template.yaml:2:17: this is no YAML but a template of it"),
        ("{% if a %}\nResources: {}\n{% endif %}\n", "template.yaml:1:"),
        ("Resources:\n  Q: {Type: AWS::SQS::Queue\n", "template.yaml:"),
        ("Resources:\n\tQ: 1\n", "a tab is used for indentation"),
        ("Resources: !!python/object:os.system {a: b}\n", "the tag `tag:yaml.org,2002:python/object:os.system`"),
        ("Resources: !<!a/b> {a: b}\n", "the tag `!a/b` is not allowed"),
        ("%TAG ! tag:a,b:\n---\nResources: !Ref {a: b}\n", "the tag `tag:a,b:Ref` is not allowed"),
        ("Resources: &r !!binary {a: b}\n", "the tag `tag:yaml.org,2002:binary` is not allowed"),
    ],
)
def test_what_is_no_yaml_says_where(project, text, message) -> None:
    with pytest.raises(InputError) as caught:
        project.reading(text)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        "Resources:",
        "Resources: {X: null}",
        "Resources: {X: {Type: 1}}",
        "Resources: {X: {Type: AWS::SQS::Queue, Properties: text}}",
        "Resources: {X: {Type: AWS::SQS::Queue, Properties: [1]}}",
        "Resources: {X: {Type: AWS::Lambda::Function, Properties: {Timeout: {a: b}, VpcConfig: 1, Environment: []}}}",
        "Parameters: []\nConditions: 1\nMappings: x\nOutputs: [1]\nGlobals: 2\nResources: {}",
        "Conditions: {A: {Condition: B}, B: {Condition: A}}\nResources: {X: {Type: AWS::SQS::Queue, Condition: A}}",
        "Resources: {X: {Type: AWS::SQS::Queue, Condition: [1], Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt X.Arn}}}}",
        "Resources: {X: {Type: AWS::Events::Rule, Properties: {Targets: {Arn: 1}}}}",
        "Resources: {X: {Type: AWS::SNS::Subscription, Properties: {TopicArn: {'Fn::Join': 1}, Endpoint: !Sub [1, 2]}}}",
        "Resources: {X: {Type: AWS::SQS::Queue, Properties: {QueueName: !Select [a, !Split ['', 1]], VisibilityTimeout: !FindInMap [1]}}}",
        "Resources: {'Fn::ForEach::A': [1, 2], 'Fn::ForEach::B': {}, 'Fn::ForEach::C': [X, !Ref Y, {'${X}': 1}]}",
        "Resources: {X: {Type: AWS::Serverless::Function, Properties: {Events: [1], Policies: {A: 1}, Role: [1]}}}",
        "Resources: {X: {Type: AWS::Serverless::Function, Properties: {Events: {A: 1, B: {Type: Api}, C: {Type: SQS}, D: {Type: [1]}}}}}",
        "Resources: {X: {Type: AWS::Serverless::Api, Properties: {DefinitionBody: 1, Auth: 2, MethodSettings: 3}}}",
        "Resources: {X: {Type: AWS::Serverless::Api, Properties: {DefinitionBody: {paths: {/a: {get: 1, post: {security: 1, x-amazon-apigateway-integration: []}}}}}}}",
        "Resources: {X: {Type: AWS::StepFunctions::StateMachine, Properties: {Definition: {StartAt: 1, States: {A: 1, B: {Type: Task, Resource: [1], Parameters: 2}, C: {Type: Map, Iterator: 1, Branches: 2}}}}}}",
        "Resources: {X: {Type: AWS::IAM::Role, Properties: {Policies: {PolicyDocument: {Statement: [1, {Action: 1}]}}, ManagedPolicyArns: 1}}}",
        "Resources: {X: {Type: AWS::CloudFormation::Stack, Properties: {Parameters: 1}}}",
        "Resources: {X: {Type: AWS::Serverless::Connector, Properties: {Source: 1, Destination: [2]}}}",
        "Resources: {X: {Type: AWS::SQS::Queue, Metadata: {archlint: {connections: [1, self -> , a]}}}}",
        "Resources: {X: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Y, ResourceId: !Ref X, Integration: 1}}}",
        "Resources: {X: {Type: AWS::ApiGateway::Resource, Properties: {ParentId: !Ref X}}, M: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref A, ResourceId: !Ref X, HttpMethod: GET}}, A: {Type: AWS::ApiGateway::RestApi}}",
    ],
)
def test_templates_of_odd_shape_are_read_as_far_as_they_go(project, body) -> None:
    project.reading(f"AWSTemplateFormatVersion: '2010-09-09'\n{body}\n")


@pytest.mark.parametrize("resources", ["\n  - Q", " []", " text", " 1"])
def test_resources_that_are_no_mapping(project, resources) -> None:
    text = f"AWSTemplateFormatVersion: '2010-09-09'\nResources:{resources}\n"
    with pytest.raises(InputError) as caught:
        project.reading(text)
    (problem,) = caught.value.problems
    assert problem.message == "`Resources` is no mapping"
    assert problem.expected == "`LogicalId: {Type: …}` pairs"
    assert problem.span.line == (3 if "\n" in resources else 2)
    project.write("other.yaml", f"Resources: {{{QUEUE}}}\n")
    reading = project.read(".")
    assert [found.id for found in reading.architecture.components] == ["Q"]
    assert [(note.message, note.span.line) for note in reading.notes] == [(problem.message, problem.span.line)]


def test_a_nested_template_whose_resources_are_no_mapping(project) -> None:
    project.write("inner.yaml", "Resources: [1]\n")
    nested = "{Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: inner.yaml}}"
    (message,) = messages(project, f"Resources:\n  {QUEUE}\n  N: {nested}\n")
    assert message.startswith("`inner.yaml` cannot be read and was left aside: ")
    assert message.endswith("inner.yaml:1:12: `Resources` is no mapping; expected `LogicalId: {Type: …}` pairs")


def test_something_else_with_a_list_of_resources_is_no_template(project) -> None:
    project.write("plan.yaml", "Resources: [people, money]\n")
    project.write("template.yaml", f"Resources: {{{QUEUE}}}\n")
    assert project.read(".").notes == []


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        ("Resources:\n  Q: {Type: AWS::SNS::Topic}\n  Q: {Type: AWS::SQS::Queue}\n", [(3, "Q", 2)]),
        (
            "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      DelaySeconds: 1\n      DelaySeconds: 5\n",
            [(6, "DelaySeconds", 5)],
        ),
        ("Resources:\n  Q: {Type: AWS::SQS::Queue,\n    Type: AWS::SQS::Queue,\n    Type: AWS::SQS::Queue}\n", [(3, "Type", 2), (4, "Type", 2)]),
        ('{"Resources": {"Q": {"Type": "AWS::SNS::Topic"},\n "Q": {"Type": "AWS::SQS::Queue"}}}', [(2, "Q", 1)]),
        ("Metadata:\n  A: &a {b: 1, \n    b: 2}\n  C: *a\nResources: {Q: {Type: AWS::SQS::Queue}}\n", [(3, "b", 2)]),
        ("Resources:\n  Q: {Type: AWS::SQS::Queue, <<: {}, <<: {}}\n", []),
    ],
)  # fmt: skip
def test_a_key_that_stands_twice(project, text, noted) -> None:
    reading = project.reading(text)
    assert [(note.span.line, note.message) for note in reading.notes] == [
        (line, f"`{key}` is in line {first} already: the last one is read") for line, key, first in noted
    ]
    assert reading.architecture.by_id["Q"].type == "sqs"


def test_nesting_is_bounded(project) -> None:
    deep = "[" * 150 + "]" * 150
    with pytest.raises(InputError, match="nested too deeply"):
        project.reading(f"Resources: {{Q: {{Type: AWS::SQS::Queue, Properties: {{A: {deep}}}}}}}\n")


DEEP = json.dumps("[" * 600 + "]" * 600)


@pytest.mark.parametrize(
    ("resource", "notes"),
    [
        (f"{{Type: AWS::StepFunctions::StateMachine, Properties: {{DefinitionString: {DEEP}}}}}", ["this definition is no JSON that can be read"]),
        (f"{{Type: AWS::SQS::Queue, Properties: {{RedrivePolicy: {DEEP}}}}}", ["this redrive policy is no JSON that can be read"]),
        (f"{{Type: AWS::ApiGateway::RestApi, Properties: {{Policy: {DEEP}}}}}", []),
        (f'{{Type: AWS::ApiGateway::RestApi, Properties: {{Body: !Sub {DEEP[:-1]}\\n${{X}}"}}}}', []),
    ],
)  # fmt: skip
def test_nesting_inside_a_text_is_bounded(project, resource, notes) -> None:
    reading = project.reading(f"Resources:\n  X: {resource}\n")
    assert [note.message for note in reading.notes] == notes
    assert "X" in reading.architecture.by_id


@pytest.mark.parametrize("written", ['"inf"', '"nan"', "1e400", '"-Infinity"', "!Ref Much", '"' + "9" * 400 + '"'])
def test_a_number_without_an_end_is_not_known(project, written) -> None:
    reading = project.reading(
        "Parameters: {Much: {Type: Number, Default: 1e999}}\n"
        f"Resources: {{X: {{Type: AWS::SQS::Queue, Properties: {{VisibilityTimeout: {written}}}}}}}\n"
    )
    assert reading.architecture.by_id["X"].properties["visibility_timeout"] is UNKNOWN


@pytest.mark.parametrize("written", ["1e400", "NaN", "9" * 400])
def test_a_number_without_an_end_inside_a_text_is_not_known(project, written) -> None:
    policy = json.dumps(f'{{"deadLetterTargetArn": "arn:aws:sqs:eu-west-1:1:dead", "maxReceiveCount": {written}}}')
    reading = project.reading(f"Resources: {{X: {{Type: AWS::SQS::Queue, Properties: {{RedrivePolicy: {policy}}}}}}}\n")
    assert reading.architecture.connections[0].properties["max_receives"] is UNKNOWN


def test_a_file_that_includes_itself_is_noted(project) -> None:
    include = "{'Fn::Transform': {Name: AWS::Include, Parameters: {Location: i.yaml}}}"
    project.write("i.yaml", f"a: {include}\nb: {include}\nc: {include}\nQueueName: inbox\n")
    reading = project.reading(f"Resources: {{Q: {{Type: AWS::SQS::Queue, Properties: {include}}}}}\n")
    assert [note.message for note in reading.notes] == ["`i.yaml` includes itself, through others or directly"]


def test_files_that_include_others_again_and_again_are_bounded(project) -> None:
    for level in range(30):
        include = f"{{'Fn::Transform': {{Name: AWS::Include, Parameters: {{Location: i{level + 1}.yaml}}}}}}"
        project.write(f"i{level}.yaml", f"a: {include}\nb: {include}\nc: {include}\n")
    project.write("i30.yaml", "d: e\n")
    include = "{'Fn::Transform': {Name: AWS::Include, Parameters: {Location: i0.yaml}}}"
    reading = project.reading(f"Resources: {{Q: {{Type: AWS::SQS::Queue, Properties: {include}}}}}\n")
    assert [note.message for note in reading.notes] == [
        "the values of this template come to too much, the rest of them is left open"
    ]


@pytest.mark.parametrize("start", ["x", {"Ref": "AWS::Region"}])
def test_a_text_that_is_put_together_is_bounded(project, start) -> None:
    value = start
    for _ in range(25):
        value = {"Fn::Sub": ["${a}${a}${a}${a}", {"a": value}]}
    reading = project.reading(
        json.dumps({"Resources": {"Q": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": value}}}})
    )
    assert [note.message for note in reading.notes] == [
        "a text of more than 1,000,000 characters is put together here, it is left open"
    ]


def test_a_project_ends_at_its_root(project) -> None:
    """A link that leads out of the project is not followed."""
    secret = project.root.parent / "secret.yaml"
    secret.write_text(f"Resources: {{{QUEUE}}}\n")
    (project.root / "link.yaml").symlink_to(secret)
    reading = project.reading(
        "Resources: {S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: link.yaml}}}\n"
    )
    assert reading.architecture.components == ()
    assert isinstance(reading.notes[0], Problem)


def test_many_resources_in_time_that_grows_with_them(project) -> None:
    """Every function has a wildcard over every table: what names none of them makes no connection."""
    lines = ["Resources:"]
    for number in range(1500):
        lines += [
            f"  T{number}: {{Type: AWS::DynamoDB::Table}}",
            f"  F{number}: {{Type: AWS::Lambda::Function, Properties: {{Role: !GetAtt Role.Arn, Environment: {{Variables: {{T: !Ref T{number}}}}}}}}}",
        ]
    lines.append("  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyDocument: {Statement: [{Effect: Allow, Action: 'dynamodb:*', Resource: '*'}]}}]}}")  # fmt: skip
    project.write("template.yaml", "\n".join(lines))
    architecture = read([project.root / "template.yaml"]).architecture
    assert len(architecture.connections) == 1500
