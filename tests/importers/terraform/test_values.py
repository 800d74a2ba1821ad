"""Variables, locals, conditions, counts: what a value comes to, and what stays unknown."""

from __future__ import annotations

from pathlib import Path

import pytest
from importers.terraform.configurations import component, edges

from archlint.importers import read
from archlint.lint import check
from archlint.model import is_unknown


def test_variables_locals_and_files_of_values(project) -> None:
    reading = project(
        main="""
        variable "seconds" { default = 40 }
        variable "days" { default = 4 }
        variable "name" {}
        locals { doubled = var.seconds * 2 }
        resource "aws_sqs_queue" "a" {
          name                       = "q-${var.name}"
          visibility_timeout_seconds = local.doubled
          message_retention_seconds  = var.days * 86400
          delay_seconds              = var.unheard
        }
        """,
        terraform_tfvars='name = "x"\ndays = 7',
        more_auto_tfvars="days = 9\nextra = 1",
    )
    queue = component(reading, "aws_sqs_queue.a")
    assert queue.properties["visibility_timeout"] == 80
    assert queue.properties["retention"] == 7 * 86400
    assert is_unknown(queue.properties["delay"])


def test_files_of_values_are_told_by_how_their_names_end(tmp_path) -> None:
    values = {
        "main.tf": 'variable "s" {}\nresource "aws_sqs_queue" "q" { visibility_timeout_seconds = var.s }\n',
        "terraform.tfvars": "s = 1",
        "terraform.tfvars.json": '{"s": 2}',
        "a.auto.tfvars": "s = 3",
        "b.auto.tfvars.json": '{"s": 4}',
        "c.auto.tfvars": "s = 5",
    }
    for name, text in values.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "d.auto.tfvars.example").write_text("s = 6")
    for name, expected in reversed([(name, number) for number, name in enumerate(values)][1:]):
        assert component(read([tmp_path]), "aws_sqs_queue.q").properties["visibility_timeout"] == expected
        (tmp_path / name).unlink()


def test_what_rests_on_a_default_is_likely(project) -> None:
    reading = project(
        main="""
        variable "failed_to" { default = "b" }
        resource "aws_sqs_queue" "b" { name = "b" }
        resource "aws_sqs_queue" "c" { name = "c" }
        resource "aws_lambda_function" "f" {
          dead_letter_config { target_arn = var.failed_to == "b" ? aws_sqs_queue.b.arn : aws_sqs_queue.c.arn }
        }
        """
    )
    (edge,) = edges(reading).values()
    assert edge.target.id == "aws_sqs_queue.b"
    assert edge.confidence.word == "likely"


def test_a_condition_that_is_not_known_leaves_both(project) -> None:
    reading = project(
        main="""
        variable "first" {}
        resource "aws_sqs_queue" "b" {}
        resource "aws_sqs_queue" "c" {}
        resource "aws_lambda_function" "f" {
          timeout = var.first ? 10 : 20
          dead_letter_config { target_arn = var.first ? aws_sqs_queue.b.arn : aws_sqs_queue.c.arn }
        }
        """
    )
    assert {(edge.target.id, edge.confidence.word) for edge in edges(reading).values()} == {
        ("aws_sqs_queue.b", "likely"),
        ("aws_sqs_queue.c", "likely"),
    }
    assert is_unknown(component(reading, "aws_lambda_function.f").properties["timeout"])


def test_count_and_for_each_are_one_component(project) -> None:
    reading = project(
        main="""
        variable "workers" { default = ["a", "b"] }
        resource "aws_sns_topic" "t" {}
        resource "aws_sqs_queue" "dead" { count = 0 }
        resource "aws_sqs_queue" "q" {
          for_each                   = toset(["x", "y", "z"])
          name                       = each.key
          visibility_timeout_seconds = each.key == "x" ? 60 : 90
          delay_seconds              = 5
        }
        resource "aws_sns_topic_subscription" "s" {
          for_each  = aws_sqs_queue.q
          topic_arn = aws_sns_topic.t.arn
          protocol  = "sqs"
          endpoint  = each.value.arn
        }
        resource "aws_sns_topic_subscription" "by_key" {
          for_each  = toset(["x", "y"])
          topic_arn = aws_sns_topic.t.arn
          protocol  = "sqs"
          endpoint  = aws_sqs_queue.q[each.value].arn
        }
        """
    )
    assert [c.id for c in reading.architecture.components] == ["aws_sns_topic.t", "aws_sqs_queue.q"]
    queue = component(reading, "aws_sqs_queue.q")
    assert queue.properties["delay"] == 5
    assert is_unknown(queue.properties["visibility_timeout"])
    edge = edges(reading)["aws_sns_topic.t -> aws_sqs_queue.q"]
    assert edge.properties["instances"] == 3
    assert edge.confidence.word == "certain"


