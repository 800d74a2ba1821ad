"""ARNs, queue URLs and names to the ends that they mean; parts that are not known matter only in the name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archlint.importers.infrastructure.ends import End, Named, typed
from archlint.importers.infrastructure.symbols import (
    Assumed,
    Hole,
    Reference,
    Symbol,
    Text,
    items,
    parts_of,
    shown,
    word,
)
from archlint.model.tuples import NamedTuple

_ARN = re.compile(
    r"arn:(?P<partition>[^:]*):(?P<service>[^:]*):(?P<region>[^:]*):(?P<account>[^:]*):(?P<rest>.+)\Z", re.DOTALL
)
_QUEUE_URL = re.compile(r"https?://(?=[^/]*(?:sqs|queue))[^/]*/[^/]*/(?P<name>[^/?]+)\Z")
_BUCKET_HOST = re.compile(
    r"(?:https?://)?(?P<name>[^/:]{1,200})\.s3(?:[.-][a-z0-9.-]{1,60})?\.amazonaws\.com(?:/.*)?\Z"
)
_AUTHORITY = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]{0,20}://)?(?P<authority>(?:\$\{[^{}]*\}|[^/?#$]|\$(?!\{))*)")
_PARTIAL_FUNCTION = re.compile(r"(?:[^:/]+:function:)?(?P<name>[^:/]+)(?::[^:/]+)?")
_S3_URL = re.compile(r"s3://(?P<name>[^/]+)")

_SHAPES = {
    "sqs": (("sqs", r"(.+)"),),
    "sns": (("sns", r"([^:]+)(?::.*)?"),),
    "lambda": (("lambda", r"function:([^:/]+)(?:[:/].*)?"),),
    "dynamodb": (("dynamodb", r"(?:table|global-table)/([^/]+)(?:/.*)?"),),
    "dax": (("dax", r"cache/(.+)"),),
    "kinesis": (("kinesis", r"stream/([^/]+)(?:/.*)?"),),
    "firehose": (("firehose", r"deliverystream/(.+)"),),
    "s3": (("s3", r"([^/]+)(?:/.*)?"),),
    "states": (("step_functions", r"(?:stateMachine|execution|express):([^:]+)(?::.*)?"),),
    "events": (
        ("eventbridge_bus", r"event-bus/([^/]+)"),
        ("third_party", r"api-destination/([^/]+)(?:/.*)?"),
        ("eventbridge_rule", r"rule/(?:.*/)?([^/]+)"),
    ),
    "scheduler": (("schedule", r"schedule/(?:.*/)?([^/]+)"),),
    "pipes": (("eventbridge_pipe", r"pipe/(.+)"),),
    "secretsmanager": (("secrets", r"secret:(.+)"),),
    "ssm": (("ssm_parameter", r"parameter/?(/.+|[^/].*)"),),
    "appconfig": (("appconfig", r"application/([^/]+)(?:/.*)?"),),
    "cognito-idp": (("cognito_user_pool", r"userpool/(.+)"),),
    "logs": (("cloudwatch_logs", r"log-group:([^:]+)(?::.*)?"),),
    "kafka": (("msk", r"(?:cluster|topic|group)/([^/]+)(?:/.*)?"),),
    "mq": (("mq", r"broker:([^:]+)(?::.*)?"),),
    "rds": (("aurora", r"cluster:(.+)"), ("rds", r"db:(.+)"), ("rds_proxy", r"db-proxy:(.+)")),
    "rds-db": (("aurora", r"dbuser:([^/]+)(?:/.*)?"),),
    "dsql": (("dsql", r"cluster/(.+)"),),
    "redshift": (("redshift", r"(?:cluster|dbname|dbuser):([^/]+)(?:/.*)?"),),
    "redshift-serverless": (("redshift", r"(?:workgroup|namespace)/(.+)"),),
    "es": (("opensearch", r"domain/([^/]+)(?:/.*)?"),),
    "aoss": (("opensearch", r"collection/(.+)"),),
    "elasticfilesystem": (("efs", r"file-system/(.+)"),),
    "elasticache": (("elasticache", r"(?:cluster|replicationgroup|serverlesscache):(.+)"),),
    "neptune-db": (("neptune", r"([^/]+)(?:/.*)?"),),
    "timestream": (("timestream", r"database/.+/table/(.+)"),),
    "athena": (("athena", r"workgroup/(.+)"),),
    "glue": (("glue_job", r"job/(.+)"), ("s3_tables", r"catalog/s3tablescatalog/([^/]+)(?:/.*)?")),
    "batch": (("batch_job", r"job-definition/([^:]+)(?::.*)?"),),
    "ecs": (("ecs_service", r"(?:task-definition|service|cluster)/([^:]+)(?::.*)?"),),
    "elasticloadbalancing": (("alb", r"loadbalancer/app/([^/]+)(?:/.*)?"),),
    "execute-api": (("rest_api", r"([^/]+)(?:/.*)?"),),
    "apigateway": (("rest_api", r"/(?:restapis|apis)/([^/]+)(?:/.*)?"),),
    "appsync": (("appsync", r"(?:apis|endpoints/graphql-api)/([^/]+)(?:/.*)?"),),
    "iot": (("iot_rule", r"rule/(.+)"),),
    "ses": (("ses", r"identity/(.+)"),),
    "s3vectors": (("s3_vectors", r"bucket/([^/]+)(?:/.*)?"),),
    "s3tables": (("s3_tables", r"bucket/([^/]+)(?:/.*)?"),),
}


class Target(NamedTuple):
    """An end that a value means, and whether it means it for sure."""

    end: End
    sure: bool = True


class Arn(NamedTuple):
    """The fields of an ARN whose account and region do not matter; ``rest`` shows unknown parts as ``${Name}``."""

    service: str
    rest: str


def split_arn(symbol: Symbol) -> Arn | None:
    """The service and resource of an ARN; None for anything else."""
    found = _ARN.match(shown(symbol)) if parts_of(symbol) else None
    return Arn(found["service"], found["rest"]) if found else None


def named_by_arn(text: str) -> Named | None:
    """What an ARN, a queue's URL or the address of a bucket means by its type and name; None if it is none of them."""
    if url := _QUEUE_URL.match(text):
        return Named("sqs", url["name"])
    if url := _S3_URL.match(text):
        return Named("s3", url["name"])
    if host := _BUCKET_HOST.match(text):
        return Named("s3", host["name"])
    found = _ARN.match(text)
    if found is None:
        return None
    for type_, shape in _SHAPES.get(found["service"], ()):
        if name := re.fullmatch(shape, found["rest"], re.DOTALL):
            return Named(type_, name[1])
    return None


