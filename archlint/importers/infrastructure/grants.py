"""What the actions of IAM let a component do, as connections: a table of AWS's own action names.

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

import re
from functools import cache

from archlint.importers.infrastructure.wildcards import wildcard
from archlint.model import UNKNOWN, Style, Value
from archlint.model.tuples import NamedTuple

_SYNC, _ASYNC = Style.SYNC, Style.ASYNC


class Grant(NamedTuple):
    """What some actions of a service are for.

    ``types`` are the component types that they are granted on, the first one what a foreign one is. ``style`` None
    means that both are possible. ``managed`` names the service itself where it has no resource of one's own.
    """

    service: str
    verbs: tuple[str, ...]
    types: tuple[str, ...]
    style: Style | None
    action: str
    properties: tuple[tuple[str, Value], ...] = ()
    managed: str = ""


def _row(  # noqa: PLR0913, PLR0917  a row of the table
    service: str,
    verbs: str,
    types: str,
    style: Style | None,
    action: str,
    properties: tuple[tuple[str, Value], ...] = (),
    managed: str = "",
) -> Grant:
    return Grant(service, tuple(verbs.split()), tuple(types.split()), style, action, properties, managed)


def _managed(service: str, verbs: str, title: str) -> Grant:
    """A service of AWS that is called and has no resource of one's own."""
    return _row(service, verbs, "other", _SYNC, "invoke", managed=title)


_DATA_API = (("via", "data_api"),)
_SOME_ROUTE = (("route", UNKNOWN),)
_TO_CLIENTS = (("label", "to connected clients"), ("route", "POST /@connections/{connection_id}"))

