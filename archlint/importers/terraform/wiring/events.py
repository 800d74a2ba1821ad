"""EventBridge: rules and their targets, schedules, pipes; IoT rules and receipt rules."""

from __future__ import annotations

from collections.abc import Iterator

from archlint.importers.infrastructure import Local
from archlint.importers.infrastructure.pipes import handed_over
from archlint.importers.infrastructure.tasks import host_of
from archlint.importers.terraform.blocks import Block, Declared, first
from archlint.importers.terraform.documents import document_of
from archlint.importers.terraform.properties import anything, is_off, number, value_at
from archlint.importers.terraform.values import Data, Evaluated, Ref
from archlint.importers.terraform.world import Target, World, physical_name
from archlint.model import UNKNOWN, Style, Value

RULE = "aws_cloudwatch_event_rule"
TARGETS = (
    "lambda",
    "sqs",
    "sns",
    "kinesis",
    "firehose",
    "step_functions",
    "eventbridge_bus",
    "third_party",
    "cloudwatch_logs",
    "batch_job",
    "rest_api",
    "http_api",
    "redshift",
    "aurora",
    "glue_job",
)
PIPE_SOURCES = ("sqs", "kinesis", "dynamodb", "mq", "msk", "kafka")


def is_schedule(block: Block) -> bool:
    """Whether a rule is a schedule and no filter of events."""
    return block.get("schedule_expression").data not in (None, "")


def target(world: World, item: Declared, block: Block) -> None:
    """``aws_cloudwatch_event_target``: a rule's target with its dead-letter queue."""
    sources, properties = _sources(world, item, block)
    targets = _event_targets(world, block)
    if not targets:
        world.stack.mentioned.update(source.end.id for source in sources if isinstance(source.end, Local))
    config = first(block, "dead_letter_config")
    dead = world.targets(config.get("arn"), "sqs") if config is not None else []
    name = item.name_of(block) if dead else None
    world.wire(
        sources,
        targets,
        Style.ASYNC,
        block.site(),
        action="deliver",
        properties={**properties, "subscription": name},
        assumed=item.assumed,
    )
    if config is not None:
        attached: dict[str, Value] = {"attached_to": "target", "subscription": name}
        world.wire(sources, dead, Style.ERROR, config.site("arn"), properties=attached, assumed=item.assumed)


def _sources(world: World, item: Declared, block: Block) -> tuple[list[Target], dict[str, Value]]:
    """What a target is told by: the schedule, or the rule's bus."""
    given = block.get("rule")
    found = _rule(world, item, block)
    if found is None:
        name = given.data if isinstance(given.data, str) else None
        return _bus(world, block), {"rule": name}
    holder, rule = found
    if is_schedule(rule or holder.block):
        return world.itself(holder), {"legacy": True}
    if rule is None:  # any of several
        return _bus(world, holder.block), {"rule": holder.address, "filter": UNKNOWN}
    name = physical_name(holder.kind, rule) or holder.address
    pattern = value_at(rule, "event_pattern", anything)
    return _bus(world, rule), {"rule": name, "filter": pattern}


def _rule(world: World, item: Declared, block: Block) -> tuple[Declared, Block | None] | None:
    """The rule that a target belongs to, and of one that is there several times the instance, where that is known."""
    given = block.get("rule")
    if isinstance(given.data, Ref):
        holder = world.declared.get(given.data.address)
        return (holder, holder.beside(item, block)) if holder is not None and holder.kind == RULE else None
    known = world.once("rules by name", lambda: _rules_by_name(world))
    return known.get(given.data) if isinstance(given.data, str) else None


def _rules_by_name(world: World) -> dict[str, tuple[Declared, Block]]:
    found: dict[str, tuple[Declared, Block]] = {}
    for item, block in world.of_kind(RULE):
        found.setdefault(physical_name(RULE, block), (item, block))
    return found


def _bus(world: World, block: Block) -> list[Target]:
    given = block.get("event_bus_name")
    if given.data in (None, "", "default"):
        return [world.default_bus()]
    return world.targets(given, "eventbridge_bus")


def _event_targets(world: World, block: Block) -> list[Target]:
    for holder, name in (("ecs_target", "task_definition_arn"), ("ecs_parameters", "task_definition_arn")):
        task = first(block, holder)
        if task is not None:
            return tasks(world, task.get(name))
    batch = first(block, "batch_target")
    if batch is not None:
        return world.targets(batch.get("job_definition"), "batch_job")
    return world.targets(block.get("arn"), *TARGETS)


def tasks(world: World, given: Evaluated) -> list[Target]:
    """A task that is run by itself: its definition stands for it."""
    data = given.data
    item = world.declared.get(data.address) if isinstance(data, Ref) else None
    if item is None or item.kind != "aws_ecs_task_definition":
        return []
    if item.address not in world.stack.resources:
        world.stack.add(item.address, "ecs_service", item.block.site(), label=item.name)
    return world.itself(item)


def schedule(world: World, item: Declared, block: Block) -> None:
    """``aws_scheduler_schedule``."""
    inner = first(block, "target")
    if inner is None:
        return
    targets = _event_targets(world, inner)
    given = inner.get("input")
    if not targets and given.data is not None:
        data = document_of(given.data)
        named: list[Data] = [*data.values()] if isinstance(data, dict) else [data]
        targets = world.targets(Evaluated(named, given.assumed), *TARGETS, "ec2", "ecs_service")
    if not targets:
        world.stack.mentioned.add(item.address)  # it calls what is no component, such as an API of AWS
    world.wire(world.itself(item), targets, Style.ASYNC, inner.site("arn"), action="deliver", assumed=item.assumed)
    config = first(inner, "dead_letter_config")
    if config is not None:
        dead = world.targets(config.get("arn"), "sqs")
        attached: dict[str, Value] = {"attached_to": "target"}
        world.wire(world.itself(item), dead, Style.ERROR, config.site("arn"), properties=attached)


