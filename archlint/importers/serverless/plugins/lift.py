"""The constructs of serverless-lift: queues with workers, webhooks, storage, tables, websites.

Source: https://github.com/getlift/lift/tree/master/docs
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from archlint.importers.infrastructure import Local
from archlint.importers.infrastructure.permissions import Statement
from archlint.importers.infrastructure.symbols import Reference
from archlint.importers.serverless.building import Building
from archlint.importers.serverless.functions import DEFAULT_TIMEOUT, Function, add_function
from archlint.importers.serverless.placed import Placed, number, truth
from archlint.importers.serverless.routes import Apis, Guard, Route
from archlint.model import Site, Style, Value

_RETRIES = 3
_BATCH = 1
_DEAD_RETENTION = 14 * 86400
_FACTOR = 6
"""How many times the worker's timeout a message stays hidden."""
_METRIC = "ApproximateNumberOfMessagesVisible"

_OUTPUTS: Mapping[str, tuple[str, str]] = {
    "queueUrl": ("", ""),
    "queueArn": ("", "Arn"),
    "dlqUrl": ("Dlq", ""),
    "dlqArn": ("Dlq", "Arn"),
    "bucketName": ("", ""),
    "bucketArn": ("", "Arn"),
    "tableName": ("", ""),
    "tableArn": ("", "Arn"),
    "tableStreamArn": ("", "StreamArn"),
    "httpApiId": ("", ""),
}
"""What a construct gives to variables: the suffix of the component's id, and its attribute if it is no reference."""


def construct_output(name: str, output: str, site: Site) -> Placed | None:
    """An output of a construct as a function of CloudFormation; None for one that names no component."""
    if output not in _OUTPUTS:
        return None
    suffix, attribute = _OUTPUTS[output]
    if not attribute:
        return Placed({"Ref": Placed(f"{name}{suffix}", site)}, site)
    parts = [Placed(f"{name}{suffix}", site), Placed(attribute, site)]
    return Placed({"Fn::GetAtt": Placed(parts, site)}, site)


def read_constructs(building: Building, apis: Apis) -> list[Function]:
    """Add the constructs to the stack; the functions among them are answered."""
    section = building.section("constructs")
    functions: list[Function] = []
    for name, settings in (section.fields if section is not None else {}).items():
        kind = settings.get("type")
        reader = _READERS.get(kind.text or "") if kind is not None else None
        site = section.key_site(name) if section is not None else settings.site
        if reader is not None:
            functions += reader(building, apis, Construct(name, settings, site))
        elif kind is None or kind.text != "vpc":
            building.note(f"`{name[:80]}` is no construct that archlint knows", site)
    return functions


_GRANTED: Mapping[str, tuple[str, ...]] = {
    "queue": ("sqs:SendMessage",),
    "storage": ("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"),
    "database/dynamodb-single-table": ("dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan", "dynamodb:PutItem"),
}
"""What the plugin allows the shared role, which every function has."""


def construct_grants(building: Building) -> Iterator[Statement]:
    """The statements that the constructs add to the shared role."""
    section = building.section("constructs")
    for name, settings in (section.fields if section is not None else {}).items():
        kind = settings.get("type")
        actions = _GRANTED.get(kind.text or "") if kind is not None else None
        if actions is not None:
            yield Statement(actions, (Reference(Local(name), "Arn"),), settings.site)


class Construct:
    """A construct: its key, its settings, where its key stands."""

    def __init__(self, name: str, settings: Placed, site: Site) -> None:
        self.name = name
        self.settings = settings
        self.site = site

    def number(self, key: str) -> Value:
        """A number among the settings."""
        return number(self.settings.get(key))


