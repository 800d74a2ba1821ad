variable "prefix" {
  type = string
}

variable "topic_arn" {
  type = string
}

variable "timeout" {
  type    = number
  default = 5
}

resource "aws_sqs_queue" "inbox" {
  name                       = "${var.prefix}-inbox"
  visibility_timeout_seconds = var.timeout * 6

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead.arn
    maxReceiveCount     = 6
  })
}

resource "aws_sqs_queue" "dead" {
  name                      = "${var.prefix}-dead"
  message_retention_seconds = 1209600
}

resource "aws_sns_topic_subscription" "inbox" {
  topic_arn = var.topic_arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.inbox.arn
}

resource "aws_lambda_function" "worker" {
  function_name = "${var.prefix}-worker"
  timeout       = var.timeout

  dead_letter_config {
    target_arn = aws_sqs_queue.dead.arn
  }
}

resource "aws_lambda_event_source_mapping" "inbox" {
  event_source_arn = aws_sqs_queue.inbox.arn
  function_name    = aws_lambda_function.worker.function_name

  scaling_config {
    maximum_concurrency = 5
  }
}

output "dead_arn" {
  value = aws_sqs_queue.dead.arn
}

output "dead_name" {
  value = aws_sqs_queue.dead.name
}