def host_in(address: str) -> str:
    """The host of an address in which ``${Name}`` is not known: nothing of its login, path or query, which are secret.

    An address without a scheme starts with its host.
    """
    found = _AUTHORITY.match(address)
    host = found["authority"].rpartition("@")[2] if found else ""
    name, colon, port = host.rpartition(":")
    return name if colon and (port.isdecimal() or not port) else host


def kafka_cluster(servers: Symbol) -> Named:
    """A Kafka cluster outside AWS, which has no ARN: the first of its brokers names it."""
    first = next((word(server) for server, _ in items(servers)), "").partition(",")[0]
    return Named("kafka", (host_in(first) if "${" not in first else "") or "kafka")


def targets(symbol: Symbol, type_: str = "other") -> Iterator[Target]:
    """The ends that a value means: references, ARNs, URLs and names; ``type_`` is what a bare name must be.

    Of a text with references the last one counts that is no region or account: ``${Bucket.Arn}/*`` is the bucket.
    """
    for item, sure in items(symbol):
        found = target(item, type_)
        if found is not None:
            yield Target(found.end, sure and found.sure)


def target(symbol: Symbol, type_: str = "other") -> Target | None:
    """The end of one value; None where nothing can be said."""
    if isinstance(symbol, Reference):
        return Target(typed(symbol.end, type_), symbol.sure)
    if isinstance(symbol, Hole):
        return None if symbol.is_pseudo else Target(Named(type_, symbol.name))
    if isinstance(symbol, Text):
        return _of_text(symbol, type_)
    if not isinstance(symbol, str):
        return None
    end = named_by_arn(symbol)
    if end is None and "*" not in symbol and symbol.strip() and ":" not in (name := bare_name(type_, str(symbol))):
        end = _named(type_, name)
    return None if end is None or "*" in end.name else Target(end, not isinstance(symbol, Assumed))


def _of_text(text: Text, type_: str) -> Target | None:
    references = [part for part in text.parts if isinstance(part, Reference)]
    written = shown(text)
    named = named_by_arn(written)
    if references and (named is None or "${" in named.name):
        best = references[-1] if named is None else _in_name(references, named.name)
        if best is not None:
            return Target(typed(best.end, type_), best.sure)
    if named is not None:
        return None if "*" in named.name or "${?}" in named.name else Target(named, not text.assumed)
    holes = [part for part in text.parts if isinstance(part, Hole)]
    if written.startswith("arn:") or "*" in written or not holes:
        return None
    is_name = "${?}" not in written and "://" not in written
    return Target(_named(type_, bare_name(type_, written)), not text.assumed) if is_name else None


def bare_name(type_: str, written: str) -> str:
    """A name without what AWS lets stand around it: a function's account before it, its version or alias behind it.

    https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_RequestParameters
    """
    found = _PARTIAL_FUNCTION.fullmatch(written) if type_ == "lambda" else None
    return found["name"] if found else written


def _named(type_: str, written: str) -> Named:
    """What a bare name means; of an address of somebody outside, its host alone."""
    return Named(type_, (host_in(written) or type_) if type_ == "third_party" and "/" in written else written)


def _in_name(references: list[Reference], name: str) -> Reference | None:
    """The reference that an ARN's name is made of, and no more: what is only a part of a name is none."""
    for reference in reversed(references):
        if name == shown(reference):
            return reference
    return None
