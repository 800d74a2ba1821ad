# Workers that are there once for each kind of work, and an API whose callers show tokens of somebody else's.
locals {
  workers = {
    orders   = { timeout = 30, batch = 10, concurrency = 5, dead = true }
    invoices = { timeout = 60, batch = 1, concurrency = 2, dead = false }
  }
}

module "worker" {
  source   = "./modules/worker"
  for_each = local.workers

  timeout     = each.value.timeout
  batch       = each.value.batch
  concurrency = each.value.concurrency
}

resource "aws_sqs_queue" "kind" {
  for_each                   = local.workers
  visibility_timeout_seconds = 60
  redrive_policy             = each.value.dead ? jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 5 }) : null
}

resource "aws_sqs_queue" "dead" {
  message_retention_seconds = 1209600
}

resource "aws_apigatewayv2_api" "orders" {
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_authorizer" "tokens" {
  api_id          = aws_apigatewayv2_api.orders.id
  authorizer_type = "JWT"
  jwt_configuration {
    audience = ["orders-api"]
    issuer   = "https://acme.eu.auth0.com/"
  }
}

resource "aws_apigatewayv2_route" "list" {
  api_id             = aws_apigatewayv2_api.orders.id
  route_key          = "GET /orders"
  target             = "integrations/${aws_apigatewayv2_integration.list.id}"
  authorization_type = "JWT"
  authorizer_id      = aws_apigatewayv2_authorizer.tokens.id
}

resource "aws_apigatewayv2_integration" "list" {
  api_id           = aws_apigatewayv2_api.orders.id
  integration_type = "AWS_PROXY"
  integration_uri  = aws_lambda_function.list.invoke_arn
}

resource "aws_lambda_function" "list" {
  timeout = 10
}
