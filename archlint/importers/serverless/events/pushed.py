"""Events that are delivered: sns, s3, eventBridge, cloudwatchEvent, cloudwatchLog, iot; cognitoUserPool, alexaSkill."""

from __future__ import annotations

from archlint.importers.infrastructure import End, Local, Named
from archlint.importers.serverless import naming
from archlint.importers.serverless.building import Building
from archlint.importers.serverless.events.timed import add_schedule
from archlint.importers.serverless.events.trigger import Making, Readers, Trigger
from archlint.importers.serverless.placed import Placed, truth
from archlint.model import Style, Value

_DEFAULT_BUS = "default"
_CREATED = "s3:ObjectCreated:*"


def _sns(making: Making, trigger: Trigger) -> None:
    building = making.building
    topic = _topic(building, trigger)
    properties: dict[str, Value] = {"filter": True} if trigger.get("filterPolicy") is not None else {}
    building.connect(topic, trigger.target, Style.ASYNC, trigger.site, properties=properties)
    redrive = trigger.get("redrivePolicy")
    if redrive is None:
        return
    written = redrive.get("deadLetterTargetArn") or redrive.get("deadLetterTargetRef")
    dead: End | None = building.end(written, "sqs")
    if (reference := redrive.get("deadLetterTargetRef")) is not None and reference.text:
        dead = Local(reference.text)
    if (imported := redrive.get("deadLetterTargetImport")) is not None:
        dead = building.end(imported.get("arn") or imported, "sqs")
    kept: dict[str, Value] = {"attached_to": "subscription", "subscription": trigger.owner}
    building.connect(topic, dead, Style.ERROR, redrive.site, properties=kept)


def _topic(building: Building, trigger: Trigger) -> End | None:
    """A topic of its own ARN, or the one that a name makes."""
    written = trigger.short("arn")
    if written is not None and not (isinstance(written.value, str) and _is_name(written.value)):
        return building.end(written, "sns")
    name = written or trigger.get("topicName")
    if name is None or not name.text:
        return None
    return building.implied(naming.topic_id(name.text), "sns", trigger.site, name=name.text)


def _is_name(text: str) -> bool:
    return not text.startswith(("arn:", "{{resolve:", "${"))


def _s3(making: Making, trigger: Trigger) -> None:
    building = making.building
    bucket = trigger.short("bucket")
    if bucket is None:
        return
    written = trigger.get("event")
    properties: dict[str, Value] = {"event": written.text if written is not None and written.text else _CREATED}
    rules = trigger.get("rules")
    for rule in rules.items if rules is not None else []:
        for key in ("prefix", "suffix"):
            if (part := rule.get(key)) is not None and part.text:
                properties[key] = part.text
    source = _bucket(building, trigger, bucket)
    building.connect(source, trigger.target, Style.ASYNC, trigger.site, properties=properties)


def _bucket(building: Building, trigger: Trigger, bucket: Placed) -> End | None:
    """The bucket that an event makes, unless it says that it exists."""
    existing = trigger.get("existing")
    if isinstance(bucket.value, dict) or (existing is not None and truth(existing) is True):
        return building.end(bucket, "s3")
    name = bucket.text
    if not name:
        return None
    settings = building.section("provider", "s3", name)
    id_ = naming.bucket_id(name)
    given = settings.get("name") if settings is not None else None
    return building.implied(id_, "s3", trigger.site, name=given.text or name if given is not None else name)


def _event_bridge(making: Making, trigger: Trigger) -> None:
    building = making.building
    if (schedule := trigger.get("schedule")) is not None:
        source: End = add_schedule(building, trigger, schedule, "EventBridgeSchedule", legacy=True)
        _dead_letters(building, trigger, source, {})
        return
    bus = _bus(building, trigger)
    rule = _rule_name(building, trigger)
    building.connect(bus, trigger.target, Style.ASYNC, trigger.site, properties={"rule": rule, "filter": True})
    _dead_letters(building, trigger, bus, {"rule": rule})


