"""Modules of the registry that are known without their sources."""

from __future__ import annotations

from textwrap import dedent

from archlint.importers import read


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