def pipe(world: World, item: Declared, block: Block) -> None:
    """``aws_pipes_pipe``: source, enrichment, target and dead letters."""
    itself = world.itself(item)
    sources = world.targets(block.get("source"), *PIPE_SOURCES)
    properties: dict[str, Value] = {
        "filter": value_at(block, "source_parameters.filter_criteria.filter.pattern", anything)
    }
    parameters = first(block, "source_parameters")
    for inner in _stream_parameters(parameters):
        properties |= {
            "batch_size": value_at(inner, "batch_size", number),
            "batching_window": value_at(inner, "maximum_batching_window_in_seconds", number),
            "maximum_retry_attempts": value_at(inner, "maximum_retry_attempts", number),
            "maximum_record_age": value_at(inner, "maximum_record_age_in_seconds", number),
            "parallelization_factor": value_at(inner, "parallelization_factor", number),
            "bisect_on_error": value_at(inner, "on_partial_batch_item_failure", anything),
        }
        config = first(inner, "dead_letter_config")
        if config is not None:
            dead = world.targets(config.get("arn"), "sqs", "sns")
            world.wire(itself, dead, Style.ERROR, config.site("arn"))
    world.wire(sources, itself, Style.ASYNC, block.site("source"), action="poll", properties=properties)
    enrichment = world.targets(
        block.get("enrichment"), "lambda", "step_functions", "rest_api", "http_api", "third_party"
    )
    world.wire(itself, enrichment, Style.SYNC, block.site("enrichment"), action="invoke")
    targets = world.targets(block.get("target"), *TARGETS)
    if not targets:
        task = first(block, "target_parameters", "ecs_task_parameters")
        targets = tasks(world, task.get("task_definition_arn")) if task is not None else []
    invocation = _invocation(block)
    for target in targets:
        style, action = handed_over(target.type, invocation)
        world.wire(itself, [target], style, block.site("target"), action=action)


def _invocation(block: Block) -> str:
    """How a pipe invokes its target; empty where nothing is said."""
    for name in ("step_function_state_machine_parameters", "lambda_function_parameters"):
        inner = first(block, "target_parameters", name)
        written = inner.get("invocation_type").data if inner is not None else None
        if isinstance(written, str):
            return written
    return ""


def _stream_parameters(parameters: Block | None) -> Iterator[Block]:
    if parameters is not None:
        for name in (
            "sqs_queue_parameters",
            "kinesis_stream_parameters",
            "dynamodb_stream_parameters",
            "managed_streaming_kafka_parameters",
            "self_managed_kafka_parameters",
            "activemq_broker_parameters",
            "rabbitmq_broker_parameters",
        ):
            yield from parameters.blocks(name)[:1]


_IOT_ACTIONS = {
    "lambda": ("function_arn", "lambda"),
    "sqs": ("queue_url", "sqs"),
    "sns": ("target_arn", "sns"),
    "kinesis": ("stream_name", "kinesis"),
    "firehose": ("delivery_stream_name", "firehose"),
    "dynamodb": ("table_name", "dynamodb"),
    "s3": ("bucket_name", "s3"),
    "step_functions": ("state_machine_name", "step_functions"),
    "timestream": ("table_name", "timestream"),
    "kafka": ("destination_arn", "msk"),
    "cloudwatch_logs": ("log_group_name", "cloudwatch_logs"),
    "elasticsearch": ("endpoint", "opensearch"),
    "http": ("url", "third_party"),
}


def iot(world: World, item: Declared, block: Block) -> None:
    """``aws_iot_topic_rule``: every action, and where its errors go."""
    if is_off(block.get("enabled").data):
        return
    for holder, style in ((block, Style.ASYNC), (first(block, "error_action"), Style.ERROR)):
        if holder is None:
            continue
        action = "deliver" if style is Style.ASYNC else "on_failure"
        for name, (attribute, type_) in _IOT_ACTIONS.items():
            for inner in holder.blocks(name):
                targets = world.targets(inner.get(attribute), type_)
                written = inner.get(attribute).data
                if type_ == "third_party" and (host := host_of(written) if isinstance(written, str) else ""):
                    targets = [world.outside(type_, host)]
                world.wire(world.itself(item), targets, style, inner.site(attribute), action=action)
        put = first(holder, "dynamodbv2", "put_item")
        if put is not None:
            tables = world.targets(put.get("table_name"), "dynamodb")
            world.wire(world.itself(item), tables, style, put.site("table_name"), action=action)


def receipt(world: World, item: Declared, block: Block) -> None:
    """``aws_ses_receipt_rule``."""
    for name, attribute, type_ in (
        ("lambda_action", "function_arn", "lambda"),
        ("s3_action", "bucket_name", "s3"),
        ("sns_action", "topic_arn", "sns"),
    ):
        for inner in block.blocks(name):
            waits = inner.get("invocation_type").data == "RequestResponse"
            style, action = (Style.SYNC, "invoke") if waits else (Style.ASYNC, "deliver")
            targets = world.targets(inner.get(attribute), type_)
            world.wire(world.itself(item), targets, style, inner.site(attribute), action=action)


TRANSLATORS = {
    "aws_cloudwatch_event_target": target,
    "aws_iot_topic_rule": iot,
    "aws_pipes_pipe": pipe,
    "aws_scheduler_schedule": schedule,
    "aws_ses_receipt_rule": receipt,
}