def _bus(building: Building, trigger: Trigger) -> End | None:
    """The bus that an event makes by naming it; the plugin for state machines makes none and has another key for it.

    https://github.com/serverless-operations/serverless-step-functions#specifying-a-custom-cloudwatch-eventbus
    """
    existing = trigger.get("eventBusName")
    if existing is not None and existing.value != _DEFAULT_BUS:
        return building.end(existing, "eventbridge_bus")
    written = trigger.get("eventBus")
    if written is None or written.value == _DEFAULT_BUS:
        return default_bus()
    if isinstance(written.value, str) and _is_name(written.value):
        id_ = naming.bus_id(written.value)
        return building.implied(id_, "eventbridge_bus", trigger.site, name=written.value)
    return building.end(written, "eventbridge_bus")


def default_bus() -> End:
    """The account's own event bus."""
    return Named("eventbridge_bus", _DEFAULT_BUS)


def _rule_name(building: Building, trigger: Trigger) -> str:
    given = trigger.get("name")
    if given is not None and given.text:
        return given.text
    resource = building.stack.resources.get(trigger.target.id)
    return f"{resource.name if resource is not None else trigger.owner}-rule-{trigger.number}"


def _dead_letters(building: Building, trigger: Trigger, source: End | None, properties: dict[str, Value]) -> None:
    """What a rule cannot deliver; the second key is that of serverless-step-functions, as is the bus by its name."""
    dead = trigger.get("deadLetterQueueArn") or trigger.get("deadLetterConfig")
    if dead is not None:
        told = properties.get("rule", trigger.owner)
        kept: dict[str, Value] = {"attached_to": "target", "subscription": told, **properties}
        building.connect(source, building.end(dead, "sqs"), Style.ERROR, dead.site, properties=kept)


def _cloudwatch_event(making: Making, trigger: Trigger) -> None:
    rule = _rule_name(making.building, trigger)
    bus = _bus(making.building, trigger)
    making.building.connect(bus, trigger.target, Style.ASYNC, trigger.site, properties={"rule": rule, "filter": True})
    _dead_letters(making.building, trigger, bus, {"rule": rule})


def _cloudwatch_log(making: Making, trigger: Trigger) -> None:
    building = making.building
    group = trigger.short("logGroup")
    filter_ = trigger.get("filter")
    properties: dict[str, Value] = {"filter": True} if filter_ is not None and filter_.text else {}
    for item in group.items if group is not None else []:
        source = building.end(item, "cloudwatch_logs")
        building.connect(source, trigger.target, Style.ASYNC, trigger.site, properties=properties)


def _iot(making: Making, trigger: Trigger) -> None:
    building = making.building
    name = trigger.get("name")
    id_ = naming.rule_id(trigger.owner, trigger.number)
    source = building.implied(id_, "iot_rule", trigger.site, name=name.text or "" if name is not None else "")
    building.connect(source, trigger.target, Style.ASYNC, trigger.site)


def _user_pool(making: Making, trigger: Trigger) -> None:
    building = making.building
    pool, kind = trigger.get("pool"), trigger.get("trigger")
    if pool is None or not pool.text:
        return
    properties: dict[str, Value] = {"event": kind.text} if kind is not None and kind.text else {}
    existing = trigger.get("existing")
    source: End | None = building.end(pool, "cognito_user_pool")
    if existing is None or truth(existing) is False:
        source = building.implied(naming.pool_id(pool.text), "cognito_user_pool", trigger.site, name=pool.text)
    building.connect(source, trigger.target, Style.SYNC, trigger.site, properties=properties)


def _alexa(making: Making, trigger: Trigger) -> None:
    source = Named("client", "Alexa")
    making.building.connect(source, trigger.target, Style.SYNC, trigger.site)


READERS: Readers = {
    "sns": _sns,
    "s3": _s3,
    "existingS3": _s3,
    "eventBridge": _event_bridge,
    "cloudwatchEvent": _cloudwatch_event,
    "cloudwatchLog": _cloudwatch_log,
    "iot": _iot,
    "cognitoUserPool": _user_pool,
    "alexaSkill": _alexa,
    "alexaSmartHome": _alexa,
}