GRANTS: tuple[Grant, ...] = (
    _row("sqs", "SendMessage SendMessageBatch", "sqs", _ASYNC, "send"),
    _row("sqs", "ReceiveMessage", "sqs", _SYNC, "read"),
    _row("sns", "Publish PublishBatch", "sns", _ASYNC, "publish"),
    _row("events", "PutEvents", "eventbridge_bus", _ASYNC, "publish"),
    _row("kinesis", "PutRecord PutRecords", "kinesis", _ASYNC, "publish"),
    _row("firehose", "PutRecord PutRecordBatch", "firehose", _ASYNC, "publish"),
    _row("kafka-cluster", "WriteData", "msk", _ASYNC, "publish"),
    _row(
        "dynamodb",
        "GetItem BatchGetItem Query Scan PartiQLSelect TransactGetItems ConditionCheckItem",
        "dynamodb",
        _SYNC,
        "read",
    ),
    _row(
        "dynamodb",
        "PutItem UpdateItem DeleteItem BatchWriteItem PartiQLInsert PartiQLUpdate PartiQLDelete TransactWriteItems",
        "dynamodb",
        _SYNC,
        "write",
    ),
    _row("dax", "GetItem BatchGetItem Query Scan", "dax", _SYNC, "read"),
    _row("dax", "PutItem UpdateItem DeleteItem BatchWriteItem", "dax", _SYNC, "write"),
    _row("s3", "GetObject GetObjectVersion ListBucket SelectObjectContent", "s3", _SYNC, "read"),
    _row("s3", "PutObject DeleteObject DeleteObjectVersion", "s3", _SYNC, "write"),
    _row("s3vectors", "GetVectors QueryVectors ListVectors", "s3_vectors", _SYNC, "read"),
    _row("s3vectors", "PutVectors DeleteVectors", "s3_vectors", _SYNC, "write"),
    _row("s3tables", "GetTableData", "s3_tables", _SYNC, "read"),
    _row("s3tables", "PutTableData", "s3_tables", _SYNC, "write"),
    _row("lambda", "InvokeFunction", "lambda", None, "invoke"),
    _row("lambda", "InvokeAsync", "lambda", _ASYNC, "invoke"),
    _row("lambda", "InvokeFunctionUrl", "function_url", _SYNC, "invoke"),
    _row("states", "StartExecution", "step_functions", _ASYNC, "invoke"),
    _row("states", "StartSyncExecution", "step_functions", _SYNC, "invoke"),
    _row("states", "SendTaskSuccess SendTaskFailure", "step_functions", _ASYNC, "invoke", (("label", "callback"),)),
    _row("execute-api", "Invoke", "rest_api http_api", _SYNC, "invoke", _SOME_ROUTE),
    _row("execute-api", "ManageConnections", "websocket_api", _SYNC, "invoke", _TO_CLIENTS),
    _row("appsync", "GraphQL EventPublish", "appsync", _SYNC, "invoke", _SOME_ROUTE),
    _row("secretsmanager", "GetSecretValue", "secrets", _SYNC, "read"),
    _row("ssm", "GetParameter GetParameters GetParametersByPath", "ssm_parameter", _SYNC, "read"),
    _row("ssm", "PutParameter DeleteParameter", "ssm_parameter", _SYNC, "write"),
    _row("appconfig", "GetLatestConfiguration GetConfiguration", "appconfig", _SYNC, "read"),
    _row("rds-data", "ExecuteStatement BatchExecuteStatement", "aurora", _SYNC, "read_write", _DATA_API),
    _row("rds-db", "connect", "rds_proxy aurora rds", _SYNC, "read_write"),
    _row("dsql", "DbConnect DbConnectAdmin", "dsql", _SYNC, "read_write"),
    _row("redshift-data", "ExecuteStatement BatchExecuteStatement", "redshift", _SYNC, "read_write", _DATA_API),
    _row("elasticache", "Connect", "elasticache", _SYNC, "read_write"),
    _row("neptune-db", "connect ReadDataViaQuery", "neptune", _SYNC, "read"),
    _row("neptune-db", "connect WriteDataViaQuery", "neptune", _SYNC, "write"),
    _row("es", "ESHttpGet ESHttpHead", "opensearch", _SYNC, "read"),
    _row("es", "ESHttpPut ESHttpPost ESHttpPatch ESHttpDelete", "opensearch", _SYNC, "write"),
    _row("aoss", "APIAccessAll", "opensearch", _SYNC, "read_write"),
    _row("timestream", "Select", "timestream", _SYNC, "read"),
    _row("timestream", "WriteRecords", "timestream", _SYNC, "write"),
    _row("athena", "StartQueryExecution", "athena", _SYNC, "read", managed="Athena"),
    _row("elasticfilesystem", "ClientMount", "efs", _SYNC, "read"),
    _row("elasticfilesystem", "ClientWrite", "efs", _SYNC, "write"),
    _row("ecs", "RunTask StartTask", "ecs_service", _ASYNC, "invoke"),
    _row("batch", "SubmitJob", "batch_job", _ASYNC, "invoke"),
    _row("glue", "StartJobRun", "glue_job", _ASYNC, "invoke"),
    _row("bedrock", "InvokeModel InvokeModelWithResponseStream", "bedrock", _SYNC, "invoke", managed="Bedrock"),
    _row("bedrock", "InvokeAgent InvokeFlow Retrieve RetrieveAndGenerate", "bedrock", _SYNC, "invoke", (), "Bedrock"),
    _row("bedrock-agentcore", "InvokeAgentRuntime", "bedrock", _SYNC, "invoke", managed="Bedrock"),
    _row("ses", "SendEmail SendRawEmail SendTemplatedEmail SendBulkEmail", "ses", _SYNC, "invoke", managed="SES"),
    _managed("rekognition", "Detect* Recognize* Search* Compare* Index* Start*", "Rekognition"),
    _managed("textract", "Detect* Analyze* Start*", "Textract"),
    _managed("comprehend", "Detect* BatchDetect* Classify* Start*", "Comprehend"),
    _managed("polly", "SynthesizeSpeech StartSpeechSynthesisTask", "Polly"),
    _managed("transcribe", "StartTranscriptionJob StartStreamTranscription", "Transcribe"),
    _managed("translate", "TranslateText TranslateDocument StartTextTranslationJob", "Translate"),
    _managed("sagemaker", "InvokeEndpoint InvokeEndpointAsync", "SageMaker"),
    _managed("mediaconvert", "CreateJob", "MediaConvert"),
    _managed("geo", "SearchPlaceIndexForText SearchPlaceIndexForPosition", "Location"),
    _managed("mobiletargeting", "SendMessages SendUsersMessages", "Pinpoint"),
    _row(
        "cognito-idp",
        "AdminInitiateAuth AdminCreateUser AdminGetUser AdminSetUserPassword AdminUpdateUserAttributes "
        "AdminAddUserToGroup AdminConfirmSignUp ListUsers SignUp InitiateAuth",
        "cognito_user_pool",
        _SYNC,
        "invoke",
    ),
    _row("iot", "Publish", "other", _ASYNC, "publish", managed="IoT"),
)


class Granted(NamedTuple):
    """What an action gives; ``broad`` says that it was written with a wildcard over the whole service."""

    grant: Grant
    broad: bool = False


@cache
def granted_by(action: str) -> tuple[Granted, ...]:
    """What an action of a policy is for, as ``sqs:SendMessage`` or with wildcards; nothing if it connects nothing."""
    service, _, verb = action.lower().partition(":")
    if not verb or "*" in service:
        return ()
    broad = verb == "*"
    pattern = wildcard(verb)
    return tuple(
        Granted(grant, broad)
        for grant in GRANTS
        if grant.service == service and any(_agree(verb, pattern, known.lower()) for known in grant.verbs)
    )


def _agree(verb: str, pattern: re.Pattern[str], known: str) -> bool:
    return bool(pattern.match(known)) or ("*" in known and bool(wildcard(known).match(verb)))
