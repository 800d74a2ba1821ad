"""Stores, devices, workflows, and what roles may do: one small configuration each."""

from __future__ import annotations

import pytest
from importers.terraform.configurations import lines

CASES = {
    "a delivery stream": (
        """
        resource "aws_kinesis_firehose_delivery_stream" "fh" {
          kinesis_source_configuration { kinesis_stream_arn = aws_kinesis_stream.k.arn }
          extended_s3_configuration {
            bucket_arn = aws_s3_bucket.b.arn
            processing_configuration {
              processors {
                type = "Lambda"
                parameters {
                  parameter_name  = "LambdaArn"
                  parameter_value = "${aws_lambda_function.f.arn}:$LATEST"
                }
              }
            }
          }
        }
        """,
        ["fh -> b: deliver", "fh => f: invoke", "k -> fh: deliver"],
    ),
    "policies of AWS's own": (
        """
        data "aws_partition" "here" {}
        data "aws_iam_policy" "tables" { name = "AmazonDynamoDBReadOnlyAccess" }
        resource "aws_iam_role" "r" {
          managed_policy_arns = [
            "arn:aws:iam::aws:policy/AmazonSNSFullAccess",
            "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
          ]
        }
        resource "aws_iam_role_policy_attachment" "q" {
          role       = aws_iam_role.r.name
          policy_arn = "arn:${data.aws_partition.here.partition}:iam::aws:policy/AmazonSQSFullAccess"
        }
        resource "aws_iam_role_policy_attachment" "d" {
          role       = aws_iam_role.r.name
          policy_arn = data.aws_iam_policy.tables.arn
        }
        resource "aws_lambda_function" "f" { role = aws_iam_role.r.arn }
        output "used" { value = [aws_sns_topic.t.arn, aws_sqs_queue.q.arn, aws_dynamodb_table.d.arn] }
        """,
        ["f -> q: send guess", "f -> t: publish guess", "f => d: read guess", "f => q: read guess"],
    ),
    "addresses that are called, and others": (
        """
        resource "aws_lambda_function" "f" {
          environment {
            variables = {
              ALLOWED_ORIGIN = "https://shop.acme.com"
              JWT_ISSUER     = "https://login.acme.com/"
              PAY_URL        = "https://pay.acme.com/v1"
            }
          }
        }
        resource "aws_ecs_task_definition" "task" {
          container_definitions = jsonencode([{
            environment = [
              { name = "ALLOWED_ORIGIN", value = "https://shop.acme.com" },
              { name = "MAIL_URL", value = "https://mail.acme.com/v1" },
            ]
          }])
        }
        resource "aws_ecs_service" "ecs" { task_definition = aws_ecs_task_definition.task.arn }
        """,
        ["ecs => mail-acme-com: invoke guess", "f => pay-acme-com: invoke guess"],
    ),
    "delivery to others": (
        """
        resource "aws_kinesis_firehose_delivery_stream" "splunk" {
          splunk_configuration {
            hec_endpoint = "https://logs.acme.com:443"
            s3_configuration { bucket_arn = aws_s3_bucket.b.arn }
          }
        }
        resource "aws_kinesis_firehose_delivery_stream" "lake" {
          iceberg_configuration {
            catalog_arn = "arn:aws:glue:eu-west-1:1:catalog/s3tablescatalog/${aws_s3tables_table_bucket.facts.name}"
            s3_configuration { bucket_arn = aws_s3_bucket.b.arn }
          }
        }
        resource "aws_kinesis_firehose_delivery_stream" "plain" {
          iceberg_configuration {
            catalog_arn = "arn:aws:glue:eu-west-1:1:catalog"
            s3_configuration { bucket_arn = aws_s3_bucket.b.arn }
          }
        }
        resource "aws_kinesis_firehose_delivery_stream" "dog" {
          http_endpoint_configuration {
            name = "Datadog"
            url  = var.url
          }
        }
        variable "url" {}
        resource "aws_s3tables_table_bucket" "facts" {}
        """,
        [
            "dog -> Datadog: deliver",
            "lake -> b: deliver",
            "lake -> facts: deliver backup=True",
            "plain -> b: deliver",
            "splunk -> b: deliver",
            "splunk -> logs-acme-com: deliver backup=True",
        ],
    ),
    "databases behind a proxy": (
        """
        resource "aws_db_proxy_target" "t" {
          db_proxy_name         = aws_db_proxy.proxy.name
          db_cluster_identifier = aws_rds_cluster.aurora.id
        }
        """,
        ["proxy => aurora: read_write"],
    ),
    "devices and users": (
        """
        resource "aws_iot_topic_rule" "iot" {
          sqs { queue_url = aws_sqs_queue.q.id }
          error_action {
            sns { target_arn = aws_sns_topic.t.arn }
          }
        }
        resource "aws_cognito_user_pool" "pool" {
          lambda_config { pre_sign_up = aws_lambda_function.f.arn }
        }
        resource "aws_appsync_datasource" "s" {
          api_id = aws_appsync_graphql_api.graph.id
          type   = "AMAZON_DYNAMODB"
          dynamodb_config { table_name = aws_dynamodb_table.d.name }
        }
        """,
        ["graph => d: read_write", "iot !> t: on_failure", "iot -> q: deliver", "pool => f: invoke"],
    ),
    "rules of IoT": (
        """
        resource "aws_iot_topic_rule" "doors" {
          enabled = true
          http { url = "https://doors.acme.com/in" }
          cloudwatch_logs { log_group_name = aws_cloudwatch_log_group.logs.name }
          dynamodbv2 {
            put_item { table_name = aws_dynamodb_table.d.name }
          }
        }
        resource "aws_iot_topic_rule" "idle" {
          enabled = false
          sqs { queue_url = aws_sqs_queue.q.id }
        }
        """,
        ["doors -> d: deliver", "doors -> doors-acme-com: deliver", "doors -> logs: deliver"],
    ),
    "alarms of every kind": (
        """
        resource "aws_pipes_pipe" "p" {}
        resource "aws_cloudwatch_metric_alarm" "pipe" { dimensions = { PipeName = aws_pipes_pipe.p.name } }
        resource "aws_cloudwatch_metric_alarm" "graph" { dimensions = { GraphQLAPIId = aws_appsync_graphql_api.graph.id } }
        resource "aws_db_instance" "db" { identifier = "shop" }
        resource "aws_cloudwatch_metric_alarm" "db" { dimensions = { DBInstanceIdentifier = "shop" } }
        """,
        ["db -> db: observe", "graph -> graph: observe", "pipe -> p: observe"],
    ),
    "a state machine": (
        """
        resource "aws_sfn_state_machine" "s" {
          type       = "EXPRESS"
          definition = <<-EOT
            {"StartAt": "a", "States": {
              "a": {"Type": "Task", "Resource": "${aws_lambda_function.f.arn}", "Retry": [{"ErrorEquals": ["States.ALL"]}], "Next": "b"},
              "b": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true,
                    "Parameters": {"QueueUrl": "${aws_sqs_queue.q.url}"}}}}
          EOT
        }
        """,
        ["s -> q: send", "s => f: orchestrate retry=True"],
    ),
    "a state machine whose definition is not at hand": (
        """
        resource "aws_sfn_state_machine" "s" {
          definition = templatefile("gone.json", { check = aws_lambda_function.f.arn, queue = aws_sqs_queue.q.url })
        }
        """,
        [
            "s -> q: send catch=unknown retry=unknown likely",
            "s => f: orchestrate catch=unknown retry=unknown likely",
        ],
    ),
    "permissions of a role": (
        """
        resource "aws_lambda_function" "f" {
          role = aws_iam_role.f.arn
          environment {
            variables = { TABLE = aws_dynamodb_table.d.name, PARTNER = "https://user:hush@api.partner.test/v1" }
          }
        }
        resource "aws_iam_role" "f" {}
        resource "aws_iam_role_policy_attachment" "f" {
          role       = aws_iam_role.f.name
          policy_arn = aws_iam_policy.f.arn
        }
        resource "aws_iam_policy" "f" { policy = data.aws_iam_policy_document.f.json }
        data "aws_iam_policy_document" "f" {
          statement {
            actions   = ["dynamodb:GetItem", "dynamodb:Query"]
            resources = [aws_dynamodb_table.d.arn, "${aws_dynamodb_table.d.arn}/index/*"]
          }
          statement {
            effect    = "Deny"
            actions   = ["s3:PutObject"]
            resources = [aws_s3_bucket.b.arn]
          }
        }
        resource "aws_iam_role_policy" "more" {
          role = aws_iam_role.f.id
          policy = jsonencode({
            Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.q.arn }]
          })
        }
        """,
        [
            "f -> q: send likely",
            "f => api-partner-test: invoke guess",
            "f => d: read likely",
        ],
    ),
    "a policy that cannot be read": (
        """
        variable "more" {}
        resource "aws_lambda_function" "f" { role = aws_iam_role.f.arn }
        resource "aws_iam_role" "f" {
          inline_policy {
            policy = jsondecode(var.more) ? jsonencode({ Resource = aws_dynamodb_table.d.arn }) : null
          }
        }
        """,
        ["f => d: read_write likely"],
    ),
    "a permission alone": (
        """
        resource "aws_lambda_permission" "p" {
          function_name = aws_lambda_function.f.function_name
          principal     = "s3.amazonaws.com"
          source_arn    = aws_s3_bucket.b.arn
        }
        resource "aws_lambda_permission" "q" {
          function_name = aws_lambda_function.g.function_name
          principal     = "sns.amazonaws.com"
          source_arn    = aws_sns_topic.t.arn
        }
        resource "aws_sns_topic_subscription" "s" {
          topic_arn = aws_sns_topic.t.arn
          protocol  = "lambda"
          endpoint  = aws_lambda_function.g.arn
        }
        """,
        ["b -> f: deliver likely", "t -> g: deliver"],
    ),
    "a permission for a rule": (
        """
        data "aws_caller_identity" "me" {}
        resource "aws_lambda_permission" "elsewhere" {
          function_name = aws_lambda_function.f.function_name
          principal     = "events.amazonaws.com"
          source_arn    = "arn:aws:events:eu-west-1:${data.aws_caller_identity.me.account_id}:rule/orders/placed"
        }
        resource "aws_lambda_permission" "on_the_default_bus" {
          function_name = aws_lambda_function.g.function_name
          principal     = "events.amazonaws.com"
          source_arn    = "arn:aws:events:eu-west-1:1:rule/builds"
        }
        resource "aws_cloudwatch_event_rule" "own" {
          name          = "own"
          event_pattern = "{}"
        }
        resource "aws_lambda_permission" "own" {
          function_name = aws_lambda_function.g.function_name
          principal     = "events.amazonaws.com"
          source_arn    = aws_cloudwatch_event_rule.own.arn
        }
        resource "aws_lambda_permission" "thing" {
          function_name = aws_lambda_function.g.function_name
          principal     = "iot.amazonaws.com"
          source_arn    = "arn:aws:iot:eu-west-1:1:rule/doors"
        }
        """,
        ["default -> g: deliver likely", "doors -> g: deliver likely", "orders -> f: deliver likely"],
    ),
    "names and ARNs of what is elsewhere": (
        """
        data "aws_caller_identity" "me" {}
        data "aws_region" "here" {}
        variable "topic_arn" {}
        resource "aws_sns_topic_subscription" "s" {
          topic_arn = var.topic_arn
          protocol  = "lambda"
          endpoint  = aws_lambda_function.f.arn
        }
        resource "aws_lambda_event_source_mapping" "m" {
          event_source_arn = "arn:aws:sqs:${data.aws_region.here.name}:${data.aws_caller_identity.me.account_id}:inbox"
          function_name    = aws_lambda_function.f.arn
        }
        """,
        ["inbox -> f: poll", "var-topic_arn -> f: deliver"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_wiring(name, tmp_path) -> None:
    text, expected = CASES[name]
    assert lines(text, tmp_path) == sorted(expected)