def _queue(building: Building, _apis: Apis, construct: Construct) -> list[Function]:
    name, settings, site = construct.name, construct.settings, construct.site
    stack_name = f"{building.service}-{building.stage}-{name}"
    fifo = truth(settings.get("fifo"))
    worker = settings.get("worker")
    function = add_function(building, f"{name}Worker", worker, worker.site) if worker is not None else None
    timeout = building.stack.resources[function.key].properties.get("timeout") if function is not None else None
    if not isinstance(timeout, int | float):
        timeout = DEFAULT_TIMEOUT
    window = construct.number("maxBatchingDelay")
    hidden = timeout * _FACTOR + (window if isinstance(window, int | float) else 0)
    properties: dict[str, Value] = {"fifo": fifo, "visibility_timeout": hidden, "delay": construct.number("delay")}
    building.stack.add(name, "sqs", site, properties, name=stack_name)
    dead: dict[str, Value] = {"fifo": fifo, "retention": _DEAD_RETENTION}
    building.stack.add(f"{name}Dlq", "sqs", site, dead, name=f"{stack_name}-dlq")
    retries = construct.number("maxRetries")
    redrive: dict[str, Value] = {"max_receives": _RETRIES if retries is None else retries}
    building.connect(Local(name), Local(f"{name}Dlq"), Style.ERROR, site, properties=redrive)
    if settings.get("alarm") is not None:
        building.stack.add(f"{name}Alarm", "cloudwatch_alarm", site, {"metric": _METRIC})
        building.connect(Local(f"{name}Alarm"), Local(f"{name}Dlq"), Style.ASYNC, site, action="observe")
    if function is None:
        return []
    batch = construct.number("batchSize")
    mapping: dict[str, Value] = {
        "batch_size": _BATCH if batch is None else batch,
        "batching_window": window,
        "maximum_concurrency": construct.number("maxConcurrency"),
        "report_batch_item_failures": True,
    }
    building.connect(Local(name), function.end, Style.ASYNC, site, action="poll", properties=mapping)
    return [function]


def _webhook(building: Building, apis: Apis, construct: Construct) -> list[Function]:
    """An HTTP API that puts what it gets on a bus; a function checks the signature unless it is insecure."""
    name, settings, site = construct.name, construct.settings, construct.site
    api = building.implied(name, "http_api", site)
    bus = building.implied(f"{name}Bus", "eventbridge_bus", site, name=f"{building.service}-{building.stage}-{name}")
    authorizer = settings.get("authorizer")
    functions: list[Function] = []
    guard = None
    if authorizer is not None:
        functions.append(add_function(building, f"{name}Authorizer", authorizer, authorizer.site))
        guard = Guard("lambda", functions[0].end, 0)
    path = settings.get("path")
    route = path.text if path is not None and path.text else "/"
    properties: dict[str, Value] = {"webhook": True}
    apis.route(name, api, Route(f"POST {route}", bus, guard, Style.ASYNC, properties, site))
    return functions


def _storage(building: Building, _apis: Apis, construct: Construct) -> list[Function]:
    building.stack.add(construct.name, "s3", construct.site, {"retained": True})
    return []


def _table(building: Building, _apis: Apis, construct: Construct) -> list[Function]:
    properties: dict[str, Value] = {
        "keys": ("PK", "SK"),
        "ttl": "TimeToLive",
        "stream": "new_and_old_images",
        "retained": True,
    }
    building.stack.add(construct.name, "dynamodb", construct.site, properties)
    return []


def _website(building: Building, _apis: Apis, construct: Construct) -> list[Function]:
    """A distribution before a bucket."""
    bucket = f"{construct.name}Bucket"
    building.stack.add(construct.name, "cloudfront", construct.site)
    building.stack.add(bucket, "s3", construct.site, {"ephemeral": True})  # the next deployment fills it again
    building.connect(Local(construct.name), Local(bucket), Style.SYNC, construct.site, action="read")
    return []


def _server_side(building: Building, apis: Apis, construct: Construct) -> list[Function]:
    """A distribution before the service's API and a bucket of assets."""
    _website(building, apis, construct)
    for api in ("HttpApi", "ApiGatewayRestApi"):
        building.connect(Local(construct.name), Local(api), Style.SYNC, construct.site)
    return []


_Reader = Callable[[Building, Apis, Construct], list[Function]]

_READERS: Mapping[str, _Reader] = {
    "queue": _queue,
    "webhook": _webhook,
    "storage": _storage,
    "database/dynamodb-single-table": _table,
    "static-website": _website,
    "single-page-app": _website,
    "server-side-website": _server_side,
}
