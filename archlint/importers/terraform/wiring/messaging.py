"""Queues, topics, log groups and buckets: redrive, subscriptions, notifications."""

from __future__ import annotations

from urllib.parse import urlsplit

from archlint.importers.infrastructure.watched import WATCHED
from archlint.importers.terraform.blocks import Block, Declared, first
from archlint.importers.terraform.documents import document_of
from archlint.importers.terraform.properties import anything, number, value_at, word
from archlint.importers.terraform.values import Data, Evaluated, Opaque, Ref, Text
from archlint.importers.terraform.world import Target, World
from archlint.model import UNKNOWN, Style, Value

_SUBSCRIBERS = {"sqs": "sqs", "lambda": "lambda", "firehose": "firehose"}


def redrive(world: World, item: Declared, block: Block) -> None:
    """A queue's own ``redrive_policy``."""
    _redrive(world, world.itself(item), block, assumed=False)


def redrive_policy(world: World, item: Declared, block: Block) -> None:
    """``aws_sqs_queue_redrive_policy``."""
    _redrive(world, world.targets(block.get("queue_url"), "sqs"), block, assumed=item.assumed)


def _redrive(world: World, queues: list[Target], block: Block, *, assumed: bool) -> None:
    given = block.get("redrive_policy")
    if given.data is None:
        return
    dead, received = dead_letter(world, given)
    properties: dict[str, Value] = {"attached_to": "queue", "max_receives": received}
    world.wire(
        queues,
        dead,
        Style.ERROR,
        block.site("redrive_policy"),
        action="redrive",
        properties=properties,
        assumed=assumed,
    )


def dead_letter(world: World, given: Evaluated) -> tuple[list[Target], Value]:
    """The queues and the number of receives that a redrive policy names."""
    policy = document_of(given.data)
    if not isinstance(policy, dict):
        return world.targets(Evaluated(policy, given.assumed), "sqs"), UNKNOWN
    received = policy.get("maxReceiveCount")
    count: Value = received if isinstance(received, int) else number(received)
    unknown = received is not None and count is None
    return world.targets(
        Evaluated(policy.get("deadLetterTargetArn"), given.assumed), "sqs"
    ), UNKNOWN if unknown else count


def subscription(world: World, item: Declared, block: Block) -> None:
    """``aws_sns_topic_subscription``."""
    topics = world.targets(block.get("topic_arn"), "sns")
    given = block.get("protocol").data
    protocol = given if isinstance(given, str) else ""
    endpoint = block.get("endpoint")
    if protocol in _SUBSCRIBERS:
        subscribers = world.targets(endpoint, _SUBSCRIBERS[protocol])
    elif protocol in ("http", "https"):
        subscribers = _called(world, endpoint)
    else:
        subscribers = world.targets(endpoint, "sqs", "lambda", "firehose") if not protocol else []
    policy = block.get("redrive_policy")
    dead = dead_letter(world, policy)[0] if policy.data is not None else []
    name = item.name_of(block) if dead else None
    properties: dict[str, Value] = {"filter": value_at(block, "filter_policy", anything), "subscription": name}
    world.wire(
        topics, subscribers, Style.ASYNC, block.site(), action="deliver", properties=properties, assumed=item.assumed
    )
    if dead:
        attached: dict[str, Value] = {"attached_to": "subscription", "subscription": name}
        world.wire(topics, dead, Style.ERROR, block.site("redrive_policy"), properties=attached, assumed=item.assumed)


def _called(world: World, endpoint: Evaluated) -> list[Target]:
    """Who listens at an address: somebody outside by the host, an API of the module, or what a variable names."""
    host = host_of(endpoint.data)
    if host:
        return [world.outside("third_party", host)]
    return world.targets(endpoint, "api") or world.targets(endpoint, "third_party")


def host_of(url: Data) -> str:
    """The host of a URL that is written down; empty for AWS's own and for what is no URL."""
    if not isinstance(url, str):
        return ""
    try:
        parts = urlsplit(url)
        host = parts.hostname if parts.scheme in ("http", "https") else None
    except ValueError:
        return ""
    return host if host and "." in host and not host.endswith(".amazonaws.com") else ""


