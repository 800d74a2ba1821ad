"""What plugins add to serverless.yml: constructs, state machines, service proxies."""
