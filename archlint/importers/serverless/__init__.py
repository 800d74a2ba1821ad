"""The Serverless Framework: serverless.yml with its variables, events and plugins, as stacks."""
