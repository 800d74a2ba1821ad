"""Every kind of wiring between resources, one small configuration each."""

from __future__ import annotations

from textwrap import dedent

import pytest

from archlint.importers import read

NAMES = {
    "aws_sqs_queue": ("q", "r", "dead"),
    "aws_sns_topic": ("t",),
    "aws_lambda_function": ("f", "g"),
    "aws_dynamodb_table": ("d",),
    "aws_s3_bucket": ("b",),
    "aws_kinesis_stream": ("k",),
    "aws_cloudwatch_event_bus": ("bus",),
    "aws_kinesis_firehose_delivery_stream": ("fh",),
    "aws_api_gateway_rest_api": ("rest",),
    "aws_cognito_user_pool": ("pool",),
    "aws_rds_cluster": ("aurora",),
    "aws_db_proxy": ("proxy",),
    "aws_lb": ("lb",),
    "aws_cloudwatch_log_group": ("logs",),
    "aws_secretsmanager_secret": ("secret",),
    "aws_efs_file_system": ("disk",),
    "aws_ecs_service": ("ecs",),
    "aws_wafv2_web_acl": ("waf",),
    "aws_appsync_graphql_api": ("graph",),
}
"""Resources that a configuration may name without declaring them."""


def lines(text: str, tmp_path) -> list[str]:
    """The connections of a configuration; what it names and does not declare is declared for it."""
    declared = [
        f'resource "{kind}" "{name}" {{}}'
        for kind, names in NAMES.items()
        for name in names
        if f"{kind}.{name}." in text and f'"{kind}" "{name}"' not in text
    ]
    (tmp_path / "main.tf").write_text("\n".join([dedent(text), *declared, ""]))
    architecture = read([tmp_path]).architecture
    return sorted(
        f"{edge.source.name} {edge.style.arrow} {edge.target.name}: {_details(edge)}"
        for edge in architecture.connections
    )


