# What the inputs of the module certainly make, of its version 5 (routes) and of those before (integrations).
variable "create" { default = true }
variable "name" { default = null }
variable "protocol_type" { default = "HTTP" }
variable "body" { default = null }
variable "routes" { default = {} }
variable "integrations" { default = {} }
variable "authorizers" { default = {} }
variable "stage_default_route_settings" { default = null }
variable "default_route_settings" { default = null }
variable "create_stage" { default = true }

locals {
  routes   = { for key, route in var.routes : key => try(route.integration, {}) }
  before   = { for key, given in var.integrations : key => { uri = try(given.lambda_arn, given.integration_uri, null), type = try(given.integration_type, null), subtype = try(given.integration_subtype, null), timeout_milliseconds = try(given.timeout_milliseconds, null), request_parameters = try(given.request_parameters, null) } }
  each     = merge(local.before, local.routes)
  settings = merge(var.routes, var.integrations)
  throttle = try(coalesce(var.stage_default_route_settings, var.default_route_settings), null)
}

resource "aws_apigatewayv2_api" "this" {
  count         = var.create ? 1 : 0
  name          = var.name
  protocol_type = var.protocol_type
  body          = var.body
}

resource "aws_apigatewayv2_integration" "this" {
  for_each             = var.create ? local.each : {}
  api_id               = aws_apigatewayv2_api.this[0].id
  integration_type     = coalesce(try(each.value.type, null), "AWS_PROXY")
  integration_subtype  = try(each.value.subtype, null)
  integration_uri      = try(each.value.uri, null)
  request_parameters   = try(each.value.request_parameters, null)
  timeout_milliseconds = try(each.value.timeout_milliseconds, null)
}

resource "aws_apigatewayv2_route" "this" {
  for_each           = var.create ? local.settings : {}
  api_id             = aws_apigatewayv2_api.this[0].id
  route_key          = each.key
  target             = aws_apigatewayv2_integration.this[each.key].id
  authorization_type = try(each.value.authorization_type, null)
  api_key_required   = try(each.value.api_key_required, null)
  authorizer_id      = try(aws_apigatewayv2_authorizer.this[each.value.authorizer_key].id, null)
}

resource "aws_apigatewayv2_authorizer" "this" {
  for_each                          = var.create ? var.authorizers : {}
  api_id                            = aws_apigatewayv2_api.this[0].id
  authorizer_type                   = try(each.value.authorizer_type, null)
  authorizer_uri                    = try(each.value.authorizer_uri, null)
  authorizer_result_ttl_in_seconds  = try(each.value.authorizer_result_ttl_in_seconds, null)

  dynamic "jwt_configuration" {
    for_each = try([each.value.jwt_configuration], [])
    content {
      audience = try(jwt_configuration.value.audience, null)
      issuer   = try(jwt_configuration.value.issuer, null)
    }
  }
}

resource "aws_apigatewayv2_stage" "this" {
  count  = var.create && var.create_stage ? 1 : 0
  api_id = aws_apigatewayv2_api.this[0].id

  dynamic "default_route_settings" {
    for_each = local.throttle != null ? [local.throttle] : []
    content {
      throttling_rate_limit  = try(default_route_settings.value.throttling_rate_limit, null)
      throttling_burst_limit = try(default_route_settings.value.throttling_burst_limit, null)
    }
  }
}

output "api_id" { value = one(aws_apigatewayv2_api.this[*].id) }
output "api_arn" { value = one(aws_apigatewayv2_api.this[*].arn) }
output "api_endpoint" { value = one(aws_apigatewayv2_api.this[*].api_endpoint) }
output "api_execution_arn" { value = one(aws_apigatewayv2_api.this[*].execution_arn) }
output "apigatewayv2_api_id" { value = one(aws_apigatewayv2_api.this[*].id) }
output "apigatewayv2_api_api_endpoint" { value = one(aws_apigatewayv2_api.this[*].api_endpoint) }
output "apigatewayv2_api_execution_arn" { value = one(aws_apigatewayv2_api.this[*].execution_arn) }
