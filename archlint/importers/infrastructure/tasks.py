"""One state of a workflow to what it calls: a function, an optimized integration, any API of the SDK, an address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from archlint.importers.infrastructure.arns import target, targets
from archlint.importers.infrastructure.ends import End, Named
from archlint.importers.infrastructure.grants import granted_by
from archlint.importers.infrastructure.symbols import (
    Hole,
    Reference,
    Symbol,
    field,
    items,
    options,
    parts_of,
    shown,
    word,
)
from archlint.model import Style
from archlint.model.tuples import NamedTuple

_SYNC, _ASYNC = Style.SYNC, Style.ASYNC


class Call(NamedTuple):
    """What a state calls; ``integration`` is ``request_response``, ``sync`` (waits for the job) or ``callback``."""

    end: End
    style: Style
    action: str
    integration: str = "request_response"
    sure: bool = True


class _Target(NamedTuple):
    """How a service's target is found: the fields that name it, its type, and the style and action of calling it."""

    fields: tuple[str, ...]
    type: str
    style: Style
    action: str = ""
    managed: str = ""


_SERVICES = {
    "lambda:invoke": _Target(("FunctionName",), "lambda", _SYNC),
    "sqs:sendMessage": _Target(("QueueUrl",), "sqs", _ASYNC, "send"),
    "sqs:sendMessageBatch": _Target(("QueueUrl",), "sqs", _ASYNC, "send"),
    "sqs:receiveMessage": _Target(("QueueUrl",), "sqs", _SYNC, "read"),
    "sns:publish": _Target(("TopicArn", "TargetArn"), "sns", _ASYNC, "publish"),
    "sns:publishBatch": _Target(("TopicArn",), "sns", _ASYNC, "publish"),
    "events:putEvents": _Target(("Entries",), "eventbridge_bus", _ASYNC, "publish"),
    "eventbridge:putEvents": _Target(("Entries",), "eventbridge_bus", _ASYNC, "publish"),
    "states:startExecution": _Target(("StateMachineArn",), "step_functions", _ASYNC),
    "sfn:startExecution": _Target(("StateMachineArn",), "step_functions", _ASYNC),
    "sfn:startSyncExecution": _Target(("StateMachineArn",), "step_functions", _SYNC),
    "ecs:runTask": _Target(("TaskDefinition",), "ecs_service", _ASYNC),
    "batch:submitJob": _Target(("JobDefinition",), "batch_job", _ASYNC),
    "glue:startJobRun": _Target(("JobName",), "glue_job", _ASYNC),
    "athena:startQueryExecution": _Target(("WorkGroup",), "athena", _SYNC, "read", "Athena"),
    "kinesis:putRecord": _Target(("StreamName", "StreamARN"), "kinesis", _ASYNC, "publish"),
    "kinesis:putRecords": _Target(("StreamName", "StreamARN"), "kinesis", _ASYNC, "publish"),
    "firehose:putRecord": _Target(("DeliveryStreamName",), "firehose", _ASYNC, "publish"),
    "firehose:putRecordBatch": _Target(("DeliveryStreamName",), "firehose", _ASYNC, "publish"),
    "apigateway:invoke": _Target(("ApiEndpoint",), "rest_api", _SYNC, "invoke"),
    "bedrock:*": _Target(("AgentId",), "bedrock", _SYNC, "invoke", "Bedrock"),
    "bedrockruntime:*": _Target((), "bedrock", _SYNC, "invoke", "Bedrock"),
    "secretsmanager:*": _Target(("SecretId",), "secrets", _SYNC, "read"),
    "ssm:getParameter": _Target(("Name",), "ssm_parameter", _SYNC, "read"),
    "ssm:getParameters": _Target(("Names",), "ssm_parameter", _SYNC, "read"),
    "ssm:putParameter": _Target(("Name",), "ssm_parameter", _SYNC, "write"),
    "ses:*": _Target((), "ses", _SYNC, "invoke", "SES"),
    "sesv2:*": _Target((), "ses", _SYNC, "invoke", "SES"),
    "rdsdata:*": _Target(("ResourceArn",), "aurora", _SYNC, "read_write"),
    "redshiftdata:*": _Target(("WorkgroupName", "ClusterIdentifier"), "redshift", _SYNC, "read_write"),
    "opensearch:*": _Target(("DomainName",), "opensearch", _SYNC, "read_write"),
    "appconfigdata:*": _Target((), "appconfig", _SYNC, "read"),
    "timestreamwrite:*": _Target(("TableName",), "timestream", _SYNC, "write"),
    "cognitoidentityprovider:*": _Target(("UserPoolId",), "cognito_user_pool", _SYNC, "invoke"),
}
TITLES = {
    "rekognition": "Rekognition",
    "textract": "Textract",
    "comprehend": "Comprehend",
    "polly": "Polly",
    "transcribe": "Transcribe",
    "translate": "Translate",
    "mediaconvert": "MediaConvert",
    "sagemaker": "SageMaker",
    "emr": "EMR",
    "elasticmapreduce": "EMR",
    "emr-serverless": "EMR Serverless",
    "emr-containers": "EMR on EKS",
    "eks": "EKS",
    "codebuild": "CodeBuild",
    "databrew": "DataBrew",
}
"""AWS services without a type of their own that a task can call."""
_DATA = {
    "dynamodb": ("TableName", "dynamodb"),
    "s3": ("Bucket", "s3"),
    "dax": ("TableName", "dax"),
}
_BUSES = ("events", "eventbridge")
"""EventBridge by the name of its own integration and by that of the SDK."""


