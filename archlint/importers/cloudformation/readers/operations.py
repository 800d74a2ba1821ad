"""Log groups and what reads them, alarms, parameters and secrets, networks, mail, models, user pools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archlint.importers.cloudformation.item import Item, Reader, number
from archlint.importers.cloudformation.readers.stores import retained
from archlint.importers.infrastructure.arns import Target
from archlint.importers.infrastructure.ends import Local, Named
from archlint.importers.infrastructure.logs import keep_for_days
from archlint.importers.infrastructure.symbols import (
    Reference,
    Symbol,
    field,
    items,
    mapping,
    parts_of,
    shown,
    word,
)
from archlint.importers.infrastructure.watched import WATCHED
from archlint.model import UNKNOWN, Style, Value

_DAY = 86400


def _log_group(item: Item) -> None:
    days = number(item.get("RetentionInDays"))
    retention = days * _DAY if isinstance(days, int | float) else days
    item.add("cloudwatch_logs", {"retention": retention}, item.get("LogGroupName"))


def _log_filter(item: Item) -> None:
    told: dict[str, Value] = {"filter": True if word(item.get("FilterPattern")).strip() else None}
    for group in log_groups(item, item.get("LogGroupName")):
        for target in item.ends(item.get("DestinationArn")):
            item.connect(group, target, Style.ASYNC, item.site("DestinationArn"), action="deliver", properties=told)


def log_groups(item: Item, name: Symbol) -> list[Target]:
    """The log groups that a name means; one that Lambda makes for a function is no component of the template."""
    found = []
    for value, sure in items(name):
        for target in item.ends(value, "cloudwatch_logs"):
            ours = item.stack.type_of(target.end) in ("cloudwatch_logs", "other")
            found.append(target if ours else Target(Named("cloudwatch_logs", shown(value)), sure))
    return found


def _alarm(item: Item) -> None:
    metric = item.get("MetricName")
    if metric is None:
        metric = next((field(found, "MetricName") for found in _metrics(item)), None)
    known = None if metric is None else word(metric) or UNKNOWN
    item.add("cloudwatch_alarm", {"metric": known}, item.get("AlarmName"))


def _metrics(item: Item) -> Iterator[Symbol]:
    """The metrics of an alarm that computes with several."""
    for entry, _ in items(item.get("Metrics")):
        metric = field(entry, "MetricStat", "Metric")
        if metric is not None:
            yield metric


def _alarm_wires(item: Item) -> None:
    watched: dict[object, tuple[Target, tuple[str, ...]]] = {}
    found: list[tuple[Symbol, tuple[str, ...]]] = [
        (item.get("Dimensions"), ("Dimensions",)),
        *((field(metric, "Dimensions"), ("Metrics",)) for metric in _metrics(item)),
    ]
    for dimensions, path in found:
        for dimension, _ in items(dimensions):
            types = WATCHED.get(word(field(dimension, "Name")))
            if types is None:
                continue
            for target in item.ends(field(dimension, "Value"), types[0]):
                watched.setdefault(target.end, (target, path))
    for target, path in watched.values():
        item.connect(item.end, target, Style.ASYNC, item.site(*path), action="observe", sure=path == ("Dimensions",))


def _composite(item: Item) -> None:
    item.add("cloudwatch_alarm", {}, item.get("AlarmName"))


def _composite_wires(item: Item) -> None:
    seen = set()
    for part in parts_of(item.get("AlarmRule")):
        if isinstance(part, Reference) and part.end not in seen:
            seen.add(part.end)
            item.connect(item.end, Target(part.end, part.sure), Style.ASYNC, item.site("AlarmRule"), action="observe")


def _stored(item: Item) -> None:
    item.add("ssm_parameter", {}, item.get("Name"))
    name = shown(item.get("Name"))
    for target in item.ends(item.get("Value")):
        if name and (isinstance(target.end, Local) or not isinstance(target.end, Named)):
            item.stack.stored[name] = target.end
            break


_SIMPLE: Mapping[str, tuple[str, str]] = {
    "AWS::SecretsManager::Secret": ("secrets", "Name"),
    "AWS::AppConfig::Application": ("appconfig", "Name"),
    "AWS::EC2::VPC": ("vpc", "VpcId"),
    "AWS::EC2::NatGateway": ("nat", "NatGatewayId"),
    "AWS::SES::EmailIdentity": ("ses", "EmailIdentity"),
    "AWS::Bedrock::Agent": ("bedrock", "AgentName"),
    "AWS::BedrockAgentCore::Runtime": ("bedrock", "AgentRuntimeName"),
}


def _simple(item: Item) -> None:
    type_, name = _SIMPLE[item.type]
    item.add(type_, {}, item.get(name))


_SERVED: Mapping[str, str] = {
    "sqs": "sqs",
    "sns": "sns",
    "s3": "s3",
    "dynamodb": "dynamodb",
    "events": "eventbridge_bus",
    "states": "step_functions",
    "kinesis-streams": "kinesis",
    "kinesis-firehose": "firehose",
    "secretsmanager": "secrets",
    "ssm": "ssm_parameter",
    "lambda": "lambda",
    "execute-api": "rest_api",
    "rds-data": "aurora",
    "bedrock-runtime": "bedrock",
}


def _vpc_endpoint(item: Item) -> None:
    service = shown(item.get("ServiceName")).rpartition(".")[2]
    served = _SERVED.get(service)
    item.add("vpc_endpoint", {"serves": (served,) if served else (service,) if service else None})


def _mail(item: Item) -> None:
    item.add("ses", {}, item.get("Rule", "Name"))


def _mail_wires(item: Item) -> None:
    for index, (action, _) in enumerate(items(item.get("Rule", "Actions"))):
        site = item.site("Rule", "Actions", index)
        for target in item.ends(field(action, "LambdaAction", "FunctionArn"), "lambda"):
            waits = word(field(action, "LambdaAction", "InvocationType")) == "RequestResponse"
            style, verb = (Style.SYNC, "invoke") if waits else (Style.ASYNC, "deliver")
            item.connect(item.end, target, style, site, action=verb)
        for target in item.ends(field(action, "S3Action", "BucketName"), "s3"):
            item.connect(item.end, target, Style.ASYNC, site, action="deliver")
        for key in ("LambdaAction", "S3Action", "SNSAction"):
            for target in item.ends(field(action, key, "TopicArn"), "sns"):
                item.connect(item.end, target, Style.ASYNC, site, action="deliver")


def _pool(item: Item) -> None:
    item.add("cognito_user_pool", {"retained": retained(item)}, item.get("UserPoolName"))


_KEY = "KMSKeyID"
"""What is no function among a user pool's triggers: the key that two of them get codes encrypted with."""


