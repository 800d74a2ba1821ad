"""A description beside infrastructure code that says what code alone cannot, and several inputs as one architecture."""

from __future__ import annotations

from pathlib import Path

import pytest

from archlint.importers import read
from archlint.lint import LintSettings, check
from archlint.model import InputError

TEMPLATE = """\
Resources:
  Jobs: {Type: AWS::SQS::Queue}
  Work: {Type: AWS::Lambda::Function, Properties: {Timeout: 60}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Jobs.Arn, FunctionName: !Ref Work}}
"""
HEAD = "archlint: 1\nname: Shop\n"
SIDECAR = (
    HEAD
    + """\
overrides:
  components:
    Work: {idempotent: true, label: Worker}
  connections:
    - Jobs -> Work: {batch_size: 1}
components:
  stripe: third_party
connections:
  - Work => stripe: {timeout: 2s}
"""
)


@pytest.fixture
def project(tmp_path: Path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "template.yaml").write_text(TEMPLATE)
    return tmp_path


def edges(architecture) -> list[str]:
    return [
        f"{edge.source.id} {edge.style.arrow} {edge.target.id} {dict(edge.properties)}"
        for edge in architecture.connections
    ]


@pytest.mark.parametrize("given", ["template.yaml", "."])
def test_a_sidecar_adds_what_code_cannot_say(project: Path, given: str) -> None:
    (project / "archlint.yaml").write_text(SIDECAR)
    architecture = read([project / given]).architecture
    assert architecture.name == "Shop" or given == "template.yaml"
    assert dict(architecture.by_id["Work"].properties) == {"timeout": 60, "idempotent": True, "label": "Worker"}
    assert architecture.by_id["Work"].label == "Worker"
    assert edges(architecture) == ["Jobs -> Work {'batch_size': 1}", "Work => stripe {'timeout': 2}"]
    assert all(edge.source is architecture.by_id[edge.source.id] for edge in architecture.connections)


def test_a_sidecar_stands_beside_a_folder_of_terraform_too(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_lambda_function" "work" {\n  function_name = "work"\n}\n')
    text = "overrides: {components: {aws_lambda_function.work: {idempotent: true}}}\n"
    (tmp_path / "archlint.yaml").write_text(HEAD + text)
    for given in (tmp_path, tmp_path / "main.tf"):
        (component,) = read([given]).architecture.components
        assert component.properties["idempotent"] is True


def test_connections_of_modules_are_named_by_their_addresses(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('module "jobs" {\n  source = "./jobs"\n}\nresource "aws_sns_topic" "news" {}\n')
    (tmp_path / "jobs").mkdir()
    (tmp_path / "jobs/main.tf").write_text('resource "aws_sqs_queue" "q" {}\n')
    text = "connections: [aws_sns_topic.news -> module.jobs.aws_sqs_queue.q]\n"
    (tmp_path / "archlint.yaml").write_text(f"{HEAD}overrides: {{}}\n{text}")
    assert edges(read([tmp_path]).architecture) == ["aws_sns_topic.news -> module.jobs.aws_sqs_queue.q {}"]


def test_a_description_that_overrides_nothing_is_no_sidecar(project: Path) -> None:
    (project / "archlint.yaml").write_text(HEAD + "components: {stripe: third_party}\n")
    assert "stripe" not in read([project / "template.yaml"]).architecture.by_id


def test_what_was_guessed_wrong_is_removed_or_set_right(project: Path) -> None:
    (project / "archlint.yaml").write_text(HEAD + "overrides: {remove: [Jobs -> Work]}\n")
    assert edges(read([project / "template.yaml"]).architecture) == []
    (project / "archlint.yaml").write_text(HEAD + "overrides: {remove: [Jobs]}\n")
    assert list(read([project / "template.yaml"]).architecture.by_id) == ["Work"]
    (project / "archlint.yaml").write_text(HEAD + "overrides: {connections: [Jobs => Work]}\n")
    (edge,) = read([project / "template.yaml"]).architecture.connections
    assert (edge.style.value, edge.action) == ("sync", "invoke")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("overrides: {components: {Wrok: {}}}\n", "there is no component `Wrok` to override (did you mean `Work`?)"),
        ("overrides: {components: {Work: {idempotnt: true}}}\n", "did you mean `idempotent`?"),
        ("overrides: {connections: [Work -> Jobs]}\n", "there is no connection `Work -> Jobs` to override"),
        ("overrides: {remove: [Job]}\n", "did you mean `Jobs`?"),
        ("overrides: {services: {a: [tempalte]}}\n", "unknown stack, file or component `tempalte`"),
        ("overrides: {componets: {}}\n", "did you mean `components`?"),
    ],
)
def test_an_override_of_nothing_is_an_error(project: Path, text: str, said: str) -> None:
    (project / "archlint.yaml").write_text(HEAD + text)
    with pytest.raises(InputError) as caught:
        read([project / "template.yaml"])
    assert said in str(caught.value)


