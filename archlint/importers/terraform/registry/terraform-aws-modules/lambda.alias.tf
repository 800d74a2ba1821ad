# What the inputs of the module certainly make.
variable "function_name" { default = null }

output "lambda_alias_arn" { value = var.function_name }
output "lambda_alias_invoke_arn" { value = var.function_name }