def _pool_wires(item: Item) -> None:
    for name, value in mapping(item.get("LambdaConfig")).items():
        if name == _KEY:
            continue
        function = field(value, "LambdaArn") if isinstance(value, dict) else value
        for target in item.ends(function, "lambda"):
            item.connect(item.end, target, Style.SYNC, item.site("LambdaConfig", name), action="invoke")


def _pool_part(item: Item) -> None:
    """A client or a domain of a user pool stands for it."""
    for pool in item.ends(item.get("UserPoolId"), "cognito_user_pool"):
        item.stack.aliases[item.id] = pool.end


def _log_retention(item: Item) -> None:
    """The CDK sets the retention of a function's log group by a resource of its own."""
    keep_for_days(item.stack, shown(item.get("LogGroupName")), number(item.get("RetentionInDays")))


READERS = {
    "AWS::Logs::LogGroup": Reader(_log_group),
    "Custom::LogRetention": Reader(None, _log_retention),
    "AWS::Logs::SubscriptionFilter": Reader(None, _log_filter),
    "AWS::CloudWatch::Alarm": Reader(_alarm, _alarm_wires),
    "AWS::CloudWatch::CompositeAlarm": Reader(_composite, _composite_wires),
    "AWS::SSM::Parameter": Reader(_stored),
    "AWS::EC2::VPCEndpoint": Reader(_vpc_endpoint),
    "AWS::SES::ReceiptRule": Reader(_mail, _mail_wires),
    "AWS::Cognito::UserPool": Reader(_pool, _pool_wires),
    "AWS::Cognito::UserPoolClient": Reader(_pool_part),
    "AWS::Cognito::UserPoolDomain": Reader(_pool_part),
    **{name: Reader(_simple) for name in _SIMPLE},
}
