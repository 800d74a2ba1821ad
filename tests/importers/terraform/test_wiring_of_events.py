"""Who is started, filled or told by whom: one small configuration each."""

from __future__ import annotations

import pytest
from importers.terraform.configurations import lines

CASES = {
    "mapping": (
        """
        resource "aws_lambda_alias" "live" { function_name = aws_lambda_function.f.function_name }
        resource "aws_lambda_event_source_mapping" "m" {
          event_source_arn                   = aws_sqs_queue.q.arn
          function_name                      = aws_lambda_alias.live.arn
          batch_size                         = 100
          maximum_batching_window_in_seconds = 5
          function_response_types            = ["ReportBatchItemFailures"]
          scaling_config { maximum_concurrency = 7 }
          filter_criteria {
            filter { pattern = jsonencode({ body = { kind = ["new"] } }) }
          }
        }
        """,
        [
            "q -> f: poll batch_size=100 batching_window=5 filter=True maximum_concurrency=7 report_batch_item_failures=True"
        ],
    ),
    "stream mapping with its own consumer and failures": (
        """
        resource "aws_kinesis_stream_consumer" "c" { stream_arn = aws_kinesis_stream.k.arn }
        resource "aws_lambda_event_source_mapping" "m" {
          event_source_arn              = aws_kinesis_stream_consumer.c.arn
          function_name                 = aws_lambda_function.f.arn
          starting_position             = "LATEST"
          parallelization_factor        = 2
          maximum_record_age_in_seconds = 3600
          destination_config {
            on_failure { destination_arn = aws_sqs_queue.dead.arn }
          }
        }
        """,
        [
            "f !> dead: on_failure attached_to=mapping",
            "k -> f: poll enhanced_fan_out=True maximum_record_age=3600 parallelization_factor=2",
        ],
    ),
    "failed batches of Kafka in another topic of the cluster": (
        """
        resource "aws_msk_cluster" "brokers" { cluster_name = "brokers" }
        resource "aws_lambda_event_source_mapping" "m" {
          event_source_arn  = aws_msk_cluster.brokers.arn
          function_name     = aws_lambda_function.f.arn
          topics            = ["orders"]
          starting_position = "LATEST"
          destination_config {
            on_failure { destination_arn = "kafka://failed-orders" }
          }
        }
        """,
        ["f !> brokers: on_failure attached_to=mapping", "brokers -> f: poll"],
    ),
    "a Kafka cluster of one's own, named by its first broker": (
        """
        resource "aws_lambda_event_source_mapping" "m" {
          function_name = aws_lambda_function.f.arn
          topics        = ["orders"]
          self_managed_event_source {
            endpoints = { KAFKA_BOOTSTRAP_SERVERS = "one.example.com:9092,two.example.com:9092" }
          }
        }
        """,
        ["one-example-com -> f: poll"],
    ),
    "a mapping that is switched off by a text": (
        """
        resource "aws_lambda_event_source_mapping" "m" {
          event_source_arn = aws_sqs_queue.q.arn
          function_name    = aws_lambda_function.f.arn
          enabled          = "false"
        }
        """,
        [],
    ),
    "invocation settings": (
        """
        resource "aws_lambda_function_event_invoke_config" "c" {
          function_name = aws_lambda_function.f.function_name
          destination_config {
            on_failure { destination = aws_sqs_queue.dead.arn }
            on_success { destination = aws_sns_topic.t.arn }
          }
        }
        """,
        ["f !> dead: on_failure attached_to=function", "f -> t: on_success"],
    ),
    "subscriptions": (
        """
        resource "aws_sns_topic_subscription" "a" {
          topic_arn      = aws_sns_topic.t.arn
          protocol       = "sqs"
          endpoint       = aws_sqs_queue.q.arn
          redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn })
        }
        resource "aws_sns_topic_subscription" "b" {
          topic_arn     = aws_sns_topic.t.id
          protocol      = "lambda"
          endpoint      = aws_lambda_function.f.arn
          filter_policy = jsonencode({ kind = ["new"] })
        }
        resource "aws_sns_topic_subscription" "c" {
          topic_arn = aws_sns_topic.t.arn
          protocol  = "https"
          endpoint  = "https://hooks.partner.test/in"
        }
        resource "aws_sns_topic_subscription" "d" {
          topic_arn = aws_sns_topic.t.arn
          protocol  = "https"
          endpoint  = "https://hooks.shop.example.com/in"
        }
        resource "aws_apigatewayv2_api" "a" { protocol_type = "HTTP" }
        resource "aws_sns_topic_subscription" "e" {
          topic_arn = aws_sns_topic.t.arn
          protocol  = "https"
          endpoint  = "${aws_apigatewayv2_api.a.api_endpoint}/in"
        }
        """,
        [
            "t !> dead: on_failure attached_to=subscription subscription=a",
            "t -> f: deliver filter=True",
            "t -> a: deliver",
            "t -> hooks-partner-test: deliver",
            "t -> hooks-shop-example-com: deliver",
            "t -> q: deliver subscription=a",
        ],
    ),
    "redrive by a text with parts, and by a resource of its own": (
        """
        resource "aws_sqs_queue" "q" {
          redrive_policy = <<-EOT
            {"deadLetterTargetArn": "${aws_sqs_queue.dead.arn}", "maxReceiveCount": ${2 + 1}}
          EOT
        }
        resource "aws_sqs_queue_redrive_policy" "r" {
          queue_url      = aws_sqs_queue.r.id
          redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn })
        }
        """,
        ["q !> dead: redrive attached_to=queue max_receives=3", "r !> dead: redrive attached_to=queue"],
    ),
    "rules, schedules and their dead letters": (
        """
        resource "aws_cloudwatch_event_rule" "orders" {
          event_bus_name = aws_cloudwatch_event_bus.bus.name
          event_pattern  = jsonencode({ source = ["orders"] })
        }
        resource "aws_cloudwatch_event_target" "orders" {
          rule           = aws_cloudwatch_event_rule.orders.name
          event_bus_name = aws_cloudwatch_event_bus.bus.name
          arn            = aws_sqs_queue.q.arn
          dead_letter_config { arn = aws_sqs_queue.dead.arn }
        }
        resource "aws_cloudwatch_event_rule" "hourly" { schedule_expression = "rate(1 hour)" }
        resource "aws_cloudwatch_event_target" "hourly" {
          rule = aws_cloudwatch_event_rule.hourly.id
          arn  = aws_lambda_function.f.arn
        }
        resource "aws_scheduler_schedule" "daily" {
          schedule_expression = "cron(0 3 * * ? *)"
          target {
            arn = aws_lambda_function.g.arn
            dead_letter_config { arn = aws_sqs_queue.dead.arn }
          }
        }
        resource "aws_scheduler_schedule" "direct" {
          schedule_expression = "rate(5 minutes)"
          target {
            arn   = "arn:aws:scheduler:::aws-sdk:sqs:sendMessage"
            input = jsonencode({ QueueUrl = aws_sqs_queue.r.url, MessageBody = "tick" })
          }
        }
        """,
        [
            "bus !> dead: on_failure attached_to=target subscription=orders",
            "bus -> q: deliver filter=True subscription=orders",
            "daily !> dead: on_failure attached_to=target",
            "daily -> g: deliver",
            "direct -> r: deliver",
            "hourly -> f: deliver legacy=True",
        ],
    ),
    "a pipe": (
        """
        resource "aws_pipes_pipe" "p" {
          source     = aws_dynamodb_table.d.stream_arn
          enrichment = aws_lambda_function.f.arn
          target     = aws_cloudwatch_event_bus.bus.arn
          source_parameters {
            dynamodb_stream_parameters {
              batch_size = 5
              dead_letter_config { arn = aws_sqs_queue.dead.arn }
            }
          }
        }
        """,
        ["d -> p: poll batch_size=5", "p !> dead: on_failure", "p -> bus: publish", "p => f: invoke"],
    ),
    "what pipes hand over, and how": (
        """
        resource "aws_pipes_pipe" "waits" {
          source = aws_kinesis_stream.k.arn
          target = aws_lambda_function.f.arn
          source_parameters {
            kinesis_stream_parameters { on_partial_batch_item_failure = "AUTOMATIC_BISECT" }
          }
          target_parameters {
            lambda_function_parameters { invocation_type = "REQUEST_RESPONSE" }
          }
        }
        resource "aws_pipes_pipe" "starts" {
          source = aws_sqs_queue.q.arn
          target = aws_lambda_function.g.arn
          target_parameters {
            lambda_function_parameters { invocation_type = "FIRE_AND_FORGET" }
          }
        }
        resource "aws_pipes_pipe" "runs" {
          source = aws_sqs_queue.q.arn
          target = aws_sfn_state_machine.s.arn
          target_parameters {
            step_function_state_machine_parameters { invocation_type = "REQUEST_RESPONSE" }
          }
        }
        resource "aws_sfn_state_machine" "s" {}
        resource "aws_pipes_pipe" "sends" {
          source = aws_sqs_queue.q.arn
          target = aws_sqs_queue.r.arn
        }
        """,
        [
            "k -> waits: poll bisect_on_error=True",
            "q -> runs: poll",
            "q -> sends: poll",
            "q -> starts: poll",
            "runs => s: invoke",
            "sends -> r: send",
            "starts -> g: deliver",
            "waits => f: invoke",
        ],
    ),
    "bucket notifications": (
        """
        resource "aws_s3_bucket_notification" "n" {
          bucket      = aws_s3_bucket.b.id
          eventbridge = true
          lambda_function {
            lambda_function_arn = aws_lambda_function.f.arn
            events              = ["s3:ObjectCreated:*"]
            filter_prefix       = "in/"
            filter_suffix       = ".csv"
          }
          queue {
            queue_arn = aws_sqs_queue.q.arn
            events    = ["s3:ObjectRemoved:*", "s3:ObjectCreated:*"]
          }
        }
        """,
        [
            "b -> default: deliver",
            "b -> f: deliver event=s3:ObjectCreated:* prefix=in/ suffix=.csv",
            "b -> q: deliver event=s3:ObjectRemoved:*, s3:ObjectCreated:*",
        ],
    ),
    "log filters, alarms, files": (
        """
        resource "aws_cloudwatch_log_subscription_filter" "s" {
          log_group_name  = aws_cloudwatch_log_group.logs.name
          destination_arn = aws_lambda_function.f.arn
          filter_pattern  = "ERROR"
        }
        resource "aws_cloudwatch_metric_alarm" "age" {
          metric_name   = "ApproximateAgeOfOldestMessage"
          dimensions    = { QueueName = aws_sqs_queue.q.name }
          alarm_actions = [aws_sns_topic.t.arn]
        }
        resource "aws_efs_access_point" "a" { file_system_id = aws_efs_file_system.disk.id }
        resource "aws_lambda_function" "f" {
          file_system_config {
            arn = aws_efs_access_point.a.arn
          }
        }
        """,
        ["age -> q: observe", "f => disk: read_write", "logs -> f: deliver filter=True"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_wiring(name, tmp_path) -> None:
    text, expected = CASES[name]
    assert lines(text, tmp_path) == sorted(expected)