def notification(world: World, item: Declared, block: Block) -> None:
    """``aws_s3_bucket_notification``: a bucket tells functions, queues, topics or the default bus."""
    buckets = world.targets(block.get("bucket"), "s3")
    for name, attribute, type_ in (
        ("lambda_function", "lambda_function_arn", "lambda"),
        ("queue", "queue_arn", "sqs"),
        ("topic", "topic_arn", "sns"),
    ):
        for inner in block.blocks(name):
            properties = {
                "prefix": value_at(inner, "filter_prefix", word),
                "suffix": value_at(inner, "filter_suffix", word),
                "event": _single(inner.get("events").data),
            }
            targets = world.targets(inner.get(attribute), type_)
            site = inner.site()
            world.wire(
                buckets, targets, Style.ASYNC, site, action="deliver", properties=properties, assumed=item.assumed
            )
    if block.get("eventbridge").data is True:
        world.wire(buckets, [world.default_bus()], Style.ASYNC, block.site("eventbridge"), action="deliver")


def _single(events: Data) -> Value:
    if isinstance(events, list):
        return ", ".join(event for event in events if isinstance(event, str)) or None
    return UNKNOWN if isinstance(events, Ref | Opaque) else None


def log_filter(world: World, item: Declared, block: Block) -> None:
    """``aws_cloudwatch_log_subscription_filter``."""
    named = block.get("log_group_name")
    groups = world.targets(named, "cloudwatch_logs")
    if not groups and (name := _written(named.data)):  # such as the one that Lambda makes for a function
        groups = [world.outside("cloudwatch_logs", name)]
    targets = world.targets(block.get("destination_arn"), "lambda", "kinesis", "firehose", "opensearch")
    pattern = block.get("filter_pattern").data
    properties: dict[str, Value] = {"filter": True if isinstance(pattern, str) and pattern else None}
    world.wire(
        groups, targets, Style.ASYNC, block.site(), action="deliver", properties=properties, assumed=item.assumed
    )


def _written(name: Data) -> str:
    """A name with what is not known of it in braces; empty where nothing of it is written."""
    parts = name.parts if isinstance(name, Text) else [name]
    shown = [part if isinstance(part, str) else _braces(part) for part in parts]
    return "".join(shown) if any(isinstance(part, str) for part in parts) else ""


def _braces(part: Data) -> str:
    return "${" + (part.address.rpartition(".")[2] if isinstance(part, Ref) else "?") + "}"


_WATCHED = sorted({type_ for types in WATCHED.values() for type_ in types})


def alarm(world: World, item: Declared, block: Block) -> None:
    """``aws_cloudwatch_metric_alarm``: what its dimensions name is observed."""
    watched: list[Target] = []
    holders: list[Block] = [block]
    for query in block.blocks("metric_query"):
        holders += query.blocks("metric")
    for holder in holders:
        dimensions = holder.get("dimensions")
        if isinstance(dimensions.data, dict):
            for name, types in WATCHED.items():
                if name in dimensions.data:
                    named = Evaluated(dimensions.data[name], dimensions.assumed)
                    watched += world.targets(named, *types) or world.targets(named, types[0])
        elif dimensions.data is not None:  # a plan that does not know a name has only what the map refers to
            watched += world.targets(dimensions, *_WATCHED)
    site = block.site("dimensions")
    world.wire(world.itself(item), watched, Style.ASYNC, site, action="observe", assumed=item.assumed)


TRANSLATORS = {
    "aws_cloudwatch_log_subscription_filter": log_filter,
    "aws_cloudwatch_metric_alarm": alarm,
    "aws_s3_bucket_notification": notification,
    "aws_sns_topic_subscription": subscription,
    "aws_sqs_queue": redrive,
    "aws_sqs_queue_redrive_policy": redrive_policy,
}
__all__ = ["TRANSLATORS", "dead_letter", "first", "host_of"]