def _details(edge) -> str:
    properties = {key: value for key, value in edge.properties.items() if key != "rule"}
    words = [edge.action, *(f"{key}={value}" for key, value in sorted(properties.items()))]
    return " ".join([*words, *([] if edge.confidence.word == "certain" else [edge.confidence.word])])


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
        """,
        [
            "t !> dead: on_failure attached_to=subscription subscription=a",
            "t -> f: deliver filter=True",
            "t -> hooks-partner-test: deliver",
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
            "hourly -> f: deliver",
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
        ["d -> p: poll batch_size=5", "p !> dead: on_failure", "p -> bus: deliver", "p => f: invoke"],
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
    "a REST API": (
        """
        resource "aws_api_gateway_rest_api" "rest" {}
        resource "aws_api_gateway_resource" "orders" {
          rest_api_id = aws_api_gateway_rest_api.rest.id
          parent_id   = aws_api_gateway_rest_api.rest.root_resource_id
          path_part   = "orders"
        }
        resource "aws_api_gateway_resource" "one" {
          rest_api_id = aws_api_gateway_rest_api.rest.id
          parent_id   = aws_api_gateway_resource.orders.id
          path_part   = "{id}"
        }
        resource "aws_api_gateway_authorizer" "gate" {
          rest_api_id                      = aws_api_gateway_rest_api.rest.id
          authorizer_uri                   = aws_lambda_function.g.invoke_arn
          authorizer_result_ttl_in_seconds = 60
        }
        resource "aws_api_gateway_method" "get" {
          rest_api_id   = aws_api_gateway_rest_api.rest.id
          resource_id   = aws_api_gateway_resource.one.id
          http_method   = "GET"
          authorization = "CUSTOM"
          authorizer_id = aws_api_gateway_authorizer.gate.id
        }
        resource "aws_api_gateway_integration" "get" {
          rest_api_id          = aws_api_gateway_rest_api.rest.id
          resource_id          = aws_api_gateway_method.get.resource_id
          http_method          = aws_api_gateway_method.get.http_method
          type                 = "AWS_PROXY"
          uri                  = aws_lambda_function.f.invoke_arn
          timeout_milliseconds = 9000
        }
        data "aws_region" "here" {}
        resource "aws_api_gateway_integration" "post" {
          rest_api_id = aws_api_gateway_rest_api.rest.id
          resource_id = aws_api_gateway_resource.orders.id
          http_method = "POST"
          type        = "AWS"
          uri         = "arn:aws:apigateway:${data.aws_region.here.name}:sqs:path/123456789012/${aws_sqs_queue.q.name}"
        }
        """,
        [
            "rest -> q: send route=POST /orders",
            "rest => f: invoke route=GET /orders/{id} timeout=9",
            "rest => g: authorize authorizer_ttl=60",
        ],
    ),
    "an HTTP API": (
        """
        resource "aws_apigatewayv2_api" "http" { protocol_type = "HTTP" }
        resource "aws_apigatewayv2_integration" "f" {
          api_id           = aws_apigatewayv2_api.http.id
          integration_type = "AWS_PROXY"
          integration_uri  = aws_lambda_function.f.invoke_arn
        }
        resource "aws_apigatewayv2_integration" "q" {
          api_id              = aws_apigatewayv2_api.http.id
          integration_type    = "AWS_PROXY"
          integration_subtype = "SQS-SendMessage"
          request_parameters  = { QueueUrl = aws_sqs_queue.q.url, MessageBody = "$request.body" }
        }
        resource "aws_apigatewayv2_route" "f" {
          api_id             = aws_apigatewayv2_api.http.id
          route_key          = "GET /"
          target             = "integrations/${aws_apigatewayv2_integration.f.id}"
          authorization_type = "JWT"
          authorizer_id      = aws_apigatewayv2_authorizer.users.id
        }
        resource "aws_apigatewayv2_route" "q" {
          api_id    = aws_apigatewayv2_api.http.id
          route_key = "POST /"
          target    = "integrations/${aws_apigatewayv2_integration.q.id}"
        }
        resource "aws_apigatewayv2_authorizer" "users" {
          api_id          = aws_apigatewayv2_api.http.id
          authorizer_type = "JWT"
          jwt_configuration {
            audience = ["app"]
            issuer   = "https://${aws_cognito_user_pool.pool.endpoint}"
          }
        }
        """,
        [
            "http -> q: send route=POST /",
            "http => f: invoke route=GET /",
            "http => pool: authorize route=GET /",
        ],
    ),
    "an API by its OpenAPI body": (
        """
        resource "aws_api_gateway_rest_api" "rest" {
          body = jsonencode({
            openapi = "3.0.1"
            paths = {
              "/in" = {
                post = {
                  x-amazon-apigateway-integration = { type = "aws_proxy", uri = aws_lambda_function.f.invoke_arn, httpMethod = "POST" }
                }
              }
            }
          })
        }
        """,
        ["rest => f: invoke route=POST /in"],
    ),
    "behind a load balancer": (
        """
        resource "aws_lb_target_group" "g" { target_type = "lambda" }
        resource "aws_lb_target_group_attachment" "g" {
          target_group_arn = aws_lb_target_group.g.arn
          target_id        = aws_lambda_function.f.arn
        }
        resource "aws_lb_listener" "l" {
          load_balancer_arn = aws_lb.lb.arn
          default_action {
            type             = "forward"
            target_group_arn = aws_lb_target_group.g.arn
          }
        }
        resource "aws_wafv2_web_acl_association" "w" {
          web_acl_arn  = aws_wafv2_web_acl.waf.arn
          resource_arn = aws_lb.lb.arn
        }
        resource "aws_lambda_function_url" "u" { function_name = aws_lambda_function.g.function_name }
        """,
        ["lb => f: invoke", "u => g: invoke", "waf => lb: invoke"],
    ),
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


def test_properties(tmp_path) -> None:
    (tmp_path / "main.tf").write_text(
        dedent("""
        resource "aws_lambda_function" "f" {
          timeout                        = 12
          memory_size                    = 512
          reserved_concurrent_executions = -1
          vpc_config { subnet_ids = [aws_subnet.a.id] }
          tracing_config { mode = "Active" }
        }
        resource "aws_subnet" "a" {}
        resource "aws_lambda_function_event_invoke_config" "f" {
          function_name          = aws_lambda_function.f.function_name
          maximum_retry_attempts = 0
        }
        resource "aws_kinesis_stream" "k" {
          retention_period = 48
          stream_mode_details { stream_mode = "ON_DEMAND" }
        }
        resource "aws_db_instance" "db" {
          parameter_group_name = aws_db_parameter_group.db.name
          skip_final_snapshot  = true
          publicly_accessible  = true
        }
        resource "aws_db_parameter_group" "db" {
          parameter {
            name  = "max_connections"
            value = "120"
          }
        }
        resource "aws_rds_cluster" "aurora" { enable_http_endpoint = true }
        resource "aws_rds_cluster_instance" "one" {
          count              = 3
          cluster_identifier = aws_rds_cluster.aurora.id
        }
        resource "aws_cloudwatch_log_group" "l" { retention_in_days = 14 }
        resource "aws_scheduler_schedule" "s" { schedule_expression = "rate(10 minutes)" }
        resource "aws_apigatewayv2_api" "ws" { protocol_type = "WEBSOCKET" }
        resource "aws_apigatewayv2_stage" "ws" {
          api_id = aws_apigatewayv2_api.ws.id
          default_route_settings {
            throttling_rate_limit  = 50
            throttling_burst_limit = 100
          }
        }
        resource "aws_sfn_state_machine" "m" {
          type = "EXPRESS"
          tracing_configuration { enabled = true }
          definition = jsonencode({ StartAt = "w", States = { w = { Type = "Wait", Seconds = 400, End = true } } })
        }
        resource "aws_sqs_queue" "q" {
          message_retention_seconds = 1209600
          tags                      = { "archlint:service" = "billing" }
        }
        """)
    )
    architecture = read([tmp_path]).architecture
    found = {component.name: dict(component.properties) for component in architecture.components}
    assert found == {
        "f": {"timeout": 12, "memory": 512, "vpc": True, "tracing": True, "retry_attempts": 0},
        "k": {"retention": 172800, "mode": "on_demand", "retained": False},
        "db": {"public": True, "retained": False, "max_connections": 120},
        "aurora": {"data_api": True, "retained": True, "read_replicas": 2},
        "l": {"retention": 1209600},
        "s": {"rate": 600},
        "ws": {"throttle": {"rate": 50, "burst": 100}},
        "m": {"workflow": "express", "tracing": True, "expected_duration": 400},
        "q": {"retention": 1209600},
    }
    assert next(c.service for c in architecture.components if c.name == "q") == "billing"


def test_well_known_registry_modules(tmp_path) -> None:
    (tmp_path / "main.tf").write_text(
        dedent("""
        module "fn" {
          source        = "terraform-aws-modules/lambda/aws"
          version       = "~> 7.0"
          function_name = "fn"
          timeout       = 20
          event_source_mapping = {
            queue = { event_source_arn = module.queue.queue_arn, scaling_config = { maximum_concurrency = 5 } }
          }
        }
        module "queue" {
          source     = "git::https://github.com/terraform-aws-modules/terraform-aws-sqs.git?ref=v4"
          name       = "orders"
          create_dlq = true
        }
        module "news" {
          source        = "terraform-aws-modules/sns/aws"
          subscriptions = { queue = { protocol = "sqs", endpoint = module.queue.queue_arn } }
        }
        module "api" {
          source = "terraform-aws-modules/apigateway-v2/aws"
          routes = {
            "GET /a"  = { integration = { uri = module.fn.lambda_function_arn } }
            "POST /b" = { integration = { uri = module.fn.lambda_function_arn, timeout_milliseconds = 5000 } }
          }
        }
        module "network" { source = "terraform-aws-modules/vpc/aws" }
        """)
    )
    reading = read([tmp_path])
    assert {f"{edge.source.id} {edge.style.arrow} {edge.target.id}" for edge in reading.architecture.connections} == {
        "module.api.aws_apigatewayv2_api.this => module.fn.aws_lambda_function.this",
        "module.news.aws_sns_topic.this -> module.queue.aws_sqs_queue.this",
        "module.queue.aws_sqs_queue.this !> module.queue.aws_sqs_queue.dlq",
        "module.queue.aws_sqs_queue.this -> module.fn.aws_lambda_function.this",
    }
    routes = {edge.properties.get("route") for edge in reading.architecture.connections} - {None}
    assert routes == {"GET /a", "POST /b"}
    assert {reading.span(component.site).path for component in reading.architecture.components} == {
        reading.span(reading.architecture.components[0].site).path
    }
    assert reading.span(reading.architecture.by_id["module.queue.aws_sqs_queue.dlq"].site).line == 11


def test_what_the_configuration_refers_to_is_not_alone(tmp_path):
    (tmp_path / "main.tf").write_text(
        dedent("""\
        resource "aws_s3_bucket" "code" {}
        resource "aws_s3_bucket" "code-too" {}
        resource "aws_sqs_queue" "given" {}
        resource "aws_sqs_queue" "alone" {}
        resource "aws_s3_object" "zip" { bucket = aws_s3_bucket.code.id }
        module "other" {
          source = "example.com/other"
          queue  = aws_sqs_queue.given.arn
        }
        """)
    )
    components = read([tmp_path]).architecture.components
    assert [one.id for one in components if not one.mentioned] == ["aws_s3_bucket.code-too", "aws_sqs_queue.alone"]
