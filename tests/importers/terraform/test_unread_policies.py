"""Policies of which only the references are known, as in a plan of what is not deployed yet."""

from __future__ import annotations

import json

import pytest
from importers.terraform.configurations import edges, lines

from archlint.importers import read

POLLED = {
    "a queue": ("aws_sqs_queue.own", "arn", "arn"),
    "a stream": ("aws_kinesis_stream.own", "arn", "arn"),
    "a table's stream": ("aws_dynamodb_table.own", "stream_arn", "stream_arn"),
    "a table's stream by the table": ("aws_dynamodb_table.own", "stream_arn", "arn"),
}


@pytest.mark.parametrize("case", POLLED)
def test_what_a_mapping_polls_is_named_by_the_permission_to_receive(case, tmp_path) -> None:
    source, polled, named = POLLED[case]
    assert _found(tmp_path, [f"{source}.{named}"], {"f": f"{source}.{polled}"}, source) == {
        f"{source} -> aws_lambda_function.f": "poll certain",
    }


def test_what_is_polled_by_another_function_may_be_sent_to(tmp_path) -> None:
    found = _found(tmp_path, ["aws_sqs_queue.own.arn", "aws_sqs_queue.next.arn"], {"f": "aws_sqs_queue.own.arn"})
    assert found == {
        "aws_sqs_queue.own -> aws_lambda_function.f": "poll certain",
        "aws_lambda_function.f -> aws_sqs_queue.next": "send likely",
    }


def test_a_stream_without_a_mapping_is_no_use_of_its_table(tmp_path) -> None:
    assert _found(tmp_path, ["aws_dynamodb_table.own.stream_arn"], {}, "aws_dynamodb_table.own") == {}


def test_a_role_that_several_have_says_of_none_that_it_sends(tmp_path) -> None:
    queues = ["aws_sqs_queue.own.arn", "aws_sqs_queue.next.arn"]
    assert _found(tmp_path, queues, {"f": queues[0], "g": queues[1]}) == {
        "aws_sqs_queue.own -> aws_lambda_function.f": "poll certain",
        "aws_sqs_queue.next -> aws_lambda_function.g": "poll certain",
    }
    third = [*queues, "aws_sns_topic.t.arn"]
    assert _found(tmp_path, third, {"f": queues[0], "g": queues[1]})["aws_lambda_function.f -> aws_sns_topic.t"] == (
        "publish guess"
    )


def test_the_files_of_such_a_policy_agree(tmp_path) -> None:
    text = """
    variable "statements" {}
    resource "aws_iam_role" "r" {}
    resource "aws_iam_role_policy" "p" {
      role   = aws_iam_role.r.id
      policy = templatefile(var.statements, { own = aws_sqs_queue.q.arn, next = aws_sqs_queue.r.arn })
    }
    resource "aws_lambda_function" "f" { role = aws_iam_role.r.arn }
    resource "aws_lambda_event_source_mapping" "m" {
      event_source_arn = aws_sqs_queue.q.arn
      function_name    = aws_lambda_function.f.arn
    }
    """
    assert lines(text, tmp_path) == ["f -> r: send likely", "q -> f: poll"]


def _found(tmp_path, named: list[str], mappings: dict[str, str], *more: str) -> dict[str, str]:
    """The connections of a plan whose policy names some attributes, with a mapping for each function."""
    kinds = dict.fromkeys([*more, *(name.rpartition(".")[0] for name in named), *_functions(mappings), _ROLE])
    expressions: dict[str, dict[str, object]] = {
        name: {"role": _refers(f"{_ROLE}.arn")} for name in _functions(mappings)
    }
    expressions["aws_iam_role_policy.p"] = {"role": _refers(f"{_ROLE}.id"), "policy": _refers(*named)}
    for name, source in mappings.items():
        expressions[f"aws_lambda_event_source_mapping.{name}"] = {
            "event_source_arn": _refers(source),
            "function_name": _refers(f"aws_lambda_function.{name}.arn"),
        }
    addresses = list(dict.fromkeys([*kinds, *expressions]))
    plan = {
        "format_version": "1.2",
        "planned_values": {"root_module": {"resources": [{**_resource(each), "values": {}} for each in addresses]}},
        "configuration": {
            "root_module": {
                "resources": [{**_resource(each), "expressions": expressions.get(each, {})} for each in addresses]
            }
        },
    }
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(plan))
    return {key: f"{edge.action} {edge.confidence.word}" for key, edge in edges(read([file])).items()}


_ROLE = "aws_iam_role.r"


def _functions(mappings: dict[str, str]) -> list[str]:
    return [f"aws_lambda_function.{name}" for name in mappings or {"f": ""}]


def _refers(*names: str) -> dict[str, list[str]]:
    return {"references": [one for name in names for one in (name, name.rpartition(".")[0])]}


def _resource(address: str) -> dict[str, str]:
    kind, _, name = address.partition(".")
    return {"address": address, "mode": "managed", "type": kind, "name": name}
