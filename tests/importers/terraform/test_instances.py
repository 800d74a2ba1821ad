"""Resources that are there several times: what holds for each instance, and what only some have."""

from __future__ import annotations

import pytest
from importers.terraform.configurations import component, edges

from archlint.model import is_unknown

CALL = """
module "worker" {
  source   = "./worker"
  for_each = { orders = { size = 10, busy = true }, refunds = { size = 1, busy = false } }
  size     = each.value.size
  busy     = each.value.busy
}
"""
WORKER = """
variable "size" {}
variable "busy" {}
resource "aws_sqs_queue" "q" { delay_seconds = 5 }
resource "aws_lambda_function" "f" {}
"""
MAPPED = """
resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn        = aws_sqs_queue.q.arn
  function_name           = aws_lambda_function.f.arn
  batch_size              = var.size
  function_response_types = ["ReportBatchItemFailures"]
  dynamic "scaling_config" {
    for_each = var.busy ? [5] : []
    content { maximum_concurrency = scaling_config.value }
  }
}
"""
QUEUES = """
resource "aws_sqs_queue" "q" {
  for_each       = { orders = true, refunds = false }
  redrive_policy = %s
}
resource "aws_sqs_queue" "dead" {}
"""
POLL = "module.worker.aws_sqs_queue.q -> module.worker.aws_lambda_function.f"
REDRIVE = "aws_sqs_queue.q !> aws_sqs_queue.dead"


def test_what_differs_by_instance_is_not_known(project) -> None:
    found = edges(project(main=CALL, worker__main=WORKER + MAPPED))[POLL]
    assert found.confidence.word == "certain"
    assert found.properties["report_batch_item_failures"] is True
    assert is_unknown(found.properties["batch_size"])
    assert is_unknown(found.properties["maximum_concurrency"])


def test_a_connection_that_some_instances_lack_is_likely(project) -> None:
    policy = "each.value ? jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 5 }) : null"
    found = edges(project(main=QUEUES % policy))[REDRIVE]
    assert found.confidence.word == "likely"
    assert is_unknown(found.properties["max_receives"])
    assert found.properties["attached_to"] == "queue"


def test_a_connection_that_every_instance_has_is_certain(project) -> None:
    policy = "jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = %s })"
    found = edges(project(main=QUEUES % (policy % "5")))[REDRIVE]
    assert (found.confidence.word, found.properties["max_receives"]) == ("certain", 5)
    found = edges(project(main=QUEUES % (policy % "each.value ? 5 : 1")))[REDRIVE]
    assert found.confidence.word == "certain"
    assert is_unknown(found.properties["max_receives"])


def test_instances_that_lead_to_different_components_are_likely_to_lead_to_each(project) -> None:
    reading = project(
        main="""
        resource "aws_sqs_queue" "a" {}
        resource "aws_sqs_queue" "b" {}
        resource "aws_lambda_function" "f" {
          for_each = { a = aws_sqs_queue.a.arn, b = aws_sqs_queue.b.arn }
          dead_letter_config { target_arn = each.value }
        }
        """
    )
    assert {key: edge.confidence.word for key, edge in edges(reading).items()} == {
        "aws_lambda_function.f !> aws_sqs_queue.a": "likely",
        "aws_lambda_function.f !> aws_sqs_queue.b": "likely",
    }


def test_what_is_there_in_some_instances_of_a_module_is_likely(project) -> None:
    some = MAPPED.replace('"m" {', '"m" {\n  count = var.busy ? 1 : 0')
    found = edges(project(main=CALL, worker__main=WORKER + some))[POLL]
    assert found.confidence.word == "likely"
    assert found.properties["batch_size"] == 10


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ("provisioned_concurrent_executions = 7", 7),
        ("provisioned_concurrent_executions = var.size", "unknown"),
        ("provisioned_concurrent_executions = 7\n  count = var.busy ? 1 : 0", "unknown"),
    ],
)
def test_what_is_set_for_some_instances_alone_is_not_known(project, config, expected) -> None:
    concurrency = f"""
    resource "aws_lambda_provisioned_concurrency_config" "c" {{
      function_name = aws_lambda_function.f.function_name
      {config}
    }}
    """
    reading = project(main=CALL, worker__main=WORKER + concurrency)
    found = component(reading, "module.worker.aws_lambda_function.f").properties["provisioned_concurrency"]
    assert repr(found) == str(expected)
    assert component(reading, "module.worker.aws_sqs_queue.q").properties == {"delay": 5}


