terraform {
  backend "s3" {
    bucket = "states"
    key    = "orders/terraform.tfstate"
  }
}

locals {
  prefix = "${var.stage}-orders"
}

resource "aws_dynamodb_table" "orders" {
  name             = "${local.prefix}-table"
  hash_key         = "customer"
  range_key        = "order"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"

  attribute {
    name = "customer"
    type = "S"
  }

  attribute {
    name = "order"
    type = "S"
  }

  deletion_protection_enabled = true
}

resource "aws_sns_topic" "placed" {
  name = "${local.prefix}-placed"
}

module "intake" {
  source = "./modules/intake"

  prefix    = local.prefix
  topic_arn = aws_sns_topic.placed.arn
  timeout   = 20
}

resource "aws_lambda_function" "projector" {
  function_name                  = "${local.prefix}-projector"
  role                           = aws_iam_role.projector.arn
  timeout                        = 15
  memory_size                    = 256
  reserved_concurrent_executions = 4
}

resource "aws_iam_role" "projector" {
  name = "projector"
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn               = aws_dynamodb_table.orders.stream_arn
  function_name                  = aws_lambda_function.projector.arn
  starting_position              = "LATEST"
  batch_size                     = 50
  maximum_retry_attempts         = 4
  bisect_batch_on_function_error = true
  function_response_types        = ["ReportBatchItemFailures"]

  destination_config {
    on_failure {
      destination_arn = module.intake.dead_arn
    }
  }
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = aws_lambda_function.projector.arn
}

resource "aws_cloudwatch_metric_alarm" "dead" {
  alarm_name  = "dead"
  metric_name = "ApproximateNumberOfMessagesVisible"
  namespace   = "AWS/SQS"

  dimensions = {
    QueueName = module.intake.dead_name
  }
}