def call_of(body: Mapping[str, Symbol], jsonata: bool) -> Iterator[Call]:
    """What a state calls; a distributed Map reads its items and writes its results too."""
    if body.get("Type") == "Task":
        arguments = body.get("Arguments") if jsonata or "Arguments" in body else body.get("Parameters")
        yield from _task(body.get("Resource"), arguments)
    for key in ("ItemReader", "ResultWriter"):
        inner = body.get(key)
        if isinstance(inner, dict):
            yield from _task(inner.get("Resource"), inner.get("Arguments", inner.get("Parameters")))


def sdk_call(written: str, arguments: Symbol) -> Iterator[Call]:
    """What a call of the SDK is about, from its ARN (``arn:aws:scheduler:::aws-sdk:sqs:sendMessage``) and its input."""
    service, _, operation = written.partition(":::aws-sdk:")[2].partition(":")
    yield from _service(service, operation, "", arguments)


def names_target(body: Mapping[str, Symbol]) -> bool:
    """Whether a state calls something of a kind that is a component: one without a call chooses it while it runs."""
    for inner in (body, body.get("ItemReader"), body.get("ResultWriter")):
        resource = inner.get("Resource") if isinstance(inner, dict) else None
        service = _integration(shown(resource)) if resource is not None else None
        if service is not None and (service[0] in _DATA or f"{service[0]}:{service[1]}" in _SERVICES):
            return True
    return False


def _task(resource: Symbol, arguments: Symbol) -> Iterator[Call]:
    for value, sure in options(resource):
        text = shown(value)
        service = _integration(text)
        if service is not None:
            yield from (call._replace(sure=call.sure and sure) for call in _service(*service, arguments))
            continue
        if ":states:" in text and ":activity:" in text:
            continue
        found = target(value, "lambda")
        if found is not None:
            yield Call(found.end, _SYNC, "orchestrate", sure=sure and found.sure)


def _integration(text: str) -> tuple[str, str, str] | None:
    """Service, operation and pattern of ``arn:aws:states:::[aws-sdk:]service:operation[.pattern]``; None otherwise."""
    head, found, rest = text.partition(":states:")
    if not found or not head.startswith("arn:") or ":activity:" in rest or ":stateMachine:" in rest:
        return None
    pieces = [piece for piece in rest.split(":") if piece]
    if "aws-sdk" in pieces:
        pieces = pieces[pieces.index("aws-sdk") + 1 :]
    elif len(pieces) > 3:  # region and account may be written
        pieces = pieces[-2:]
    pieces = _without_version(pieces)
    if len(pieces) < 2:
        return None
    operation, _, pattern = pieces[1].partition(".")
    return pieces[0], operation, pattern


def _without_version(pieces: list[str]) -> list[str]:
    """``startExecution.sync:2`` is split at its colon: the version belongs to the operation."""
    return pieces[:-1] if pieces and pieces[-1].isdecimal() else pieces


