"""SQS queues, SNS topics and their subscriptions, Amazon MQ."""

from __future__ import annotations

from collections.abc import Mapping

from archlint.importers.cloudformation.item import Item, Reader, Table, boolean, is_set, number, read_properties
from archlint.importers.infrastructure.arns import Target, targets
from archlint.importers.infrastructure.ends import Named
from archlint.importers.infrastructure.symbols import Symbol, Text, field, items, parsed, shown, word
from archlint.importers.infrastructure.tasks import host_of
from archlint.model import UNKNOWN, Site, Style, Value

_QUEUE: Table = {
    "fifo": (("FifoQueue",), boolean),
    "visibility_timeout": (("VisibilityTimeout",), number),
    "retention": (("MessageRetentionPeriod",), number),
    "delay": (("DelaySeconds",), number),
    "max_message_size": (("MaximumMessageSize",), number),
}
_TOPIC: Table = {"fifo": (("FifoTopic",), boolean), "max_message_size": (("MaximumMessageSize",), number)}


def _queue(item: Item) -> None:
    item.add("sqs", read_properties(item, _QUEUE), item.get("QueueName"))


def _redrive(item: Item) -> None:
    redrive(item, Target(item.end), item.get("RedrivePolicy"), item.site("RedrivePolicy"), "queue")


def redrive(  # noqa: PLR0913, PLR0917  what a redrive policy is made of
    item: Item, source: Target, policy: Symbol, site: Site, attached_to: str, more: Mapping[str, Value] | None = None
) -> None:
    """Connect a source with the dead-letter queue of a redrive policy, which may be a text of JSON."""
    for value, sure in items(policy):
        data = parsed(value, item.build.context.limits)
        if data is UNKNOWN and isinstance(value, str | Text):
            item.stack.note("this redrive policy is no JSON that can be read", site)
        receives = field(data, "maxReceiveCount")
        properties = {"attached_to": attached_to, "max_receives": number(receives), **(more or {})}
        for dead in item.ends(field(data, "deadLetterTargetArn"), "sqs"):
            item.connect(source, dead, Style.ERROR, site, properties=properties, sure=sure)


def _topic(item: Item) -> None:
    item.add("sns", read_properties(item, _TOPIC), item.get("TopicName"))


def _subscriptions(item: Item) -> None:
    for index, (entry, sure) in enumerate(items(item.get("Subscription"))):
        if isinstance(entry, dict):
            place = item.site("Subscription", index)
            subscribe(item, Target(item.end, sure), entry, place, f"{item.id}{index}")


def _subscription(item: Item) -> None:
    for topic in item.ends(item.get("TopicArn"), "sns"):
        subscribe(item, topic, item.properties, item.site(), item.id)


_ADDRESSES = frozenset({"email", "email-json", "sms", "application"})
_PROTOCOLS = {"sqs": "sqs", "lambda": "lambda", "firehose": "firehose"}


def subscribe(item: Item, topic: Target, fields: Mapping[str, Symbol], site: Site, name: str) -> None:
    """Connect a topic with a subscriber. Who an e-mail address is, the template does not say."""
    protocol, endpoint = word(fields.get("Protocol")).lower(), fields.get("Endpoint")
    properties: dict[str, Value] = {"filter": is_set(fields.get("FilterPolicy"))}
    kept = fields.get("RedrivePolicy")
    if protocol.startswith("http"):
        found = _address(endpoint)
    elif protocol in _ADDRESSES:
        found = []
    else:
        found = list(targets(endpoint, _PROTOCOLS.get(protocol, "other")))
    for target in found:
        own = dict(properties)
        if kept is not None:
            own["subscription"] = name
        item.connect(topic, target, Style.ASYNC, site, action="deliver", properties=own)
    if kept is not None:
        redrive(item, topic, kept, site, "subscription", {"subscription": name})


def _address(endpoint: Symbol) -> list[Target]:
    """An HTTP subscriber: a function's URL or an API of the template, else the host."""
    host = host_of(word(endpoint))
    if host:
        return [Target(Named("third_party", host))]
    found = list(targets(endpoint, "third_party"))
    return found or ([Target(Named("third_party", "subscriber"))] if shown(endpoint) else [])


def _broker(item: Item) -> None:
    item.add("mq", {}, item.get("BrokerName"))


READERS = {
    "AWS::SQS::Queue": Reader(_queue, _redrive),
    "AWS::SNS::Topic": Reader(_topic, _subscriptions),
    "AWS::SNS::Subscription": Reader(None, _subscription),
    "AWS::AmazonMQ::Broker": Reader(_broker),
}
