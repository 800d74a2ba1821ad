"""What an API route leads to: a function, a service of AWS called without code, an address, a load balancer.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-integration-types.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from archlint.importers.infrastructure.arns import Target, named_by_arn, split_arn, target
from archlint.importers.infrastructure.ends import End, Local, Named
from archlint.importers.infrastructure.grants import granted_by
from archlint.importers.infrastructure.permissions import Statement
from archlint.importers.infrastructure.stack import Stack
from archlint.importers.infrastructure.symbols import (
    Hole,
    Reference,
    Symbol,
    Text,
    field,
    options,
    parts_of,
    shown,
    text_of,
    walk_texts,
    word,
)
from archlint.importers.infrastructure.tasks import TITLES, UPDATES, host_of
from archlint.model import UNKNOWN, Confidence, Site, Style, Value
from archlint.model.tuples import NamedTuple

Allowed = Callable[[Symbol], list[Statement]]
"""What the role that a value names may do, for an integration whose target only its permissions tell."""


class Integration(NamedTuple):
    """An integration as API Gateway describes it, in either of its APIs or in an OpenAPI body.

    ``kind`` is AWS, AWS_PROXY, HTTP, HTTP_PROXY or MOCK; ``method`` is what the target is asked with, which need not
    be the route's; ``parameters`` and ``templates`` are those of the request; ``milliseconds`` its timeout, and
    ``transfer`` says whether the response is streamed.
    """

    kind: str
    uri: Symbol
    site: Site
    route: str = ""
    method: str = ""
    subtype: str = ""
    credentials: Symbol = None
    parameters: Symbol = None
    templates: Symbol = None
    connection: Symbol = None
    milliseconds: Symbol = None
    transfer: Symbol = None
    extra: tuple[tuple[str, Value], ...] = ()


class _Service(NamedTuple):
    types: tuple[str, ...]
    style: Style
    action: str


_URI = re.compile(r"arn:[^:]*:apigateway:[^:]*:(?P<service>[^:]+):(?P<kind>path|action)/(?P<rest>.*)\Z", re.DOTALL)
_FUNCTION = re.compile(r"(?:/?[0-9-]+/functions/)?(?P<arn>.*?)(?:/(?:response-streaming-)?invocations)?\Z", re.DOTALL)
_SERVICES = {
    "sqs": _Service(("sqs",), Style.ASYNC, "send"),
    "sns": _Service(("sns",), Style.ASYNC, "publish"),
    "events": _Service(("eventbridge_bus",), Style.ASYNC, "publish"),
    "kinesis": _Service(("kinesis",), Style.ASYNC, "publish"),
    "firehose": _Service(("firehose",), Style.ASYNC, "publish"),
    "states": _Service(("step_functions",), Style.ASYNC, "invoke"),
    "dynamodb": _Service(("dynamodb",), Style.SYNC, "read_write"),
    "s3": _Service(("s3",), Style.SYNC, "read_write"),
    "batch": _Service(("batch_job",), Style.ASYNC, "invoke"),
    "bedrock-runtime": _Service(("bedrock",), Style.SYNC, "invoke"),
    "appconfig": _Service(("appconfig",), Style.SYNC, "read"),
}
_SUBTYPES = {
    "SQS-SendMessage": ("sqs", "QueueUrl"),
    "SQS-ReceiveMessage": ("sqs", "QueueUrl"),
    "SQS-DeleteMessage": ("sqs", "QueueUrl"),
    "Kinesis-PutRecord": ("kinesis", "StreamName"),
    "EventBridge-PutEvents": ("events", "EventBusName"),
    "StepFunctions-StartExecution": ("states", "StateMachineArn"),
    "StepFunctions-StartSyncExecution": ("states", "StateMachineArn"),
    "AppConfig-GetConfiguration": ("appconfig", "Application"),
}
_NAMES = {
    "sqs": ("QueueUrl",),
    "sns": ("TopicArn",),
    "events": ("EventBusName",),
    "kinesis": ("StreamName", "StreamARN"),
    "firehose": ("DeliveryStreamName",),
    "states": ("stateMachineArn",),
    "dynamodb": ("TableName",),
    "batch": ("jobDefinition",),
}
"""The field of a request that names the target."""


def connect_integration(stack: Stack, api: End, integration: Integration, allowed: Allowed | None = None) -> None:
    """Connect an API with what one of its routes leads to; a mock leads nowhere."""
    for uri, sure in options(integration.uri if integration.uri is not None else ""):
        kind = integration.kind.upper()
        if integration.subtype:
            _subtype(stack, api, integration, allowed)
        elif kind.startswith("HTTP"):
            _address(stack, api, integration, uri)
        elif found := _URI.match(shown(uri)):
            if found["service"] == "lambda":
                _function(stack, api, integration, uri, sure=sure)
            else:
                _service(stack, api, integration, uri, found, allowed)
        elif kind != "MOCK" and uri != "":
            _function(stack, api, integration, uri, sure=sure)


def function_of(uri: Symbol) -> Target | None:
    """The function of an invocation URI or of its plain ARN."""
    parts = parts_of(uri)
    references = [part for part in parts if isinstance(part, Reference)]
    if references:
        return Target(references[-1].end, references[-1].sure)
    text = shown(uri)
    if found := _URI.match(text):
        text = _FUNCTION.sub(r"\g<arn>", found["rest"])
    end = named_by_arn(text)
    if end is not None and end.type == "lambda":
        return Target(end)
    holes = [part for part in parts if isinstance(part, Hole) and not part.is_pseudo]
    return Target(Named("lambda", holes[-1].name), sure=False) if holes else None


def _properties(integration: Integration) -> dict[str, Value]:
    properties: dict[str, Value] = {"route": integration.route or None, **dict(integration.extra)}
    value = integration.milliseconds
    if isinstance(value, int | float):
        properties["timeout"] = value / 1000
    elif value is not None or _streams(integration):
        properties["timeout"] = UNKNOWN
    return properties


def _streams(integration: Integration) -> bool:
    """Whether the response is handed on as it comes, for up to 15 minutes.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html
    """
    transfer = integration.transfer
    return transfer is not None and word(transfer).upper() != "BUFFERED"


def _function(stack: Stack, api: End, integration: Integration, uri: Symbol, *, sure: bool) -> None:
    found = function_of(uri)
    if found is None:
        return
    properties = _properties(integration)
    header = field(integration.parameters, "integration.request.header.X-Amz-Invocation-Type")
    pushed = word(header).strip("'\"") == "Event"
    if pushed:
        properties["async_invocation"] = True
    style = Style.ASYNC if pushed else Style.SYNC
    _add(stack, api, found.end, style, integration, properties, action="invoke", sure=sure and found.sure)


def _add(  # noqa: PLR0913, PLR0917  what a connection is made of
    stack: Stack,
    api: End,
    end: End,
    style: Style,
    integration: Integration,
    properties: dict[str, Value],
    *,
    action: str,
    sure: bool,
) -> None:
    confidence = Confidence.CERTAIN if sure else Confidence.LIKELY
    stack.connect(api, end, style, integration.site, action=action, properties=properties, confidence=confidence)


def _subtype(stack: Stack, api: End, integration: Integration, allowed: Allowed | None) -> None:
    known = _SUBTYPES.get(integration.subtype)
    if known is None:
        return
    service, name = known
    verb = integration.subtype.partition("-")[2]
    value = field(integration.parameters, name)
    _to_service(stack, api, integration, service, verb, [value] if value is not None else [], allowed)


def _service(  # noqa: PLR0913, PLR0917  an integration and what was found out about it
    stack: Stack, api: End, integration: Integration, uri: Symbol, found: re.Match[str], allowed: Allowed | None
) -> None:
    service, rest = found["service"], found["rest"]
    if "." in service:  # an API of API Gateway's or a subdomain (`execute-api`)
        service = service.rpartition(".")[2]
    verb = rest.partition("?")[0].strip("/") if found["kind"] == "action" else ""
    request = [integration.parameters, integration.templates]
    if service == "sqs" and not verb:
        verb = "ReceiveMessage" if _says(request, "Action=ReceiveMessage") else "SendMessage"
    if service == "s3":
        verb = _ON_OBJECTS.get(integration.method.upper() or _method(integration), "")
    in_uri = _tail(uri) if found["kind"] == "path" and service in ("sqs", "s3") else []
    _to_service(stack, api, integration, service, verb, in_uri + request, allowed)


_ON_OBJECTS = {
    "GET": "GetObject",
    "HEAD": "GetObject",
    "PUT": "PutObject",
    "POST": "PutObject",
    "PATCH": "PutObject",
    "DELETE": "PutObject",
}
"""What a method does with an object, as far as reading and writing goes."""


def _method(integration: Integration) -> str:
    return integration.route.partition(" ")[0]


def _says(values: list[Symbol], text: str) -> bool:
    return any(text in shown(value) for item in values for value in walk_texts(item))


def _tail(uri: Symbol) -> list[Symbol]:
    """What stands behind ``path/``: the queue behind the account, the bucket before the key."""
    parts = parts_of(uri)
    text = shown(uri)
    behind = text.partition(":path/")[2]
    references = [part for part in parts if isinstance(part, Reference) and shown(part) in behind]
    if references:
        return list(references)
    name = behind.strip("/").partition("/")
    chosen = name[0] if ":s3:path" in text else name[2].partition("/")[0] or ""
    if chosen.startswith("${") and chosen.endswith("}"):
        return [Hole(chosen[2:-1])]
    return [chosen] if chosen and "{" not in chosen else []


def _to_service(  # noqa: PLR0913, PLR0917  an integration and what was found out about it
    stack: Stack,
    api: End,
    integration: Integration,
    service: str,
    verb: str,
    sources: list[Symbol],
    allowed: Allowed | None,
) -> None:
    known = _SERVICES.get(service)
    if known is None:
        _managed(stack, api, integration, service)
        return
    style, action = known.style, known.action
    granted = [found.grant for found in granted_by(f"{_IAM.get(service, service)}:{verb}")] if verb else []
    if granted and granted[0].types[0] in known.types:
        style, action = granted[0].style or style, "read_write" if verb in UPDATES else granted[0].action
    elif verb and service in ("sqs", "dynamodb", "s3") and "{" not in verb:
        return  # an action that moves no data, such as DescribeTable
    ends = list(_named_in(stack, sources, service, known))
    confidence = Confidence.CERTAIN
    if not ends and allowed is not None:
        ends, confidence = _permitted(allowed(integration.credentials), known), Confidence.LIKELY
    if not ends and service == "events":
        confidence = Confidence.CERTAIN
        ends = [Target(Named("eventbridge_bus", "default"))]
    for end in dict.fromkeys(ends):
        stack.connect(
            api,
            end.end,
            style,
            integration.site,
            action=action,
            properties=_properties(integration),
            confidence=confidence if end.sure else min(confidence, Confidence.LIKELY),
        )


_MAIL = frozenset({"email", "ses"})


def _managed(stack: Stack, api: End, integration: Integration, service: str) -> None:
    """A service of AWS that has no resource of one's own, such as a translator."""
    end = Named("ses", "SES") if service in _MAIL else Named("other", TITLES[service]) if service in TITLES else None
    if end is not None:
        _add(stack, api, end, Style.SYNC, integration, _properties(integration), action="invoke", sure=True)


