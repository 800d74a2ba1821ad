"""The ``Events`` of SAM's functions and state machines.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventsource.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from archlint.importers.cloudformation.item import Item, boolean, is_set, number
from archlint.importers.cloudformation.readers.events import bus_of
from archlint.importers.cloudformation.readers.functions import map_source
from archlint.importers.cloudformation.readers.operations import log_groups
from archlint.importers.cloudformation.readers.queues import redrive
from archlint.importers.cloudformation.readers.stores import notification
from archlint.importers.infrastructure.arns import Target, kafka_cluster
from archlint.importers.infrastructure.ends import Local, Named
from archlint.importers.infrastructure.schedules import timing
from archlint.importers.infrastructure.symbols import Reference, Symbol, field, mapping, word
from archlint.model import Site, Style, Value
from archlint.model.tuples import NamedTuple

IMPLICIT_REST, IMPLICIT_HTTP = "ServerlessRestApi", "ServerlessHttpApi"


class _Event(NamedTuple):
    """An event of a function or state machine; ``id`` is the name of what SAM makes of it."""

    item: Item
    name: str
    type: str
    fields: Mapping[str, Symbol]

    @property
    def id(self) -> str:
        return f"{self.item.id}{self.name}"

    @property
    def site(self) -> Site:
        return self.item.site("Events", self.name)

    @property
    def target(self) -> Target:
        return Target(self.item.end)


def _events(item: Item) -> list[_Event]:
    return [
        _Event(item, name, word(field(body, "Type")), mapping(field(body, "Properties")))
        for name, body in mapping(item.get("Events")).items()
    ]


def declare_events(item: Item) -> None:
    """Declare what SAM makes for the events: schedules, rules of IoT, queues, implicit APIs."""
    for event in _events(item):
        match event.type:
            case "Schedule" | "ScheduleV2":
                expression = event.fields.get("Schedule", event.fields.get("ScheduleExpression"))
                item.stack.add(event.id, "schedule", event.site, timing(expression))
                _declare_queue(event)
            case "EventBridgeRule" | "CloudWatchEvent":
                _declare_queue(event)
            case "IoTRule":
                item.stack.add(event.id, "iot_rule", event.site)
            case "SNS" if event.fields.get("SqsSubscription") is True:
                item.stack.add(f"{event.id}Queue", "sqs", event.site, {"fifo": _is_fifo(event) or None})
            case "Api" if event.fields.get("RestApiId") is None:
                _declare_implicit(event, IMPLICIT_REST, "rest_api")
            case "HttpApi" if event.fields.get("ApiId") is None:
                _declare_implicit(event, IMPLICIT_HTTP, "http_api")


def _is_fifo(event: _Event) -> bool:
    """Whether the topic of an event is a FIFO topic of the template: the queue behind it has to be one, too."""
    topics = (item for item in event.item.ends(event.fields.get("Topic"), "sns") if isinstance(item.end, Local))
    known = (event.item.build.resources.get(topic.end.id) for topic in topics if isinstance(topic.end, Local))
    return any(boolean(topic.get("FifoTopic")) is True for topic in known if topic is not None)


def _declare_implicit(event: _Event, id_: str, type_: str) -> None:
    """The API is nowhere written down: the first event that has a route of it stands for it."""
    item = event.item
    if id_ not in item.stack.resources:
        item.stack.add(id_, type_, event.site)
        item.build.scope.generated[id_] = Reference(Local(id_))
        item.build.implicit[id_] = item


def _declare_queue(event: _Event) -> None:
    """The dead-letter queue that SAM makes where only its type is written."""
    queue = _made_queue(event)
    if queue:
        event.item.stack.add(queue, "sqs", event.site)


def _made_queue(event: _Event) -> str:
    config = event.fields.get("DeadLetterConfig")
    if word(field(config, "Type")) != "SQS" or field(config, "Arn") is not None:
        return ""
    return word(field(config, "QueueLogicalId")) or f"{event.id}Queue"


def connect_events(item: Item) -> None:
    """Connect what triggers a function or a state machine with it."""
    for event in _events(item):
        known = _KINDS.get(event.type)
        if known is not None:
            known(event)
        elif event.type:
            item.note(f"events of type `{event.type[:60]}` are not known and were left aside", "Events", event.name)


def _api(event: _Event) -> None:
    rest = event.type == "Api"
    key, implicit, type_ = ("RestApiId", IMPLICIT_REST, "rest_api") if rest else ("ApiId", IMPLICIT_HTTP, "http_api")
    value = event.fields.get(key)
    verb = word(event.fields.get("Method")).upper() or "ANY"
    path = word(event.fields.get("Path")) or "$default"
    route = (
        "$default"
        if path.strip("/") == "$default"
        else f"{'ANY' if verb in ('*', 'X-AMAZON-APIGATEWAY-ANY-METHOD') else verb} {path}"
    )
    properties: dict[str, Value] = {"route": route}
    timeout = number(event.fields.get("TimeoutInMillis"))
    properties["timeout"] = timeout / 1000 if isinstance(timeout, int | float) else timeout
    machine = event.item.type.endswith("StateMachine")
    style = Style.ASYNC if machine else Style.SYNC
    if isinstance(value, str) and value in event.item.build.resources:
        value = Reference(Local(value))  # SAM takes a logical id as well
    for api in event.item.ends(Reference(Local(implicit)) if value is None else value, type_):
        if isinstance(api.end, Local):
            public = event.item.build.use_route(api.end, event.fields.get("Auth"), route)
            properties["public"] = True if public else None
        event.item.connect(api, event.target, style, event.site, action="invoke", properties=properties)


def _polled(type_: str, *keys: str) -> Callable[[_Event], None]:
    def connect(event: _Event) -> None:
        source = next((event.fields[key] for key in keys if event.fields.get(key) is not None), None)
        map_source(event.item, source, event.target, event.fields, event.site, type_)

    return connect


def _kafka(event: _Event) -> None:
    name = kafka_cluster(event.fields.get("KafkaBootstrapServers")).name
    map_source(event.item, name, event.target, event.fields, event.site, "kafka")


_BATCH = {"batch_size": 10}
"""What SAM writes into the mapping of a queue that it puts between a topic and a function."""


def _sns(event: _Event) -> None:
    """A topic's event; with ``SqsSubscription`` a queue stands between."""
    item, fields = event.item, event.fields
    between = fields.get("SqsSubscription")
    properties: dict[str, Value] = {"filter": is_set(fields.get("FilterPolicy"))}
    receiver = event.target
    if between is True:
        receiver = Target(Local(f"{event.id}Queue"))
        item.connect(receiver, event.target, Style.ASYNC, event.site, action="poll", properties=_BATCH)
    elif isinstance(between, dict):
        for queue in item.ends(between.get("QueueArn"), "sqs"):
            receiver = queue
        batch: dict[str, Symbol] = {"BatchSize": _BATCH["batch_size"], **between}
        map_source(item, between.get("QueueArn"), event.target, batch, event.site, "sqs")
    for topic in item.ends(fields.get("Topic"), "sns"):
        kept = fields.get("RedrivePolicy")
        named: dict[str, Value] = {"subscription": event.id} if kept is not None else {}
        item.connect(topic, receiver, Style.ASYNC, event.site, action="deliver", properties={**properties, **named})
        redrive(item, topic, kept, event.site, "subscription", named)


