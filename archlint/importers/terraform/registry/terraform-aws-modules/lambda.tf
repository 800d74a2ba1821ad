# What the inputs of the module certainly make.
variable "create" { default = true }
variable "create_function" { default = true }
variable "create_role" { default = true }
variable "create_layer" { default = false }
variable "function_name" { default = "" }
variable "timeout" { default = 3 }
variable "memory_size" { default = 128 }
variable "reserved_concurrent_executions" { default = -1 }
variable "vpc_subnet_ids" { default = null }
variable "tracing_mode" { default = null }
variable "dead_letter_target_arn" { default = null }
variable "environment_variables" { default = {} }
variable "lambda_role" { default = "" }
variable "create_lambda_function_url" { default = false }
variable "authorization_type" { default = "NONE" }
variable "invoke_mode" { default = null }
variable "create_async_event_config" { default = false }
variable "maximum_event_age_in_seconds" { default = null }
variable "maximum_retry_attempts" { default = null }
variable "destination_on_failure" { default = null }
variable "destination_on_success" { default = null }
variable "provisioned_concurrent_executions" { default = -1 }
variable "cloudwatch_logs_retention_in_days" { default = null }
variable "use_existing_cloudwatch_log_group" { default = false }
variable "event_source_mapping" { default = {} }
variable "allowed_triggers" { default = {} }
variable "attach_policy_statements" { default = false }
variable "policy_statements" { default = {} }
variable "attach_policy_json" { default = false }
variable "policy_json" { default = null }
variable "attach_policy_jsons" { default = false }
variable "policy_jsons" { default = [] }
variable "file_system_arn" { default = null }

locals {
  made = var.create && var.create_function && !var.create_layer
}

resource "aws_lambda_function" "this" {
  count                          = local.made ? 1 : 0
  function_name                  = var.function_name
  role                           = var.create_role ? one(aws_iam_role.lambda[*].arn) : var.lambda_role
  timeout                        = var.timeout
  memory_size                    = var.memory_size
  reserved_concurrent_executions = var.reserved_concurrent_executions

  environment {
    variables = var.environment_variables
  }

  dynamic "vpc_config" {
    for_each = var.vpc_subnet_ids != null ? [true] : []
    content {
      subnet_ids = var.vpc_subnet_ids
    }
  }

  dynamic "tracing_config" {
    for_each = var.tracing_mode != null ? [true] : []
    content {
      mode = var.tracing_mode
    }
  }

  dynamic "dead_letter_config" {
    for_each = var.dead_letter_target_arn != null ? [true] : []
    content {
      target_arn = var.dead_letter_target_arn
    }
  }

  dynamic "file_system_config" {
    for_each = var.file_system_arn != null ? [true] : []
    content {
      arn = var.file_system_arn
    }
  }
}

resource "aws_cloudwatch_log_group" "lambda" {
  count             = local.made && !var.use_existing_cloudwatch_log_group ? 1 : 0
  name              = "/aws/lambda/${var.function_name}"
  retention_in_days = var.cloudwatch_logs_retention_in_days
}

resource "aws_iam_role" "lambda" {
  count = var.create && var.create_role ? 1 : 0
  name  = var.function_name
}

resource "aws_iam_role_policy" "statements" {
  count = var.create_role && var.attach_policy_statements ? 1 : 0
  role  = aws_iam_role.lambda[0].name
  policy = jsonencode({
    Statement = [for name, given in var.policy_statements : {
      Effect   = try(given.effect, "Allow")
      Action   = try(given.actions, [])
      Resource = try(given.resources, [])
    }]
  })
}

resource "aws_iam_role_policy" "json" {
  count  = var.create_role && var.attach_policy_json ? 1 : 0
  role   = aws_iam_role.lambda[0].name
  policy = var.policy_json
}

resource "aws_iam_role_policy" "jsons" {
  for_each = { for place, text in var.policy_jsons : place => text if var.create_role && var.attach_policy_jsons }
  role     = aws_iam_role.lambda[0].name
  policy   = each.value
}

