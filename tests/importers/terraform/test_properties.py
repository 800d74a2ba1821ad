"""What the arguments of resources say of components."""

from __future__ import annotations

from textwrap import dedent

from archlint.importers import read
from archlint.model import UNKNOWN


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
        resource "aws_cognito_user_pool" "lost" {}
        resource "aws_cognito_user_pool" "safe" { deletion_protection = "ACTIVE" }
        resource "aws_cloudwatch_log_group" "l" {
          name              = "/app"
          retention_in_days = 14
        }
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
        "lost": {"retained": False},
        "safe": {"retained": True},
        "l": {"retention": 1209600},
        "s": {"rate": 600},
        "ws": {"throttle": {"rate": 50, "burst": 100}},
        "m": {"workflow": "express", "tracing": True, "expected_duration": 400},
        "q": {"retention": 1209600},
    }
    assert next(c.service for c in architecture.components if c.name == "q") == "billing"


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


def test_what_calls_an_interface_of_aws_is_not_alone(tmp_path):
    (tmp_path / "main.tf").write_text(
        dedent("""\
        resource "aws_scheduler_schedule" "stop" {
          schedule_expression = "rate(1 day)"
          target { arn = "arn:aws:scheduler:::aws-sdk:rds:stopDBInstance" }
        }
        resource "aws_scheduler_schedule" "idle" { schedule_expression = "rate(1 day)" }
        resource "aws_cloudwatch_event_rule" "nightly" { schedule_expression = "rate(1 day)" }
        resource "aws_cloudwatch_event_target" "build" {
          rule = aws_cloudwatch_event_rule.nightly.name
          arn  = aws_codebuild_project.site.arn
        }
        """)
    )
    components = read([tmp_path]).architecture.components
    assert [one.id for one in components if not one.mentioned] == ["aws_scheduler_schedule.idle"]


def test_an_outside_system_that_a_module_is_given_is_not_alone(tmp_path):
    (tmp_path / "main.tf").write_text(
        dedent("""\
        resource "aws_cloudwatch_event_api_destination" "paper" {
          invocation_endpoint = "https://paper.example.com"
          http_method         = "POST"
        }
        module "pipes" {
          source = "example.com/pipes"
          target = aws_cloudwatch_event_api_destination.paper.arn
        }
        """)
    )
    assert [one.mentioned for one in read([tmp_path]).architecture.components] == [True]


def test_whether_a_bucket_is_emptied_before_it_is_deleted(tmp_path) -> None:
    (tmp_path / "main.tf").write_text(
        dedent("""
        variable "empty" { type = bool }
        resource "aws_s3_bucket" "scans" {}
        resource "aws_s3_bucket" "previews" { force_destroy = true }
        resource "aws_s3_bucket" "prints" { force_destroy = var.empty }
        """)
    )
    found = {one.id: one.properties.get("emptied") for one in read([tmp_path]).architecture.components}
    assert found == {
        "aws_s3_bucket.scans": None,
        "aws_s3_bucket.previews": True,
        "aws_s3_bucket.prints": UNKNOWN,
    }