def test_instances_that_an_expression_tells_apart_are_components_of_their_own(project) -> None:
    reading = project(
        main="""
        locals { queues = { orders = 60, refunds = 90 } }
        resource "aws_sqs_queue" "dead" {
          for_each = local.queues
          name     = "${each.key}-dead"
        }
        resource "aws_sqs_queue" "main" {
          for_each                   = local.queues
          visibility_timeout_seconds = each.value
          redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead[each.key].arn, maxReceiveCount = 3 })
        }
        resource "aws_lambda_function" "pay" {}
        resource "aws_lambda_event_source_mapping" "pay" {
          event_source_arn = aws_sqs_queue.main["refunds"].arn
          function_name    = aws_lambda_function.pay.arn
        }
        resource "aws_lambda_function" "each" { for_each = aws_sqs_queue.main }
        resource "aws_lambda_event_source_mapping" "each" {
          for_each         = aws_sqs_queue.main
          event_source_arn = each.value.arn
          function_name    = aws_lambda_function.each[each.key].arn
        }
        resource "aws_sns_topic" "news" {}
        resource "aws_sns_topic_subscription" "all" {
          for_each  = { for name, queue in aws_sqs_queue.main : name => queue.arn if name != "orders" }
          topic_arn = aws_sns_topic.news.arn
          protocol  = "sqs"
          endpoint  = each.value
        }
        """
    )
    assert component(reading, 'aws_sqs_queue.main["orders"]').properties["visibility_timeout"] == 60
    assert {*edges(reading)} == {
        'aws_sqs_queue.main["orders"] !> aws_sqs_queue.dead["orders"]',
        'aws_sqs_queue.main["refunds"] !> aws_sqs_queue.dead["refunds"]',
        'aws_sqs_queue.main["refunds"] -> aws_lambda_function.pay',
        'aws_sqs_queue.main["orders"] -> aws_lambda_function.each["orders"]',
        'aws_sqs_queue.main["refunds"] -> aws_lambda_function.each["refunds"]',
        'aws_sns_topic.news -> aws_sqs_queue.main["refunds"]',
    }
    assert all("instances" not in edge.properties for edge in reading.architecture.connections)


def test_counted_instances_are_told_apart_by_their_numbers(project) -> None:
    reading = project(
        main="""
        resource "aws_sqs_queue" "q" { count = 2 }
        resource "aws_lambda_function" "f" {
          dead_letter_config { target_arn = aws_sqs_queue.q[1].arn }
        }
        resource "aws_lambda_function" "g" {
          dead_letter_config { target_arn = aws_sqs_queue.q[var.which].arn }
        }
        variable "which" {}
        """
    )
    assert {(name, edge.confidence.word) for name, edge in edges(reading).items()} == {
        ("aws_lambda_function.f !> aws_sqs_queue.q[1]", "certain"),
        ("aws_lambda_function.g !> aws_sqs_queue.q[0]", "likely"),
        ("aws_lambda_function.g !> aws_sqs_queue.q[1]", "likely"),
    }


def test_no_loop_is_made_of_what_two_instances_do(project, rulebook) -> None:
    reading = project(
        main="""
        resource "aws_sqs_queue" "q" { for_each = toset(["in", "out"]) }
        resource "aws_lambda_function" "f" {}
        resource "aws_lambda_event_source_mapping" "f" {
          event_source_arn = aws_sqs_queue.q["in"].arn
          function_name    = aws_lambda_function.f.arn
        }
        resource "aws_lambda_function_event_invoke_config" "f" {
          function_name = aws_lambda_function.f.function_name
          destination_config {
            on_success { destination = aws_sqs_queue.q["out"].arn }
          }
        }
        """
    )
    assert "recursive-async-loop" not in {finding.rule for finding in check(reading.architecture, rulebook).findings}


