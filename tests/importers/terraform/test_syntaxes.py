"""One configuration in HCL, in Terraform's JSON and as a plan: the same graph."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from in_short import edges

from archlint.importers import read
from archlint.model import UNKNOWN, InputError

HCL = """
variable "stage" { default = "dev" }
resource "aws_sqs_queue" "inbox" {
  visibility_timeout_seconds = 60
}
resource "aws_sqs_queue" "dead" { fifo_queue = true }
resource "aws_sqs_queue_redrive_policy" "inbox" {
  queue_url      = aws_sqs_queue.inbox.id
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 3 })
}
resource "aws_lambda_function" "work" {
  function_name = "work-${var.stage}"
  role          = aws_iam_role.work.arn
  timeout       = 10
  environment {
    variables = { TABLE = aws_dynamodb_table.orders.name }
  }
}
resource "aws_iam_role" "work" {
  inline_policy {
    name   = "may"
    policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["dynamodb:*"], Resource = aws_dynamodb_table.orders.arn }] })
  }
}
resource "aws_dynamodb_table" "orders" { hash_key = "id" }
resource "aws_lambda_event_source_mapping" "inbox" {
  event_source_arn = aws_sqs_queue.inbox.arn
  function_name    = aws_lambda_function.work.function_name
  scaling_config { maximum_concurrency = 4 }
  destination_config {
    on_failure { destination_arn = aws_sqs_queue.dead.arn }
  }
}
resource "aws_sns_topic" "news" {}
resource "aws_sns_topic_subscription" "news" {
  topic_arn = aws_sns_topic.news.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.inbox.arn
}
resource "aws_s3_bucket_notification" "files" {
  bucket = aws_s3_bucket.files.id
  queue {
    queue_arn = aws_sqs_queue.inbox.arn
    events    = ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"]
  }
  queue {
    queue_arn     = aws_sqs_queue.dead.arn
    events        = ["s3:ObjectRestore:*"]
    filter_prefix = "in/"
  }
}
resource "aws_s3_bucket" "files" {}
"""

JSON = {
    "//": "a comment",
    "variable": {"stage": {"default": "dev"}},
    "resource": {
        "aws_sqs_queue": {"inbox": {"visibility_timeout_seconds": 60}, "dead": [{"fifo_queue": True}]},
        "aws_sqs_queue_redrive_policy": {
            "inbox": {
                "queue_url": "${aws_sqs_queue.inbox.id}",
                "redrive_policy": "${jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 3 })}",
            }
        },
        "aws_lambda_function": {
            "work": {
                "function_name": "work-${var.stage}",
                "role": "${aws_iam_role.work.arn}",
                "timeout": 10,
                "environment": {"variables": {"TABLE": "${aws_dynamodb_table.orders.name}"}},
            }
        },
        "aws_iam_role": {
            "work": {
                "inline_policy": [
                    {
                        "name": "may",
                        "policy": '${jsonencode({ Statement = [{ Effect = "Allow", Action = ["dynamodb:*"], Resource = aws_dynamodb_table.orders.arn }] })}',
                    }
                ]
            }
        },
        "aws_dynamodb_table": {"orders": {"hash_key": "id"}},
        "aws_lambda_event_source_mapping": {
            "inbox": {
                "event_source_arn": "${aws_sqs_queue.inbox.arn}",
                "function_name": "${aws_lambda_function.work.function_name}",
                "scaling_config": {"maximum_concurrency": 4},
                "destination_config": [{"on_failure": {"destination_arn": "${aws_sqs_queue.dead.arn}"}}],
            }
        },
        "aws_sns_topic": {"news": {}},
        "aws_sns_topic_subscription": {
            "news": {
                "topic_arn": "${aws_sns_topic.news.arn}",
                "protocol": "sqs",
                "endpoint": "${aws_sqs_queue.inbox.arn}",
            }
        },
        "aws_s3_bucket_notification": {
            "files": {
                "bucket": "${aws_s3_bucket.files.id}",
                "queue": [
                    {
                        "queue_arn": "${aws_sqs_queue.inbox.arn}",
                        "events": ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"],
                    },
                    {
                        "queue_arn": "${aws_sqs_queue.dead.arn}",
                        "events": ["s3:ObjectRestore:*"],
                        "filter_prefix": "in/",
                    },
                ],
            }
        },
        "aws_s3_bucket": {"files": {}},
    },
}
BLOCKS = {"environment", "inline_policy", "scaling_config", "destination_config", "on_failure", "queue"}
"""What the provider's schema says are nested blocks: only those keep their structure in a plan."""
_REFERENCE = re.compile(r"\b(?:var\.\w+|aws_\w+\.\w+\.\w+)")


def expressions(body: object) -> object:
    """A body as the configuration of a plan shows it: constants, and references without what is made of them."""
    assert isinstance(body, dict)
    found: dict[str, object] = {}
    for key, value in body.items():
        if key in BLOCKS:
            found[key] = [expressions(item) for item in (value if isinstance(value, list) else [value])]
            continue
        named = _REFERENCE.findall(json.dumps(value))
        wider = [name.rpartition(".")[0] for name in named if name.startswith("aws_")]
        found[key] = {"references": [*named, *wider]} if named else {"constant_value": value}
    return found