def test_a_single_component_says_how_many_it_is_connected_with(project) -> None:
    reading = project(
        main="""
        resource "aws_sqs_queue" "q" { for_each = toset(["x", "y"]) }
        resource "aws_sns_topic" "all" {}
        resource "aws_sns_topic_subscription" "all" {
          for_each  = aws_sqs_queue.q
          topic_arn = aws_sns_topic.all.arn
          protocol  = "sqs"
          endpoint  = each.value.arn
        }
        resource "aws_sns_topic" "some" {}
        resource "aws_sns_topic_subscription" "some" {
          for_each  = toset(["x"])
          topic_arn = aws_sns_topic.some.arn
          protocol  = "sqs"
          endpoint  = aws_sqs_queue.q[each.key].arn
        }
        resource "aws_lambda_function" "f" { role = aws_iam_role.f.arn }
        resource "aws_iam_role" "f" {
          inline_policy {
            policy = jsonencode({ Statement = [{ Action = "sqs:SendMessage", Resource = values(aws_sqs_queue.q)[*].arn }] })
          }
        }
        """
    )
    found = {
        edge.source.name: (edge.confidence.word, str(edge.properties["instances"]))
        for edge in reading.architecture.connections
    }
    assert found == {"all": ("certain", "2"), "some": ("likely", "unknown"), "f": ("likely", "unknown")}


def test_modules_are_gone_over_by_their_keys(project) -> None:
    reading = project(
        main=CALL
        + """
        resource "aws_sns_topic" "t" {}
        resource "aws_sns_topic_subscription" "s" {
          for_each  = { for key, worker in module.worker : key => worker.arn if key == "orders" }
          topic_arn = aws_sns_topic.t.arn
          protocol  = "sqs"
          endpoint  = each.value
        }
        """,
        worker__main=WORKER + 'output "arn" { value = aws_sqs_queue.q.arn }',
    )
    assert [*edges(reading)] == ["aws_sns_topic.t -> module.worker.aws_sqs_queue.q"]


def test_roles_that_differ_by_instance_all_count(project) -> None:
    reading = project(
        main="""
        resource "aws_sqs_queue" "a" {}
        resource "aws_sqs_queue" "b" {}
        resource "aws_iam_role" "a" {
          inline_policy {
            policy = jsonencode({ Statement = [{ Action = "sqs:SendMessage", Resource = aws_sqs_queue.a.arn }] })
          }
        }
        resource "aws_iam_role" "b" {
          inline_policy {
            policy = jsonencode({ Statement = [{ Action = "sqs:SendMessage", Resource = aws_sqs_queue.b.arn }] })
          }
        }
        resource "aws_lambda_function" "f" {
          for_each = { a = aws_iam_role.a.arn, b = aws_iam_role.b.arn }
          role     = each.value
        }
        """
    )
    assert {*edges(reading)} == {
        "aws_lambda_function.f -> aws_sqs_queue.a",
        "aws_lambda_function.f -> aws_sqs_queue.b",
    }


def test_targets_belong_to_the_rule_at_their_place(project) -> None:
    reading = project(
        main="""
        locals { events = { orders = "placed", refunds = "paid" } }
        resource "aws_cloudwatch_event_rule" "r" {
          for_each      = local.events
          name          = each.key
          event_pattern = jsonencode({ detail-type = [each.value] })
        }
        resource "aws_cloudwatch_event_target" "t" {
          for_each = local.events
          rule     = aws_cloudwatch_event_rule.r[each.key].name
          arn      = each.key == "orders" ? aws_lambda_function.f.arn : aws_lambda_function.g.arn
        }
        resource "aws_cloudwatch_event_target" "any" {
          rule = aws_cloudwatch_event_rule.r[var.one].name
          arn  = aws_sqs_queue.q.arn
        }
        resource "aws_lambda_function" "f" {}
        resource "aws_lambda_function" "g" {}
        resource "aws_sqs_queue" "q" {}
        """
    )
    found = {edge.target.name: edge.properties for edge in reading.architecture.connections}
    assert {name: properties["rule"] for name, properties in found.items()} == {
        "f": "orders",
        "g": "refunds",
        "q": "aws_cloudwatch_event_rule.r",
    }
    assert is_unknown(found["q"]["filter"])


def test_methods_have_the_path_at_their_place(project) -> None:
    reading = project(
        main="""
        locals { paths = { orders = true, refunds = false } }
        resource "aws_api_gateway_rest_api" "rest" {}
        resource "aws_api_gateway_resource" "r" {
          for_each    = local.paths
          rest_api_id = aws_api_gateway_rest_api.rest.id
          parent_id   = aws_api_gateway_rest_api.rest.root_resource_id
          path_part   = each.key
        }
        resource "aws_api_gateway_integration" "i" {
          for_each    = local.paths
          rest_api_id = aws_api_gateway_rest_api.rest.id
          resource_id = aws_api_gateway_resource.r[each.key].id
          http_method = "GET"
          type        = "AWS_PROXY"
          uri         = each.value ? aws_lambda_function.f.invoke_arn : aws_lambda_function.g.invoke_arn
        }
        resource "aws_lambda_function" "f" {}
        resource "aws_lambda_function" "g" {}
        """
    )
    found = {edge.target.name: edge.properties["route"] for edge in reading.architecture.connections}
    assert found == {"f": "GET /orders", "g": "GET /refunds"}