def _service(service: str, operation: str, pattern: str, arguments: Symbol) -> Iterator[Call]:
    integration = {"sync": "sync", "waitForTaskToken": "callback"}.get(pattern, "request_response")
    if service == "http":
        yield from _http(arguments, integration)
        return
    if service in _DATA:
        yield from _data(service, operation, arguments, integration)
        return
    known = _SERVICES.get(f"{service}:{operation}") or _SERVICES.get(f"{service}:*")
    if known is None:
        title = TITLES.get(service)
        if title is not None:
            yield Call(Named("other", title), _SYNC, "invoke", integration)
        return
    style = _SYNC if integration == "sync" else known.style
    if service == "lambda" and word(field(arguments, "InvocationType")) == "Event":
        style = _ASYNC
    action = known.action or "orchestrate"
    found = False
    for name in known.fields:
        for value in _named(arguments, name):
            for end in _ends(service, value, known.type):
                found = True
                yield Call(end.end, style, action, integration, end.sure)
    if not found and known.managed:
        yield Call(Named(known.type, known.managed), style, action, integration)
    if not found and service in _BUSES and isinstance(arguments, dict):
        yield from _default_bus(arguments, style, action, integration)


def _default_bus(arguments: Symbol, style: Style, action: str, integration: str) -> Iterator[Call]:
    """Entries that name no bus go to the account's default one."""
    entries = [entry for entry, _ in items(field(arguments, "Entries")) if isinstance(entry, dict)]
    if entries and not any(key.startswith("EventBusName") for entry in entries for key in entry):
        yield Call(Named("eventbridge_bus", "default"), style, action, integration)


def _named(arguments: Symbol, name: str) -> Iterator[Symbol]:
    """What a field names; entries of events each name their bus."""
    if name == "Entries":
        for entry, _ in items(field(arguments, "Entries")):
            yield field(entry, "EventBusName")
    elif isinstance(arguments, dict):
        yield arguments.get(name)


def _ends(service: str, value: Symbol, type_: str) -> Iterator[_Found]:
    if isinstance(value, str) and (value.startswith(("{%", "$")) or not value):
        return
    if service == "apigateway":
        for part in parts_of(value):
            if isinstance(part, Reference):
                yield _Found(part.end, part.sure)
                return
        text = shown(value).partition(".")[0]
        if text and not isinstance(value, Hole):
            yield _Found(Named(type_, text), True)
        return
    for found in targets(value, type_):
        yield _Found(found.end, found.sure)


class _Found(NamedTuple):
    end: End
    sure: bool


def _data(service: str, operation: str, arguments: Symbol, integration: str) -> Iterator[Call]:
    """A table or bucket: whether it is read or written follows from the action of the same name."""
    grants = granted_by(f"{service}:{_ACTIONS.get(operation, operation)}")
    if not grants:
        return
    action = "read_write" if operation in UPDATES else grants[0].grant.action
    name, type_ = _DATA[service]
    for value in _tables(operation, arguments, name):
        for end in _ends(service, value, type_):
            yield Call(end.end, _SYNC, action, integration, end.sure)


UPDATES = frozenset({"updateItem", "UpdateItem"})
"""An update reads what it changes: its expressions and conditions are about the item as it is."""
_ACTIONS = {
    "transactWriteItems": "PutItem",
    "transactGetItems": "GetItem",
    "executeStatement": "PartiQLSelect",
    "listObjectsV2": "ListBucket",
    "listObjects": "ListBucket",
    "headObject": "GetObject",
    "copyObject": "PutObject",
    "deleteObjects": "DeleteObject",
}


def _tables(operation: str, arguments: Symbol, name: str) -> Iterator[Symbol]:
    """The tables of an operation: one, or those of a transaction or batch."""
    if not isinstance(arguments, dict):
        return
    if operation in ("transactWriteItems", "transactGetItems"):
        for item, _ in items(arguments.get("TransactItems")):
            if isinstance(item, dict):
                yield from (field(inner, name) for inner in item.values())
    elif operation in ("batchWriteItem", "batchGetItem") and isinstance(
        requests := arguments.get("RequestItems"), dict
    ):
        yield from requests
    else:
        yield arguments.get(name)


def _http(arguments: Symbol, integration: str) -> Iterator[Call]:
    """An address outside AWS, by its host."""
    endpoint = field(arguments, "ApiEndpoint")
    host = host_of(word(endpoint))
    if host:
        yield Call(Named("third_party", host), _SYNC, "orchestrate", integration)
        return
    connection = field(arguments, "Authentication", "ConnectionArn")
    for value in (endpoint, connection):
        for found in targets(value, "third_party"):
            yield Call(found.end, _SYNC, "orchestrate", integration, found.sure)
            return


def host_of(address: str) -> str:
    """The host of a web address; empty if there is none to be read."""
    try:
        host = urlsplit(address).hostname if "://" in address else None
    except ValueError:
        return ""
    return host if host and "$" not in host and "{" not in host else ""
