"""What stands around functions: tasks, networks, data sources, distributions, logs; one small configuration each."""

from __future__ import annotations

from textwrap import dedent

import pytest

from archlint.importers import read

CASES = {
    "a task with a role and an environment": (
        """
        resource "aws_sqs_queue" "q" {}
        resource "aws_dynamodb_table" "d" {}
        resource "aws_iam_role" "task" {}
        resource "aws_iam_role_policy" "task" {
          role   = aws_iam_role.task.id
          policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["sqs:ReceiveMessage"], Resource = aws_sqs_queue.q.arn }] })
        }
        resource "aws_ecs_task_definition" "task" {
          task_role_arn         = aws_iam_role.task.arn
          container_definitions = jsonencode([{ name = "c", environment = [{ name = "T", value = aws_dynamodb_table.d.name }] }])
        }
        resource "aws_cloudwatch_event_rule" "nightly" { schedule_expression = "cron(0 1 * * ? *)" }
        resource "aws_cloudwatch_event_target" "nightly" {
          rule = aws_cloudwatch_event_rule.nightly.name
          arn  = "arn:aws:ecs:eu-west-1:1:cluster/c"
          ecs_target { task_definition_arn = aws_ecs_task_definition.task.arn }
        }
        """,
        ["nightly -> task: deliver", "task => d: read_write (guess)", "task => q: read (likely)"],
    ),
    "App Runner": (
        """
        resource "aws_dynamodb_table" "d" {}
        resource "aws_apprunner_service" "a" {
          source_configuration {
            image_repository {
              image_configuration { runtime_environment_variables = { T = aws_dynamodb_table.d.name } }
            }
          }
        }
        """,
        ["a => d: read_write (guess)"],
    ),
    "security groups": (
        """
        resource "aws_security_group" "ours" {}
        resource "aws_security_group" "theirs" {
          ingress { security_groups = [aws_security_group.ours.id] }
        }
        resource "aws_security_group" "cache" {}
        resource "aws_vpc_security_group_ingress_rule" "cache" {
          security_group_id            = aws_security_group.cache.id
          referenced_security_group_id = aws_security_group.ours.id
        }
        resource "aws_lambda_function" "f" {
          vpc_config {
            subnet_ids         = ["s"]
            security_group_ids = [aws_security_group.ours.id]
          }
        }
        resource "aws_lambda_function" "g" {}
        resource "aws_db_instance" "db" { vpc_security_group_ids = [aws_security_group.theirs.id] }
        resource "aws_elasticache_replication_group" "c" { security_group_ids = [aws_security_group.cache.id] }
        """,
        ["f => c: read_write (guess)", "f => db: read_write (guess)"],
    ),
    "data sources of GraphQL by their roles": (
        """
        resource "aws_appsync_graphql_api" "a" {}
        resource "aws_dynamodb_table" "d" {}
        resource "aws_sfn_state_machine" "s" {}
        resource "aws_iam_role" "d" {
          inline_policy { policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["dynamodb:GetItem"], Resource = aws_dynamodb_table.d.arn }] }) }
        }
        resource "aws_iam_role" "s" {
          inline_policy { policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "states:StartSyncExecution", Resource = aws_sfn_state_machine.s.arn }] }) }
        }
        resource "aws_appsync_datasource" "d" {
          api_id           = aws_appsync_graphql_api.a.id
          service_role_arn = aws_iam_role.d.arn
          dynamodb_config { table_name = aws_dynamodb_table.d.name }
        }
        resource "aws_appsync_datasource" "s" {
          api_id           = aws_appsync_graphql_api.a.id
          service_role_arn = aws_iam_role.s.arn
          http_config { endpoint = "https://sync-states.eu-west-1.amazonaws.com/" }
        }
        """,
        ["a => d: read", "a => s: invoke (likely)"],
    ),
    "a distribution": (
        """
        resource "aws_lambda_function" "f" {}
        resource "aws_cloudfront_distribution" "c" {
          origin { domain_name = "www.shop.dev" }
          default_cache_behavior {
            lambda_function_association { lambda_arn = aws_lambda_function.f.qualified_arn }
          }
        }
        """,
        ["c => f: invoke", "c => www-shop-dev: invoke"],
    ),
    "the log group that Lambda makes": (
        """
        resource "aws_lambda_function" "f" {}
        resource "aws_lambda_function" "g" {}
        resource "aws_cloudwatch_log_subscription_filter" "l" {
          log_group_name  = "/aws/lambda/${aws_lambda_function.g.function_name}"
          filter_pattern  = ""
          destination_arn = aws_lambda_function.f.arn
        }
        """,
        ["aws-lambda-g -> f: deliver"],
    ),
    "a user pool's senders, and Alexa": (
        """
        resource "aws_lambda_function" "f" {}
        resource "aws_lambda_function" "g" {}
        resource "aws_cognito_user_pool" "p" {
          lambda_config {
            custom_email_sender { lambda_arn = aws_lambda_function.f.arn }
          }
        }
        resource "aws_lambda_permission" "a" {
          function_name = aws_lambda_function.g.function_name
          principal     = "alexa-appkit.amazon.com"
        }
        """,
        ["Alexa => g: invoke", "p => f: invoke"],
    ),
    "a name that rests on a default": (
        """
        variable "stage" { default = "dev" }
        resource "aws_lambda_function" "f" { function_name = "f-${var.stage}" }
        resource "aws_sqs_queue" "q" { name = "q-${var.stage}" }
        resource "aws_lambda_function_url" "u" { function_name = aws_lambda_function.f.function_name }
        resource "aws_lambda_event_source_mapping" "m" {
          event_source_arn = aws_sqs_queue.q.arn
          function_name    = aws_lambda_function.f.function_name
        }
        """,
        ["q -> f: poll", "u => f: invoke"],
    ),
    "a policy that is not known, and a name in the environment": (
        """
        variable "actions" {}
        resource "aws_dynamodb_table" "d" {}
        resource "aws_iam_role" "f" {
          inline_policy { policy = templatefile("missing.json", { table = aws_dynamodb_table.d.arn }) }
        }
        resource "aws_lambda_function" "f" {
          role = aws_iam_role.f.arn
          environment { variables = { T = aws_dynamodb_table.d.name } }
        }
        """,
        ["f => d: read_write (likely)"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_wiring(name: str, tmp_path) -> None:
    text, expected = CASES[name]
    (tmp_path / "main.tf").write_text(dedent(text))
    edges = read([tmp_path]).architecture.connections
    assert sorted(map(in_words, edges)) == sorted(expected)


def in_words(edge) -> str:
    sure = "" if edge.confidence.word == "certain" else f" ({edge.confidence.word})"
    return f"{edge.source.name} {edge.style.arrow} {edge.target.name}: {edge.action}{sure}"


def test_routes_that_are_partly_open(tmp_path) -> None:
    (tmp_path / "main.tf").write_text(
        dedent("""
        resource "aws_apigatewayv2_api" "a" { protocol_type = "HTTP" }
        resource "aws_cognito_user_pool" "p" {}
        resource "aws_apigatewayv2_authorizer" "own" {
          api_id = aws_apigatewayv2_api.a.id
          jwt_configuration { issuer = "https://${aws_cognito_user_pool.p.endpoint}" }
        }
        resource "aws_apigatewayv2_route" "open" {
          api_id    = aws_apigatewayv2_api.a.id
          route_key = "GET /open"
        }
        resource "aws_apigatewayv2_route" "closed" {
          api_id             = aws_apigatewayv2_api.a.id
          route_key          = "GET /closed"
          authorization_type = "JWT"
          authorizer_id      = aws_apigatewayv2_authorizer.own.id
        }
        """)
    )
    architecture = read([tmp_path]).architecture
    assert "auth" not in architecture.by_id["aws_apigatewayv2_api.a"].properties
    assert [edge.properties["route"] for edge in architecture.connections] == ["GET /closed"]
