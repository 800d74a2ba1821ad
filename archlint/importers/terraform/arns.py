"""ARNs and queue URLs to the type and name of what they mean; unknown parts do not matter but for the name."""

from __future__ import annotations

import re

from archlint.importers.infrastructure import Named

_QUEUE_URL = re.compile(r"https://(?:sqs[.\w-]*|[\w-]+\.queue)\.amazonaws\.com[.\w]*/[^/]*/([\w.-]+)\Z")
_BY_SERVICE = {
    "sqs": ("sqs", r"(.+)"),
    "sns": ("sns", r"([^:]+)(?::.*)?"),
    "lambda": ("lambda", r"function:([^:]+)(?::.*)?"),
    "dynamodb": ("dynamodb", r"table/([^/]+)(?:/.*)?"),
    "kinesis": ("kinesis", r"stream/([^/]+)(?:/.*)?"),
    "firehose": ("firehose", r"deliverystream/(.+)"),
    "s3": ("s3", r"([^/]+)(?:/.*)?"),
    "states": ("step_functions", r"stateMachine:([^:]+)(?::.*)?"),
    "events": ("eventbridge_bus", r"event-bus/(.+)"),
    "secretsmanager": ("secrets", r"secret:(.+)"),
    "ssm": ("ssm_parameter", r"parameter(/.+)"),
    "cognito-idp": ("cognito_user_pool", r"userpool/(.+)"),
    "logs": ("cloudwatch_logs", r"log-group:([^:]+)(?::.*)?"),
    "kafka": ("msk", r"cluster/([^/]+)(?:/.*)?"),
    "mq": ("mq", r"broker:([^:]+)(?::.*)?"),
}


def named_by_arn(text: str) -> Named | None:
    """What an ARN or a queue's URL means; None if it is neither or of another service."""
    url = _QUEUE_URL.match(text)
    if url is not None:
        return Named("sqs", url[1])
    parts = text.split(":", 5)
    if len(parts) < 6 or parts[0] != "arn" or parts[2] not in _BY_SERVICE:
        return None
    type_, shape = _BY_SERVICE[parts[2]]
    found = re.fullmatch(shape, parts[5])
    return Named(type_, found[1]) if found is not None else None
