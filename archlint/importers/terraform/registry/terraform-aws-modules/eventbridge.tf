# What the inputs of the module certainly make.
variable "create" { default = true }
variable "create_bus" { default = true }
variable "create_rules" { default = true }
variable "create_targets" { default = true }
variable "create_schedules" { default = true }
variable "create_pipes" { default = true }
variable "bus_name" { default = "default" }
variable "rules" { default = {} }
variable "targets" { default = {} }
variable "schedules" { default = {} }
variable "pipes" { default = {} }

locals {
  bus     = var.create_bus ? one(aws_cloudwatch_event_bus.this[*].name) : var.bus_name
  targets = flatten([for rule, listed in var.targets : [for target in listed : merge(target, { rule = rule })]])
}

resource "aws_cloudwatch_event_bus" "this" {
  count = var.create && var.create_bus ? 1 : 0
  name  = var.bus_name
}

resource "aws_cloudwatch_event_rule" "this" {
  for_each            = { for name, rule in var.rules : name => rule if var.create && var.create_rules }
  name                = each.key
  event_bus_name      = local.bus
  event_pattern       = try(each.value.event_pattern, null)
  schedule_expression = try(each.value.schedule_expression, null)
}

resource "aws_cloudwatch_event_target" "this" {
  for_each       = { for place, target in local.targets : place => target if var.create && var.create_targets }
  event_bus_name = local.bus
  rule           = each.value.rule
  arn            = try(each.value.arn, null)

  dynamic "dead_letter_config" {
    for_each = try(each.value.dead_letter_arn, null) != null ? [true] : []
    content {
      arn = each.value.dead_letter_arn
    }
  }

  dynamic "ecs_target" {
    for_each = try(each.value.ecs_target, null) != null ? [each.value.ecs_target] : []
    content {
      task_definition_arn = ecs_target.value.task_definition_arn
    }
  }
}

resource "aws_scheduler_schedule" "this" {
  for_each            = { for name, schedule in var.schedules : name => schedule if var.create && var.create_schedules }
  name                = each.key
  schedule_expression = each.value.schedule_expression

  target {
    arn   = each.value.arn
    input = try(each.value.input, null)

    dynamic "dead_letter_config" {
      for_each = try(each.value.dead_letter_arn, null) != null ? [true] : []
      content {
        arn = each.value.dead_letter_arn
      }
    }
  }
}

resource "aws_pipes_pipe" "this" {
  for_each   = { for name, pipe in var.pipes : name => pipe if var.create && var.create_pipes }
  name       = each.key
  source     = each.value.source
  target     = each.value.target
  enrichment = try(each.value.enrichment, null)
}

output "eventbridge_bus_name" { value = local.bus }
output "eventbridge_bus_arn" { value = one(aws_cloudwatch_event_bus.this[*].arn) }
output "eventbridge_rule_arns" { value = aws_cloudwatch_event_rule.this }
output "eventbridge_rule_ids" { value = aws_cloudwatch_event_rule.this }
output "eventbridge_schedule_arns" { value = aws_scheduler_schedule.this }