def test_each_instance_of_a_connection_is_followed(project) -> None:
    reading = project(
        main="""
        locals {
          routes = { fast = { queue = aws_sqs_queue.fast.arn, size = 1 }, slow = { queue = aws_sqs_queue.slow.arn, size = 10 } }
        }
        resource "aws_sqs_queue" "fast" {}
        resource "aws_sqs_queue" "slow" {}
        resource "aws_lambda_function" "f" {}
        resource "aws_lambda_event_source_mapping" "m" {
          for_each         = { for name, route in local.routes : name => route if name != "none" }
          event_source_arn = each.value.queue
          function_name    = aws_lambda_function.f.arn
          batch_size       = each.value.size
        }
        """
    )
    found = edges(reading)
    assert found["aws_sqs_queue.fast -> aws_lambda_function.f"].properties == {"batch_size": 1}
    assert found["aws_sqs_queue.slow -> aws_lambda_function.f"].properties == {"batch_size": 10}


def test_unknown_values_stay_unknown(project) -> None:
    reading = project(
        main="""
        variable "prefix" {}
        resource "aws_s3_bucket" "b" {}
        resource "aws_lambda_function" "f" {}
        resource "aws_s3_bucket_notification" "n" {
          bucket = aws_s3_bucket.b.id
          lambda_function {
            lambda_function_arn = aws_lambda_function.f.arn
            events              = var.prefix
            filter_prefix       = var.prefix
          }
        }
        """
    )
    (edge,) = edges(reading).values()
    assert is_unknown(edge.properties["prefix"])
    assert is_unknown(edge.properties["event"])


def test_a_dynamic_block_that_may_not_be_there_is_likely(project) -> None:
    main = """
    variable "keep" %s
    resource "aws_sqs_queue" "q" {}
    resource "aws_sqs_queue" "dead" {}
    resource "aws_lambda_function" "f" {
      dynamic "dead_letter_config" {
        for_each = var.keep ? [1] : []
        content { target_arn = aws_sqs_queue.dead.arn }
      }
    }
    resource "aws_lambda_event_source_mapping" "m" {
      event_source_arn = aws_sqs_queue.q.arn
      function_name    = aws_lambda_function.f.arn
      dynamic "scaling_config" {
        for_each = var.keep ? [1] : []
        content { maximum_concurrency = 5 }
      }
    }
    """
    for variable, concurrency in (("{}", "unknown"), ("{ default = true }", "5")):
        found = edges(project(main=main % variable))
        assert found["aws_lambda_function.f !> aws_sqs_queue.dead"].confidence.word == "likely"
        mapping = found["aws_sqs_queue.q -> aws_lambda_function.f"]
        assert (mapping.confidence.word, str(mapping.properties["maximum_concurrency"])) == ("certain", concurrency)


@pytest.mark.parametrize("delay", ['"inf"', '"nan"', 'tonumber("infinity")', "local.l24", "local.l24 / 3"])
def test_numbers_beyond_measure_are_not_known(project, delay) -> None:
    squares = "".join(f"l{n + 1} = local.l{n} * local.l{n}\n" for n in range(24))
    reading = project(
        main=f'locals {{\nl0 = {"9" * 300}\n{squares}}}\nresource "aws_sqs_queue" "q" {{ delay_seconds = {delay} }}'
    )
    assert is_unknown(component(reading, "aws_sqs_queue.q").properties["delay"])


def test_numbers_with_an_exponent(project) -> None:
    reading = project(
        main="""
        resource "aws_sqs_queue" "q" { # 3e1 seconds
          name                       = "q3e1"
          visibility_timeout_seconds = 3e1
          message_retention_seconds  = 1 + 12E+2 * 5e-1
          delay_seconds              = 1.5e1
          redrive_policy             = jsonencode({ maxReceiveCount = 1e1, deadLetterTargetArn = aws_sqs_queue.dead.arn })
        }
        resource "aws_sqs_queue" "dead" {}
        """,
        other_tf_json='{"resource": {"aws_sqs_queue": {"far": {"delay_seconds": 3e1, "name": "1e3"}}}}',
    )
    queue = component(reading, "aws_sqs_queue.q")
    assert dict(queue.properties) == {"visibility_timeout": 30, "retention": 601, "delay": 15}
    span = reading.span(edges(reading)["aws_sqs_queue.q !> aws_sqs_queue.dead"].site)
    line = Path("main.tf").read_text().splitlines()[span.line - 1]
    assert line[span.column - 1 :].startswith("jsonencode(")
    assert span.end_column == len(line) + 1
