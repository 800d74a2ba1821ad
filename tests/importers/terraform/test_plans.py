"""Plans of `terraform show -json`, and how they agree with the files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from importers.terraform.configurations import component, edges, place

from archlint.importers import read
from archlint.model import InputError

HERE = Path(__file__).parent


def test_a_folder_and_its_plan_give_the_same_graph() -> None:
    folder, plan = read([HERE / "orders"]).architecture, read([HERE / "orders.plan.json"]).architecture

    def components(architecture):
        return sorted((c.id, c.type, dict(c.properties)) for c in architecture.components)

    def connections(architecture):
        return sorted((e.source.id, e.style.value, e.target.id, e.action) for e in architecture.connections)

    assert components(folder) == components(plan)
    assert connections(folder) == connections(plan)
    assert len(folder.connections) == 8


def test_instances_and_unread_policies_give_the_same_graph() -> None:
    folder, plan = read([HERE / "workers"]).architecture, read([HERE / "workers.plan.json"]).architecture

    def told(architecture):
        components = sorted((c.id, c.type, str(dict(c.properties))) for c in architecture.components)
        connections = sorted(
            (e.source.id, e.style.value, e.target.id, e.action, sorted(map(str, e.properties.items())), e.confidence)
            for e in architecture.connections
        )
        return components, connections

    assert told(folder) == told(plan)
    assert [f"{e.source.name} {e.style.arrow} {e.target.name}: {e.confidence.word}" for e in plan.connections] == [
        "orders => list: certain",
        "kind !> dead: likely",
        "inbox -> worker: certain",
    ]


def test_ids_are_addresses_and_places_are_the_users_own() -> None:
    reading = read([HERE / "orders"])
    inbox = component(reading, "module.intake.aws_sqs_queue.inbox")
    assert place(reading, inbox.site).endswith("orders/modules/intake/main.tf:14:1")
    redrive = edges(reading)["module.intake.aws_sqs_queue.inbox !> module.intake.aws_sqs_queue.dead"]
    assert place(reading, redrive.site).endswith("orders/modules/intake/main.tf:18:20")
    assert inbox.properties == {"visibility_timeout": 120}
    assert [*reading.architecture.services] == ["orders"]


def test_a_plan_shows_nothing_secret(capsys) -> None:
    reading = read([HERE / "orders.plan.json"])
    text = next(iter(reading.documents.values())).text
    assert "9876543210" not in text
    assert "1234567890" not in text
    assert '"aws_lambda_function.projector"' in text
    written = (HERE / "orders.plan.json").read_text()
    assert len(text) == len(written)
    assert text.count("\n") == written.count("\n")


def test_a_plan_beside_its_files_says_nothing_new(project) -> None:
    reading = project(main='resource "aws_sqs_queue" "a" {}', plan_json=(HERE / "orders.plan.json").read_text())
    assert [c.id for c in reading.architecture.components] == ["aws_sqs_queue.a"]


def test_a_states_values_alone_are_read(tmp_path) -> None:
    state = {
        "format_version": "1.0",
        "terraform_version": "1.9.0",
        "values": {
            "root_module": {
                "resources": [
                    _resource("aws_sqs_queue", "q", {"name": "inbox", "visibility_timeout_seconds": 60}),
                    _resource("aws_lambda_function", "f", {"function_name": "work", "timeout": 5}),
                    _resource(
                        "aws_lambda_event_source_mapping",
                        "m",
                        {
                            "event_source_arn": "arn:aws:sqs:eu-west-1:123456789012:inbox",
                            "function_name": "arn:aws:lambda:eu-west-1:123456789012:function:work",
                        },
                    ),
                ]
            }
        },
    }
    file = tmp_path / "state.json"
    file.write_text(json.dumps(state))
    assert [*edges(read([file]))] == ["aws_sqs_queue.q -> aws_lambda_function.f"]


def test_what_is_planned_and_not_written_counts_unless_it_is_a_default(tmp_path) -> None:
    planned = [
        ("aws_sqs_queue", "q", {"name": "q.fifo", "fifo_queue": True, "visibility_timeout_seconds": 30}),
        ("aws_lambda_function", "f", {"function_name": "f", "timeout": 40, "memory_size": 128}),
        ("aws_sfn_state_machine", "s", {"type": "EXPRESS", "definition": "{}", "arn": "arn:aws:states:eu:1:x"}),
        ("aws_dynamodb_table", "d", {"hash_key": "id", "stream_enabled": False, "deletion_protection_enabled": True}),
        ("aws_cloudwatch_log_group", "g", {"name": "/shop", "retention_in_days": 0}),
    ]
    resources = [_resource(*each) for each in planned]
    configuration = [{key: found[key] for key in ("address", "mode", "type", "name")} for found in resources]
    plan = {
        "format_version": "1.2",
        "planned_values": {"root_module": {"resources": resources}},
        "configuration": {"root_module": {"resources": configuration}},
    }
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(plan))
    assert {found.id: dict(found.properties) for found in read([file]).architecture.components} == {
        "aws_sqs_queue.q": {"fifo": True},
        "aws_lambda_function.f": {"timeout": 40},
        "aws_sfn_state_machine.s": {"workflow": "express"},
        "aws_dynamodb_table.d": {"keys": ("id",), "retained": True},
        "aws_cloudwatch_log_group.g": {},
    }


def test_an_alarm_watches_what_its_unknown_dimensions_refer_to(tmp_path) -> None:
    resources = [
        _resource("aws_sqs_queue", "dead", {}),
        _resource("aws_cloudwatch_metric_alarm", "depth", {"namespace": "AWS/SQS"}),
    ]
    expressions = {"dimensions": {"references": ["aws_sqs_queue.dead.name", "aws_sqs_queue.dead"]}}
    plan = {
        "format_version": "1.2",
        "planned_values": {"root_module": {"resources": resources}},
        "configuration": {"root_module": {"resources": [{**found, "expressions": expressions} for found in resources]}},
    }
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(plan))
    assert [*edges(read([file]))] == ["aws_cloudwatch_metric_alarm.depth -> aws_sqs_queue.dead"]


def _resource(kind, name, values):
    return {"address": f"{kind}.{name}", "mode": "managed", "type": kind, "name": name, "values": values}


@pytest.mark.parametrize(
    "plan",
    [
        {"format_version": "1.2", "planned_values": [1]},
        {"format_version": "1.2", "planned_values": {"root_module": {"resources": [1, {"address": "x"}]}}},
        {
            "format_version": "1.2",
            "planned_values": {"root_module": {"resources": [_resource("aws_sqs_queue", "q", [1])]}},
            "configuration": {
                "root_module": {
                    "module_calls": {"a": 5, "b": {"module": {"resources": "x"}}},
                    "resources": [
                        1,
                        {"type": 3, "expressions": 5},
                        {"mode": "managed", "type": "aws_sqs_queue", "name": "q", "expressions": {"name": [[1]]}},
                    ],
                }
            },
        },
    ],
)
def test_a_plan_of_odd_shape_is_read_as_far_as_it_goes(plan, tmp_path) -> None:
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(plan))
    assert len(read([file]).architecture.components) <= 1


def test_a_plan_that_is_nested_too_deeply_is_refused_with_its_place(tmp_path) -> None:
    file = tmp_path / "plan.json"
    queue = '{"address": "aws_sqs_queue.q", "type": "aws_sqs_queue", "name": "q", "mode": "managed", "values": {"tags":'
    file.write_text(
        f'{{"format_version": "1.2", "planned_values": {{"root_module": {{"resources": [\n{queue}'
        f"{'[' * 150}{']' * 150}}}}}]}}}}}}\n"
    )
    with pytest.raises(InputError, match=r"plan\.json:2:\d+: this is nested too deeply"):
        read([file])


def test_instances_that_the_configuration_tells_apart_are_components_of_their_own(tmp_path) -> None:
    keys = ("in", "out")
    queue = [_indexed("aws_sqs_queue", "q", key, {"visibility_timeout_seconds": 60}) for key in keys]
    dead = [_indexed("aws_sqs_queue", "dead", key, {}) for key in keys]
    by_key = {"references": ["aws_sqs_queue.dead", "each.key"]}
    called = [
        {
            "address": f'module.m["{key}"]',
            "resources": [
                {
                    "address": f'module.m["{key}"].aws_sns_topic.t',
                    "mode": "managed",
                    "type": "aws_sns_topic",
                    "name": "t",
                    "values": {},
                }
            ],
        }
        for key in keys
    ]
    plan = {
        "format_version": "1.2",
        "planned_values": {
            "root_module": {
                "resources": [*queue, *dead, _resource("aws_lambda_function", "f", {})],
                "child_modules": called,
            }
        },
        "configuration": {
            "root_module": {
                "resources": [
                    {
                        **_declared("aws_sqs_queue", "q"),
                        "expressions": {"visibility_timeout_seconds": {}, "redrive_policy": by_key},
                        "for_each_expression": {},
                    },
                    {**_declared("aws_sqs_queue", "dead"), "for_each_expression": {}},
                    {
                        **_declared("aws_lambda_function", "f"),
                        "expressions": {
                            "dead_letter_config": [
                                {"target_arn": {"references": ['module.m["out"].arn', 'module.m["out"]', "module.m"]}}
                            ]
                        },
                    },
                ],
                "module_calls": {
                    "m": {
                        "for_each_expression": {},
                        "module": {
                            "outputs": {
                                "arn": {"expression": {"references": ["aws_sns_topic.t.arn", "aws_sns_topic.t"]}}
                            },
                            "resources": [_declared("aws_sns_topic", "t")],
                        },
                    }
                },
            }
        },
    }
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(plan))
    architecture = read([file]).architecture
    assert {f"{edge.source.id} !> {edge.target.id}" for edge in architecture.connections} == {
        'aws_sqs_queue.q["in"] !> aws_sqs_queue.dead["in"]',
        'aws_sqs_queue.q["out"] !> aws_sqs_queue.dead["out"]',
        'aws_lambda_function.f !> module.m["out"].aws_sns_topic.t',
    }
    assert {component.id for component in architecture.components} >= {'module.m["in"].aws_sns_topic.t'}


def _indexed(kind: str, name: str, key: str, values: dict[str, object]) -> dict[str, object]:
    return {**_resource(kind, name, values), "address": f'{kind}.{name}["{key}"]', "index": key}


def _declared(kind: str, name: str) -> dict[str, object]:
    return {"address": f"{kind}.{name}", "mode": "managed", "type": kind, "name": name, "expressions": {}}
