"""Events that Lambda polls for: sqs, stream, msk, kafka, activemq, rabbitmq."""

from __future__ import annotations

from archlint.importers.infrastructure import End
from archlint.importers.infrastructure.arns import kafka_cluster
from archlint.importers.infrastructure.symbols import Symbol
from archlint.importers.serverless.building import Building
from archlint.importers.serverless.events.trigger import Making, Readers, Trigger
from archlint.importers.serverless.functions import destination
from archlint.importers.serverless.placed import Placed, number, truth
from archlint.model import Style, Value

_STREAM_BATCH = 10
"""The framework's batch size of a stream, where AWS's is 100.

Source: https://www.serverless.com/framework/docs/providers/aws/events/streams
"""
_REPORT = "ReportBatchItemFailures"


def _sqs(making: Making, trigger: Trigger) -> None:
    _poll(making.building, trigger, making.building.end(trigger.short("arn"), "sqs"), mapping(trigger.body))


def _stream(making: Making, trigger: Trigger) -> None:
    building = making.building
    arn = trigger.short("arn")
    kind = trigger.get("type")
    word = (kind.text or "") if kind is not None else "dynamodb" if ":dynamodb:" in str(arn and arn.value) else ""
    source = building.end(arn, "dynamodb" if word.lower() == "dynamodb" else "kinesis")
    properties = mapping(trigger.body)
    properties.setdefault("batch_size", _STREAM_BATCH)
    consumer = trigger.get("consumer")
    if consumer is not None and consumer.value is not False:
        properties["enhanced_fan_out"] = True
    _poll(building, trigger, source, properties)


def _msk(making: Making, trigger: Trigger) -> None:
    _poll(making.building, trigger, making.building.end(trigger.get("arn"), "msk"), mapping(trigger.body))


def _kafka(making: Making, trigger: Trigger) -> None:
    servers = trigger.get("bootstrapServers")
    names: list[Symbol] = [server.text for server in servers.items if server.text] if servers is not None else []
    source = kafka_cluster(names)
    _poll(making.building, trigger, source, mapping(trigger.body))


def _broker(making: Making, trigger: Trigger) -> None:
    _poll(making.building, trigger, making.building.end(trigger.get("arn"), "mq"), mapping(trigger.body))


def _poll(building: Building, trigger: Trigger, source: End | None, properties: dict[str, Value]) -> None:
    if source is None:
        building.note(f"what this {trigger.kind} event listens to cannot be read", trigger.site)
        return
    if truth(trigger.get("enabled")) is False:
        return
    building.connect(source, trigger.target, Style.ASYNC, trigger.site, action="poll", properties=properties)
    failure = trigger.body.at("destinations", "onFailure")
    if failure is not None:
        target = destination(building, failure, "sqs")
        properties = {"attached_to": "mapping"}
        building.connect(trigger.target, target, Style.ERROR, failure.site, properties=properties)


def mapping(body: Placed) -> dict[str, Value]:
    """The properties of an event source mapping that are written."""
    found: dict[str, Value] = {
        "batch_size": number(body.get("batchSize")),
        "batching_window": number(body.get("batchWindow") or body.get("maximumBatchingWindow")),
        "maximum_concurrency": number(body.get("maximumConcurrency")),
        "maximum_retry_attempts": number(body.get("maximumRetryAttempts")),
        "maximum_record_age": number(body.get("maximumRecordAgeInSeconds")),
        "parallelization_factor": number(body.get("parallelizationFactor")),
        "bisect_on_error": truth(body.get("bisectBatchOnFunctionError")),
        "provisioned_pollers": _pollers(body.get("provisionedPollerConfig")),
    }
    responses = body.get("functionResponseType") or body.get("functionResponseTypes")
    if responses is not None and any(item.value == _REPORT for item in responses.items):
        found["report_batch_item_failures"] = True
    if (patterns := body.get("filterPatterns")) is not None and patterns.value != []:
        found["filter"] = True
    return {name: value for name, value in found.items() if value is not None}


def _pollers(written: Placed | None) -> Value:
    if written is None:
        return None
    bounds = {"minimum": number(written.get("minimumPollers")), "maximum": number(written.get("maximumPollers"))}
    return {name: value for name, value in bounds.items() if value is not None}


READERS: Readers = {
    "sqs": _sqs,
    "stream": _stream,
    "msk": _msk,
    "kafka": _kafka,
    "activemq": _broker,
    "rabbitmq": _broker,
}
