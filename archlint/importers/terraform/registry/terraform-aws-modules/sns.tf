# What the inputs of the module certainly make.
variable "create" { default = true }
variable "name" { default = null }
variable "fifo_topic" { default = false }
variable "create_subscription" { default = true }
variable "subscriptions" { default = {} }

resource "aws_sns_topic" "this" {
  count      = var.create ? 1 : 0
  name       = var.name
  fifo_topic = var.fifo_topic
}

resource "aws_sns_topic_subscription" "this" {
  for_each       = { for name, given in var.subscriptions : name => given if var.create && var.create_subscription }
  topic_arn      = aws_sns_topic.this[0].arn
  protocol       = each.value.protocol
  endpoint       = each.value.endpoint
  filter_policy  = try(each.value.filter_policy, null)
  redrive_policy = try(each.value.redrive_policy, null)
}

output "topic_arn" { value = one(aws_sns_topic.this[*].arn) }
output "topic_id" { value = one(aws_sns_topic.this[*].id) }
output "topic_name" { value = one(aws_sns_topic.this[*].name) }
output "sns_topic_arn" { value = one(aws_sns_topic.this[*].arn) }
output "sns_topic_id" { value = one(aws_sns_topic.this[*].id) }
output "sns_topic_name" { value = one(aws_sns_topic.this[*].name) }
