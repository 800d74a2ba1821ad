variable "timeout" { type = number }
variable "batch" { type = number }
variable "concurrency" { type = number }

resource "aws_sqs_queue" "inbox" {
  visibility_timeout_seconds = 360
}

resource "aws_iam_role" "worker" {}

resource "aws_iam_role_policy" "worker" {
  role = aws_iam_role.worker.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
      Resource = aws_sqs_queue.inbox.arn
    }]
  })
}

resource "aws_lambda_function" "worker" {
  role    = aws_iam_role.worker.arn
  timeout = var.timeout
}

resource "aws_lambda_event_source_mapping" "inbox" {
  event_source_arn        = aws_sqs_queue.inbox.arn
  function_name           = aws_lambda_function.worker.arn
  batch_size              = var.batch
  function_response_types = ["ReportBatchItemFailures"]
  scaling_config {
    maximum_concurrency = var.concurrency
  }
}
