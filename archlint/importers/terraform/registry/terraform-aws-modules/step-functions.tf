# What the inputs of the module certainly make.
variable "create" { default = true }
variable "name" { default = null }
variable "definition" { default = null }
variable "type" { default = null }
variable "use_existing_role" { default = false }
variable "role_arn" { default = null }

resource "aws_sfn_state_machine" "this" {
  count      = var.create ? 1 : 0
  name       = var.name
  definition = var.definition
  type       = var.type
}

output "state_machine_arn" { value = one(aws_sfn_state_machine.this[*].arn) }
output "state_machine_id" { value = one(aws_sfn_state_machine.this[*].id) }
output "state_machine_name" { value = one(aws_sfn_state_machine.this[*].name) }