resource "aws_lambda_function_event_invoke_config" "this" {
  count                        = local.made && var.create_async_event_config ? 1 : 0
  function_name                = aws_lambda_function.this[0].function_name
  maximum_event_age_in_seconds = var.maximum_event_age_in_seconds
  maximum_retry_attempts       = var.maximum_retry_attempts

  destination_config {
    dynamic "on_failure" {
      for_each = var.destination_on_failure != null ? [true] : []
      content {
        destination = var.destination_on_failure
      }
    }

    dynamic "on_success" {
      for_each = var.destination_on_success != null ? [true] : []
      content {
        destination = var.destination_on_success
      }
    }
  }
}

resource "aws_lambda_event_source_mapping" "this" {
  for_each                           = { for name, given in var.event_source_mapping : name => given if local.made }
  function_name                      = aws_lambda_function.this[0].arn
  event_source_arn                   = try(each.value.event_source_arn, null)
  batch_size                         = try(each.value.batch_size, null)
  maximum_batching_window_in_seconds = try(each.value.maximum_batching_window_in_seconds, null)
  starting_position                  = try(each.value.starting_position, null)
  function_response_types            = try(each.value.function_response_types, null)
  bisect_batch_on_function_error     = try(each.value.bisect_batch_on_function_error, null)
  maximum_retry_attempts             = try(each.value.maximum_retry_attempts, null)
  maximum_record_age_in_seconds      = try(each.value.maximum_record_age_in_seconds, null)
  parallelization_factor             = try(each.value.parallelization_factor, null)
  queues                             = try(each.value.queues, null)
  topics                             = try(each.value.topics, null)

  dynamic "scaling_config" {
    for_each = try([each.value.scaling_config], [])
    content {
      maximum_concurrency = try(scaling_config.value.maximum_concurrency, null)
    }
  }

  dynamic "filter_criteria" {
    for_each = try([each.value.filter_criteria], [])
    content {
      filter {
        pattern = "set"
      }
    }
  }

  dynamic "destination_config" {
    for_each = try(each.value.destination_arn_on_failure, null) != null ? [true] : []
    content {
      on_failure {
        destination_arn = each.value.destination_arn_on_failure
      }
    }
  }
}

resource "aws_lambda_permission" "triggers" {
  for_each      = { for name, given in var.allowed_triggers : name => given if local.made }
  function_name = aws_lambda_function.this[0].function_name
  principal     = try(each.value.principal, format("%s.amazonaws.com", try(each.value.service, "")))
  source_arn    = try(each.value.source_arn, null)
}

resource "aws_lambda_function_url" "this" {
  count              = local.made && var.create_lambda_function_url ? 1 : 0
  function_name      = aws_lambda_function.this[0].function_name
  authorization_type = var.authorization_type
  invoke_mode        = var.invoke_mode
}

resource "aws_lambda_provisioned_concurrency_config" "this" {
  count                             = local.made && var.provisioned_concurrent_executions > -1 ? 1 : 0
  function_name                     = aws_lambda_function.this[0].function_name
  provisioned_concurrent_executions = var.provisioned_concurrent_executions
}

output "lambda_function_arn" { value = one(aws_lambda_function.this[*].arn) }
output "lambda_function_arn_static" { value = one(aws_lambda_function.this[*].arn) }
output "lambda_function_invoke_arn" { value = one(aws_lambda_function.this[*].invoke_arn) }
output "lambda_function_name" { value = one(aws_lambda_function.this[*].function_name) }
output "lambda_function_qualified_arn" { value = one(aws_lambda_function.this[*].qualified_arn) }
output "lambda_function_qualified_invoke_arn" { value = one(aws_lambda_function.this[*].qualified_invoke_arn) }
output "lambda_function_url" { value = one(aws_lambda_function_url.this[*].function_url) }
output "lambda_role_arn" { value = one(aws_iam_role.lambda[*].arn) }
output "lambda_role_name" { value = one(aws_iam_role.lambda[*].name) }
output "lambda_cloudwatch_log_group_arn" { value = one(aws_cloudwatch_log_group.lambda[*].arn) }
output "lambda_cloudwatch_log_group_name" { value = one(aws_cloudwatch_log_group.lambda[*].name) }