def values(body: object) -> object:
    """A body as it is planned: what is known only after apply is left out, defaults of variables are filled in."""
    if isinstance(body, dict):
        made = {key: values([item] if key in BLOCKS and isinstance(item, dict) else item) for key, item in body.items()}
        return {key: item for key, item in made.items() if item is not None}
    if isinstance(body, list):
        return [values(item) for item in body]
    if isinstance(body, str):
        body = body.replace("${var.stage}", "dev")
        return None if "${" in body else body
    return body


def plan() -> dict[str, object]:
    resources, planned = [], []
    for kind, named in JSON["resource"].items():
        for name, bodies in named.items():
            body = bodies[0] if isinstance(bodies, list) else bodies
            head = {"address": f"{kind}.{name}", "mode": "managed", "type": kind, "name": name}
            resources.append({**head, "expressions": expressions(body)})
            planned.append({**head, "values": values(body), "sensitive_values": {}})
    return {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "variables": {"stage": {"value": "dev"}},
        "planned_values": {"root_module": {"resources": planned}},
        "configuration": {"root_module": {"resources": resources, "variables": {"stage": {"default": "dev"}}}},
    }


def components(reading):
    return {found.id: (found.type, dict(found.properties)) for found in reading.architecture.components}


@pytest.fixture
def hcl(tmp_path: Path):
    folder = tmp_path / "hcl"
    folder.mkdir()
    (folder / "main.tf").write_text(HCL)
    return read([folder])


def test_json_is_the_same_as_hcl(tmp_path: Path, hcl) -> None:
    folder = tmp_path / "json"
    folder.mkdir()
    (folder / "main.tf.json").write_text(json.dumps(JSON, indent=1))
    for reading in (read([folder]), read([folder / "main.tf.json"])):
        assert components(reading) == components(hcl)
        assert edges(reading.architecture) == edges(hcl.architecture)
        assert all(reading.span(edge.site).line > 1 for edge in reading.architecture.connections)
    assert len(edges(hcl.architecture)) == 7


def test_a_plan_is_the_same_as_its_configuration(tmp_path: Path, hcl) -> None:
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(plan()))
    reading = read([file])
    expected = components(hcl)
    for name in ("aws_s3_bucket.files", "aws_dynamodb_table.orders"):
        assert expected[name][1]["retained"] is False
        expected[name][1]["retained"] = UNKNOWN  # a plan does not say what is protected by `lifecycle`
    assert components(reading) == expected
    unsure = {line.removesuffix(" (likely)") for line in edges(reading.architecture)}
    assert unsure == {line.removesuffix(" (likely)") for line in edges(hcl.architecture)}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"resource": {"aws_sqs_queue": {"q": {', "main.tf.json:2:1"),
        ('{"a": ' * 200 + "1" + "}" * 200, "nested too deeply"),
    ],
)
def test_json_that_is_none(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "main.tf.json").write_text(text)
    with pytest.raises(InputError, match=message):
        read([tmp_path])


def test_json_that_makes_no_sense_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    odd = {
        "resource": {"aws_sqs_queue": {"q": {"name": "${(", "tags": [{"a": 1}, 2]}, "r": 5}, "x": []},
        "locals": [{"a": "%{"}],
    }
    (tmp_path / "main.tf.json").write_text(json.dumps(odd))
    assert [component.id for component in read([tmp_path]).architecture.components] == ["aws_sqs_queue.q"]


BASE = """
locals {
  seconds = 30
  days    = 2
}
variable "size" { default = 3 }
output "dead" { value = "x" }
resource "aws_sqs_queue" "dead" {}
resource "aws_sqs_queue" "other" {}
resource "aws_lambda_function" "f" {
  timeout = local.seconds
  dead_letter_config { target_arn = aws_sqs_queue.dead.arn }
  vpc_config { subnet_ids = ["a"] }
}
resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn = aws_sqs_queue.other.arn
  function_name    = aws_lambda_function.f.arn
  batch_size       = var.size
}
resource "aws_dynamodb_table" "d" {
  billing_mode = "PAY_PER_REQUEST"
  lifecycle { prevent_destroy = true }
}
"""
OVERRIDE = """
locals { seconds = 40 }
variable "size" { description = "how many" }
resource "aws_lambda_function" "f" {
  reserved_concurrent_executions = 5
  dead_letter_config {
    target_arn = aws_sqs_queue.other.arn
  }
}
resource "aws_dynamodb_table" "d" {
  lifecycle { ignore_changes = [tags] }
}
"""


def test_an_override_file_is_merged_by_argument(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(BASE)
    (tmp_path / "override.tf").write_text(OVERRIDE)
    (tmp_path / "z_override.tf.json").write_text('{"resource": {"aws_lambda_function": {"f": {"timeout": 50}}}}')
    reading = read([tmp_path])
    function = reading.architecture.by_id["aws_lambda_function.f"]
    assert {name: function.properties[name] for name in ("timeout", "reserved_concurrency")} == {
        "timeout": 50,
        "reserved_concurrency": 5,
    }
    assert reading.architecture.by_id["aws_dynamodb_table.d"].properties["retained"] is True
    found = {
        f"{edge.source.name} {edge.style.arrow} {edge.target.name}": edge for edge in reading.architecture.connections
    }
    assert {*found} == {"f !> other", "other -> f"}
    assert found["other -> f"].properties["batch_size"] == 3
    assert str(reading.span(found["f !> other"].site)).endswith("override.tf:7:18")
    (tmp_path / "z_override.tf.json").unlink()
    assert read([tmp_path]).architecture.by_id["aws_lambda_function.f"].properties["timeout"] == 40