def _bucket(event: _Event) -> None:
    properties = notification(event.fields.get("Events"), event.fields.get("Filter"))
    for bucket in event.item.ends(event.fields.get("Bucket"), "s3"):
        event.item.connect(bucket, event.target, Style.ASYNC, event.site, action="deliver", properties=properties)


def _schedule(event: _Event) -> None:
    source = Target(Local(event.id))
    told: dict[str, Value] = {"legacy": True if event.type == "Schedule" else None}
    event.item.connect(source, event.target, Style.ASYNC, event.site, action="deliver", properties=told)
    _failures(event, source, {})


def _rule(event: _Event) -> None:
    pattern = event.fields.get("Pattern", event.fields.get("EventPattern"))
    properties: dict[str, Value] = {"rule": event.id, "filter": is_set(pattern)}
    for bus in bus_of(event.fields.get("EventBusName")):
        event.item.connect(bus, event.target, Style.ASYNC, event.site, action="deliver", properties=properties)
        _failures(event, bus, {"rule": event.id, "subscription": event.id})


def _failures(event: _Event, source: Target, more: dict[str, Value]) -> None:
    properties: dict[str, Value] = {"attached_to": "target", **more}
    made = _made_queue(event)
    value: Symbol = Reference(Local(made)) if made else field(event.fields.get("DeadLetterConfig"), "Arn")
    for dead in event.item.ends(value, "sqs"):
        event.item.connect(source, dead, Style.ERROR, event.site, action="on_failure", properties=properties)


def _logs(event: _Event) -> None:
    told: dict[str, Value] = {"filter": True if word(event.fields.get("FilterPattern")).strip() else None}
    for group in log_groups(event.item, event.fields.get("LogGroupName")):
        event.item.connect(group, event.target, Style.ASYNC, event.site, action="deliver", properties=told)


def _iot(event: _Event) -> None:
    event.item.connect(Local(event.id), event.target, Style.ASYNC, event.site, action="deliver")


def _alexa(event: _Event) -> None:
    event.item.connect(Named("client", "Alexa"), event.target, Style.SYNC, event.site, action="invoke")


def _cognito(event: _Event) -> None:
    for pool in event.item.ends(event.fields.get("UserPool"), "cognito_user_pool"):
        event.item.connect(pool, event.target, Style.SYNC, event.site, action="invoke")


_KINDS: Mapping[str, Callable[[_Event], None]] = {
    "Api": _api,
    "HttpApi": _api,
    "SQS": _polled("sqs", "Queue"),
    "Kinesis": _polled("kinesis", "Stream"),
    "DynamoDB": _polled("dynamodb", "Stream"),
    "MSK": _polled("msk", "Stream"),
    "MQ": _polled("mq", "Broker"),
    "DocumentDB": _polled("documentdb", "Cluster"),
    "SelfManagedKafka": _kafka,
    "SNS": _sns,
    "S3": _bucket,
    "Schedule": _schedule,
    "ScheduleV2": _schedule,
    "EventBridgeRule": _rule,
    "CloudWatchEvent": _rule,
    "CloudWatchLogs": _logs,
    "IoTRule": _iot,
    "AlexaSkill": _alexa,
    "Cognito": _cognito,
}
