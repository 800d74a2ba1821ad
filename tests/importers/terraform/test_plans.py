"""Plans of `terraform show -json`, and how they agree with the files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from importers.terraform.configurations import component, edges, place

from archlint.importers import read

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
