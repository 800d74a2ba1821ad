# What the inputs of the module certainly make.
variable "create_metric_alarm" { default = true }
variable "alarm_name" { default = null }
variable "metric_name" { default = null }
variable "dimensions" { default = null }
variable "alarm_actions" { default = null }

resource "aws_cloudwatch_metric_alarm" "this" {
  count         = var.create_metric_alarm ? 1 : 0
  alarm_name    = var.alarm_name
  metric_name   = var.metric_name
  dimensions    = var.dimensions
  alarm_actions = var.alarm_actions
}