_IAM = {"bedrock-runtime": "bedrock"}


def _named_in(stack: Stack, sources: list[Symbol], service: str, known: _Service) -> Iterator[Target]:
    """The targets of the right type that the URI, the parameters and the templates name."""
    found = False
    for source in sources:
        for value in walk_texts(source):
            for part in parts_of(value):
                if isinstance(part, Reference) and stack.type_of(part.end) in (*known.types, "other"):
                    if stack.type_of(part.end) == "other" and (isinstance(part.end, Local) or value is not part):
                        continue
                    found = True
                    yield Target(part.end, part.sure)
        if found:
            return
    names = "|".join(_NAMES.get(service, ("\\Z.",)))
    shape = re.compile(rf"(?:{names})[\"']?\s*[:=]\s*[\"']?(?P<name>[^\"'&,\s}}]*(?:\$\{{[^}}]*\}}[^\"'&,\s}}]*)*)")
    for source in sources:
        for value in walk_texts(source):
            text = shown(value)
            hit = shape.search(text)
            name = hit["name"] if hit else text if source is value and isinstance(value, str | Hole | Text) else ""
            if name and "$input" not in name and "$context" not in name and not name.startswith("$request"):
                end = target(_symbol(name.strip("'\"")), known.types[0])
                if end is not None:
                    yield end
                    return