def test_services_are_said_by_stack_by_file_or_by_component(project: Path) -> None:
    (project / "archlint.yaml").write_text(HEAD + "overrides: {services: {queues: Jobs, workers: [W*]}}\n")
    architecture = read([project / "template.yaml"]).architecture
    assert sorted(architecture.by_id) == ["queues.Jobs", "workers.Work"]
    assert sorted(architecture.services) == ["queues", "workers"]


MOVED = HEAD + "overrides: {services: {queues: Jobs, workers: [W*]}}\ncomponents: {stripe: third_party}\n"


def test_a_bare_name_is_enough_where_only_one_service_has_it(project: Path, rulebook) -> None:
    (project / "archlint.yaml").write_text(
        MOVED
        + "connections: [Work => stripe, {from: Work, to: [stripe], style: async}]\n"
        + "ignore: [{rule: queue-without-dlq, component: Jobs, reason: as agreed}]\n"
    )
    architecture = read([project / "template.yaml"]).architecture
    assert [edge[:-3] for edge in edges(architecture)] == [
        "queues.Jobs -> workers.Work",
        "workers.Work => stripe",
        "workers.Work -> stripe",
    ]
    asked = LintSettings(select=frozenset({"queue-without-dlq", "unused-suppression"}))
    (finding,) = check(architecture, rulebook, asked).findings
    assert (finding.rule, finding.suppressed) == ("queue-without-dlq", True)


@pytest.mark.parametrize(
    "text",
    ["connections: [Work => stripe]\n", "ignore: [{rule: queue-without-dlq, component: Work, reason: as agreed}]\n"],
)
def test_a_bare_name_that_several_services_have_is_not_enough(project: Path, text: str) -> None:
    (project / "other").mkdir()
    (project / "other" / "template.yaml").write_text("Resources: {Work: {Type: AWS::Lambda::Function}}\n")
    (project / "archlint.yaml").write_text(MOVED.replace(", workers: [W*]", "") + text)
    with pytest.raises(InputError, match=r"unknown component `Work`; expected one of `[\w-]+\.Work`, `other\.Work`"):
        read([project / "template.yaml", project / "other" / "template.yaml"])


def test_a_description_without_overrides_names_its_components_in_full(project: Path) -> None:
    (project / "a.yaml").write_text(
        HEAD
        + "services: {a: {components: {x: lambda}}}\ncomponents: {stripe: third_party}\nconnections: [x => stripe]\n"
    )
    with pytest.raises(InputError, match=r"unknown component `x` \(did you mean `a\.x`\?\)"):
        read([project / "a.yaml"])


def test_a_table_of_one_stack_that_another_uses_is_shared(tmp_path: Path, rulebook) -> None:
    role = "Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: ['dynamodb:PutItem', 'dynamodb:GetItem'], Resource: %s}]}}]"
    users = ("orders", "!GetAtt Table.Arn"), ("billing", "!ImportValue orders-table")
    for name, arn in users:
        (tmp_path / name).mkdir()
        text = "Resources:\n"
        if name == "orders":
            text += (
                "  Table: {Type: AWS::DynamoDB::Table, Properties: {KeySchema: [{AttributeName: id, KeyType: HASH}]}}\n"
            )
        text += "  Role: {Type: AWS::IAM::Role, Properties: {%s}}\n" % (role % arn)
        text += "  Work: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn}}\n"
        if name == "orders":
            text += "Outputs: {Table: {Value: !GetAtt Table.Arn, Export: {Name: orders-table}}}\n"
        (tmp_path / name / "template.yaml").write_text(text)
    reading = read([tmp_path / name / "template.yaml" for name, _ in users])
    architecture = reading.architecture
    assert {edge.source.id: edge.target.id for edge in architecture.connections} == {
        "orders.Work": "orders.Table",
        "billing.Work": "orders.Table",
    }
    findings = check(architecture, rulebook, LintSettings(select=frozenset({"shared-datastore"}))).findings
    assert findings
    (finding,) = findings
    files = {site.document for site in (finding.site, *(related.site for related in finding.related))}
    assert {Path(file).parent.name for file in files} == {"orders", "billing"}
