"""APIs and what is behind them: one small configuration each."""

from __future__ import annotations

import pytest
from importers.terraform.configurations import lines

from archlint.model import is_unknown

CASES = {
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
}


@pytest.mark.parametrize("name", CASES)
def test_wiring(name, tmp_path) -> None:
    text, expected = CASES[name]
    assert lines(text, tmp_path) == sorted(expected)


@pytest.mark.parametrize(
    ("issuer", "expected"),
    [
        ("https://acme.eu.auth0.com/", []),
        ("https://${var.tenant}.auth0.com/", []),
        ("${var.issuer}", []),
        ("https://${aws_cognito_user_pool.pool.endpoint}", ["http => pool: authorize"]),
        (
            "https://cognito-idp.eu-west-1.amazonaws.com/${aws_cognito_user_pool.pool.id}",
            ["http => pool: authorize"],
        ),
        (
            "https://cognito-idp.${var.region}.amazonaws.com/eu-west-1_Ab12",
            ["http => eu-west-1_Ab12: authorize"],
        ),
    ],
)
def test_only_a_user_pool_issues_tokens_as_a_component(issuer, expected, tmp_path) -> None:
    text = f"""
    variable "tenant" {{}}
    variable "issuer" {{}}
    variable "region" {{}}
    resource "aws_apigatewayv2_api" "http" {{ protocol_type = "HTTP" }}
    resource "aws_apigatewayv2_authorizer" "tokens" {{
      api_id          = aws_apigatewayv2_api.http.id
      authorizer_type = "JWT"
      jwt_configuration {{
        audience = ["orders-api"]
        issuer   = "{issuer}"
      }}
    }}
    """
    assert lines(text, tmp_path) == expected


HTTP = """
resource "aws_apigatewayv2_api" "http" {{ protocol_type = "HTTP" }}
resource "aws_apigatewayv2_authorizer" "users" {{
  api_id          = aws_apigatewayv2_api.http.id
  authorizer_type = "JWT"
  jwt_configuration {{ issuer = "https://${{aws_cognito_user_pool.pool.endpoint}}" }}
}}
resource "aws_apigatewayv2_route" "list" {{
  api_id    = aws_apigatewayv2_api.http.id
  route_key = "GET /"
  {}
}}
"""
REST = """
resource "aws_api_gateway_rest_api" "rest" {{}}
resource "aws_api_gateway_authorizer" "users" {{
  rest_api_id   = aws_api_gateway_rest_api.rest.id
  type          = "COGNITO_USER_POOLS"
  provider_arns = [aws_cognito_user_pool.pool.arn]
}}
resource "aws_api_gateway_method" "list" {{
  rest_api_id = aws_api_gateway_rest_api.rest.id
  resource_id = aws_api_gateway_rest_api.rest.root_resource_id
  http_method = "GET"
  {}
}}
"""


@pytest.mark.parametrize(
    ("api", "asks", "expected"),
    [
        (HTTP, "", []),
        (HTTP, 'authorization_type = "JWT"\n  authorizer_id = var.given', ["http => pool: authorize"]),
        (REST, 'authorization = "NONE"', []),
        (REST, 'authorization = "COGNITO_USER_POOLS"\n  authorizer_id = var.given', ["rest => pool: authorize"]),
    ],
)
def test_an_authorizer_that_no_route_asks_for_guards_nothing(api, asks, expected, tmp_path) -> None:
    assert lines('variable "given" {}\n' + api.format(asks), tmp_path) == expected


_HTTP = """
resource "aws_lambda_function" "f" {}
resource "aws_apigatewayv2_api" "http" { protocol_type = "HTTP" }
resource "aws_apigatewayv2_integration" "f" {
  api_id           = aws_apigatewayv2_api.http.id
  integration_type = "AWS_PROXY"
  integration_uri  = aws_lambda_function.f.invoke_arn
}
resource "aws_apigatewayv2_route" "f" {
  api_id    = aws_apigatewayv2_api.http.id
  route_key = "GET /orders"
  target    = "integrations/${aws_apigatewayv2_integration.f.id}"
}
"""
_STAGE = """
resource "aws_apigatewayv2_stage" "prod" {
  api_id = aws_apigatewayv2_api.http.id
  name   = "prod"
  SETTINGS
}
"""
_REST = 'resource "aws_api_gateway_rest_api" "rest" {}\n'
_REST_STAGE = """
resource "aws_api_gateway_KIND" "prod" {
  rest_api_id = aws_api_gateway_rest_api.rest.id
  stage_name  = "prod"
}
"""


@pytest.mark.parametrize(
    ("text", "throttle"),
    [
        (_HTTP, "unknown"),
        (_HTTP + _STAGE.replace("SETTINGS", ""), None),
        (
            _HTTP
            + _STAGE.replace("SETTINGS", 'route_settings {\nroute_key = "GET /orders"\nthrottling_rate_limit = 5\n}'),
            "unknown",
        ),
        (
            _HTTP + _STAGE.replace("SETTINGS", 'route_settings {\nroute_key = "GET /"\nthrottling_rate_limit = 5\n}'),
            None,
        ),
        (_HTTP + _STAGE.replace("SETTINGS", "default_route_settings { throttling_rate_limit = 5 }"), {"rate": 5}),
        ('resource "aws_apigatewayv2_api" "http" { target = "arn:aws:lambda:eu-west-1:1:function:f" }\n', None),
        (_REST, "unknown"),
        (_REST + _REST_STAGE.replace("KIND", "stage"), None),
        (_REST + _REST_STAGE.replace("KIND", "deployment"), None),
    ],
)
def test_what_throttles_an_api_may_be_elsewhere(project, text, throttle) -> None:
    reading = project(main=text)
    (api,) = (one for one in reading.architecture.components if one.type.endswith("_api"))
    found = api.properties.get("throttle")
    assert ("unknown" if is_unknown(found) else found) == throttle