def _symbol(shown_text: str) -> Symbol:
    """A shown text as a symbol again, holes being the only parts that can be left."""
    parts: list[Symbol] = []
    for index, piece in enumerate(re.split(r"\$\{([^{}]*)\}", shown_text)):
        if piece:
            parts.append(Hole(piece) if index % 2 else piece)
    return parts[0] if len(parts) == 1 else text_of(parts)


def _permitted(statements: list[Statement], known: _Service) -> list[Target]:
    return [
        found
        for statement in statements
        if any(grant.grant.types[0] in known.types for action in statement.actions for grant in granted_by(action))
        for resource in statement.resources
        if (found := target(resource, known.types[0])) is not None
    ]


def _address(stack: Stack, api: End, integration: Integration, uri: Symbol) -> None:
    """An HTTP integration: a load balancer behind a VPC link, or a host by its name."""
    properties = _properties(integration)
    for value in (uri, integration.connection):
        for part in parts_of(value):
            if isinstance(part, Reference) and _is_component(stack, part.end):
                _add(stack, api, part.end, Style.SYNC, integration, properties, action="invoke", sure=part.sure)
                return
    arn = split_arn(uri)
    if arn is not None and arn.service == "elasticloadbalancing":
        found = target(uri, "alb")
        end = found.end if found else Named("alb", "load-balancer")
        _add(stack, api, end, Style.SYNC, integration, properties, action="invoke", sure=True)
        return
    host = host_of(shown(uri).replace("${", "").replace("}", "") if isinstance(uri, Text) else word(uri))
    holes = [part for part in parts_of(uri) if isinstance(part, Hole) and not part.is_pseudo]
    name = host if host and isinstance(uri, str) else holes[0].name if holes else host
    if name:
        _add(stack, api, Named("legacy_http", name), Style.SYNC, integration, properties, action="invoke", sure=True)


def _is_component(stack: Stack, end: End) -> bool:
    return stack.type_of(end) != "other" or not isinstance(end, Local)
