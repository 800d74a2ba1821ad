"""What the two API Gateways share: which backends an integration has, and how callers are authorized."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from archlint.importers.terraform.blocks import Block
from archlint.importers.terraform.values import Data, Evaluated, Json, Opaque, Ref, Text
from archlint.importers.terraform.wiring.messaging import host_of
from archlint.importers.terraform.world import Target, World
from archlint.model import UNKNOWN, Style, Value

_SERVICE = re.compile(r":apigateway:[^:]*:(?P<service>[\w-]+):(?P<how>path|action)/?(?P<rest>.*)", re.DOTALL)
_TYPES = {
    "sqs": "sqs",
    "sns": "sns",
    "kinesis": "kinesis",
    "firehose": "firehose",
    "events": "eventbridge_bus",
    "states": "step_functions",
    "dynamodb": "dynamodb",
    "s3": "s3",
    "lambda": "lambda",
}
_READS = ("get", "query", "scan", "batchget")


class Backend(NamedTuple):
    """Where an integration leads and how."""

    targets: list[Target]
    style: Style
    action: str = ""


def shape_of(data: Data) -> str:
    """A text with its unknown parts left out."""
    if isinstance(data, Text):
        return "".join(part if isinstance(part, str) else "*" for part in data.parts)
    return data if isinstance(data, str) else ""


def by_service(world: World, uri: Evaluated, further: Iterable[Evaluated], block: Block) -> Backend | None:
    """The backend of an integration with a service of AWS; None if the text names none."""
    found = _SERVICE.search(shape_of(uri.data))
    if found is None or found["service"] not in _TYPES:
        return None
    type_ = _TYPES[found["service"]]
    call = found["rest"].lower() if found["how"] == "action" else ""
    targets = world.targets(_without_literals(uri), type_)
    for given in further:
        if not targets:
            targets = world.targets(given, type_)
    if not targets and type_ == "eventbridge_bus":
        targets = [world.default_bus(block.site("uri"))]
    if type_ == "lambda":
        return Backend(targets, Style.SYNC, "invoke")
    waits = type_ in ("dynamodb", "s3") or "startsyncexecution" in call or "receivemessage" in call
    action = ""
    if type_ in ("dynamodb", "s3"):
        verb = block.get("integration_http_method").data if type_ == "s3" else call
        action = "read" if str(verb or "").lower().startswith(_READS) else "write"
    return Backend(targets, Style.SYNC if waits else Style.ASYNC, action)


def _without_literals(uri: Evaluated) -> Evaluated:
    """The references of a URI alone: around them it reads as the ARN of a gateway."""
    if isinstance(uri.data, Text):
        return Evaluated([part for part in uri.data.parts if isinstance(part, Ref | Opaque)], uri.assumed)
    inner = re.search(r"functions/(arn:.+)/invocations\Z", uri.data) if isinstance(uri.data, str) else None
    return Evaluated(inner[1] if inner else None, uri.assumed)


def over_http(world: World, uri: Evaluated, connection: Evaluated, block: Block) -> Backend:
    """The backend of an HTTP integration: a load balancer, or the host that is written down."""
    targets = world.targets(uri, "alb", "function_url", "rest_api", "http_api")
    if not targets and connection.data is not None:
        targets = _behind_link(world, connection)
    host = host_of(uri.data)
    if not targets and host:
        targets = [world.implied("legacy_http", host, block.site("uri"))]
    return Backend(targets, Style.SYNC, "invoke")


def _behind_link(world: World, connection: Evaluated) -> list[Target]:
    data = connection.data
    item = world.declared.get(data.address) if isinstance(data, Ref) else None
    return world.targets(item.block.get("target_arns"), "alb") if item is not None else []


def set_auth(world: World, apis: list[Target], kinds: Mapping[str, set[str]]) -> None:
    """Set ``auth`` from how the routes of an API are authorized: route by kind.

    Where some routes are open and others not, the open ones decide, unless nothing on the graph would show which ones
    are not.
    """
    open_, guarded = kinds.get("none", set()), {kind for kind in kinds if kind != "none"}
    auth: Value = None
    if guarded and not open_:
        auth = next(iter(guarded)) if len(guarded) == 1 else UNKNOWN
    elif guarded - {"lambda", "cognito"}:
        auth = UNKNOWN
    world.set_properties(apis, {"auth": auth})


def is_asynchronous(parameters: Data) -> bool:
    """Whether an integration asks Lambda to invoke asynchronously."""
    items = parameters if isinstance(parameters, dict) else {}
    return any(
        key.lower().endswith("x-amz-invocation-type") and isinstance(value, str) and value.strip("'").lower() == "event"
        for key, value in items.items()
    )


def texts_of(given: Evaluated) -> list[Evaluated]:
    """The texts of a map, such as the templates of a request."""
    data = given.data
    found: list[Data] = []
    for value in data.values() if isinstance(data, dict) else [data]:
        if isinstance(value, Json):
            value = value.data  # noqa: PLW2901  the data that the text is made of
        found.append(value)
    return [Evaluated(value, given.assumed) for value in found if value is not None]
