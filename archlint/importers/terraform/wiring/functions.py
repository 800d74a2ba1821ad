"""What invokes functions and where their failures go: mappings, invocation settings, URLs, dead letters."""

from __future__ import annotations

from archlint.importers.infrastructure.arns import kafka_cluster
from archlint.importers.infrastructure.rules import rule_of
from archlint.importers.terraform.blocks import Block, Declared, first
from archlint.importers.terraform.properties import anything, flag, is_off, not_negative, number, same, value_at
from archlint.importers.terraform.symbols import symbol_of
from archlint.importers.terraform.values import Data, Evaluated, Opaque, Ref, refs_in
from archlint.importers.terraform.world import Target, World, physical_name
from archlint.model import UNKNOWN, Confidence, Style, Value

SOURCES = ("sqs", "kinesis", "dynamodb", "mq", "msk", "kafka", "documentdb")
DESTINATIONS = ("sqs", "sns", "lambda", "eventbridge_bus", "s3", "kafka", "msk")
_TOPIC = "kafka://"
"""Begins the name of an on-failure destination that is another topic of the cluster that is read."""


def mapping(world: World, item: Declared, block: Block) -> None:
    """``aws_lambda_event_source_mapping``: the source is polled, batches that fail may go elsewhere."""
    if is_off(block.get("enabled").data):
        return
    functions = world.targets(block.get("function_name"), "lambda")
    sources = _mapping_sources(world, block)
    properties = _mapping_properties(block)
    world.wire(
        sources, functions, Style.ASYNC, block.site(), action="poll", properties=properties, assumed=item.assumed
    )
    destination = first(block, "destination_config", "on_failure")
    if destination is not None:
        given = destination.get("destination_arn")
        in_cluster = isinstance(given.data, str) and given.data.startswith(_TOPIC)
        failed = sources if in_cluster else world.targets(given, *DESTINATIONS)
        site = destination.site("destination_arn")
        attached: dict[str, Value] = {"attached_to": "mapping"}
        world.wire(functions, failed, Style.ERROR, site, properties=attached, assumed=item.assumed)


def _mapping_sources(world: World, block: Block) -> list[Target]:
    given = block.get("event_source_arn")
    if given.data is None:
        own = first(block, "self_managed_event_source")
        if own is None:
            return []
        endpoints = own.get("endpoints").data
        servers = endpoints.get("KAFKA_BOOTSTRAP_SERVERS") if isinstance(endpoints, dict) else None
        cluster = kafka_cluster(servers if isinstance(servers, str) else None)
        return [world.outside(cluster.type, cluster.name)]
    found = world.targets(given, *SOURCES)
    if found:
        return found
    type_ = _guessed_source(given.data, block)
    return world.targets(given, type_) if type_ else []


def _guessed_source(data: Data, block: Block) -> str:
    """The type of a source of which only a variable's name is known."""
    if block.get("queues").data is not None:
        return "mq"
    if block.get("topics").data is not None:
        return "msk"
    if block.get("starting_position").data is None:
        return "sqs"
    words = " ".join(".".join((ref.address, *ref.path)) for ref in refs_in(data)).lower()
    if "dynamo" in words or "table" in words:
        return "dynamodb"
    return "kinesis" if "kinesis" in words or "stream" in words else ""


def _mapping_properties(block: Block) -> dict[str, Value]:
    types = block.get("function_response_types").data
    reports: Value = None
    if isinstance(types, list):
        reports = True if "ReportBatchItemFailures" in types else None
    elif isinstance(types, Ref | Opaque):
        reports = UNKNOWN
    return {
        "batch_size": value_at(block, "batch_size", number),
        "batching_window": value_at(block, "maximum_batching_window_in_seconds", number),
        "maximum_concurrency": value_at(block, "scaling_config.maximum_concurrency", number),
        "report_batch_item_failures": reports,
        "bisect_on_error": value_at(block, "bisect_batch_on_function_error", flag),
        "maximum_retry_attempts": value_at(block, "maximum_retry_attempts", number),
        "maximum_record_age": value_at(block, "maximum_record_age_in_seconds", number),
        "parallelization_factor": value_at(block, "parallelization_factor", number),
        "filter": value_at(block, "filter_criteria.filter.pattern", anything),
        "enhanced_fan_out": _reads_through_consumer(block),
        "provisioned_pollers": _pollers(block),
    }


def _reads_through_consumer(block: Block) -> Value:
    refs = refs_in(block.get("event_source_arn").data)
    return True if any(".aws_kinesis_stream_consumer." in f".{ref.address}" for ref in refs) else None


def _pollers(block: Block) -> Value:
    config = first(block, "provisioned_poller_config")
    if config is None:
        return None
    found = {
        "minimum": value_at(config, "minimum_pollers", number),
        "maximum": value_at(config, "maximum_pollers", number),
    }
    return {key: value for key, value in found.items() if value is not None} or None


def invoke_config(world: World, item: Declared, block: Block) -> None:
    """``aws_lambda_function_event_invoke_config``: destinations and retries of asynchronous invocations."""
    functions = world.targets(block.get("function_name"), "lambda")
    world.set_properties(
        functions,
        {
            "retry_attempts": value_at(block, "maximum_retry_attempts", not_negative),
            "max_event_age": value_at(block, "maximum_event_age_in_seconds", number),
        },
    )
    for name, style, action in (("on_failure", Style.ERROR, "on_failure"), ("on_success", Style.ASYNC, "on_success")):
        destination = first(block, "destination_config", name)
        if destination is None:
            continue
        targets = world.targets(destination.get("destination"), *DESTINATIONS)
        properties: dict[str, Value] = {"attached_to": "function"} if style is Style.ERROR else {}
        site = destination.site("destination")
        world.wire(functions, targets, style, site, action=action, properties=properties, assumed=item.assumed)


def function(world: World, item: Declared, block: Block) -> None:
    """A function's own dead-letter queue or topic, and the file systems it mounts."""
    for mount in block.blocks("file_system_config"):
        systems = world.targets(mount.get("arn"), "efs")
        world.wire(world.itself(item), systems, Style.SYNC, mount.site("arn"), action="read_write")
    config = first(block, "dead_letter_config")
    if config is not None:
        targets = world.targets(config.get("target_arn"), "sqs", "sns")
        attached: dict[str, Value] = {"attached_to": "function"}
        world.wire(world.itself(item), targets, Style.ERROR, config.site("target_arn"), properties=attached)


def url(world: World, item: Declared, block: Block) -> None:
    """``aws_lambda_function_url``."""
    functions = world.targets(block.get("function_name"), "lambda")
    world.wire(world.itself(item), functions, Style.SYNC, block.site("function_name"), assumed=item.assumed)


def concurrency(world: World, _item: Declared, block: Block) -> None:
    """``aws_lambda_provisioned_concurrency_config``."""
    value = value_at(block, "provisioned_concurrent_executions", number)
    world.set_properties(world.targets(block.get("function_name"), "lambda"), {"provisioned_concurrency": value})


def recursion(world: World, _item: Declared, block: Block) -> None:
    """``aws_lambda_function_recursion_config``."""
    value = value_at(block, "recursive_loop", same)
    word = value.lower() if isinstance(value, str) else value
    world.set_properties(world.targets(block.get("function_name"), "lambda"), {"recursive_loop": word})


_PRINCIPALS = {
    "sns.amazonaws.com": ("sns", Style.ASYNC),
    "s3.amazonaws.com": ("s3", Style.ASYNC),
    "events.amazonaws.com": ("eventbridge_bus", Style.ASYNC),
    "iot.amazonaws.com": ("iot_rule", Style.ASYNC),
    "apigateway.amazonaws.com": ("api", Style.SYNC),
    "elasticloadbalancing.amazonaws.com": ("alb", Style.SYNC),
    "cognito-idp.amazonaws.com": ("cognito_user_pool", Style.SYNC),
}


_RULE = "aws_cloudwatch_event_rule"
_ALEXA = ("alexa-appkit.amazon.com", "alexa-connectedhome.amazon.com")


def permission(world: World, item: Declared, block: Block) -> None:
    """``aws_lambda_permission``: who may invoke a function probably does, where nothing else says how."""
    principal = block.get("principal").data
    type_, style = _PRINCIPALS.get(principal, ("", Style.ASYNC)) if isinstance(principal, str) else ("", Style.ASYNC)
    given = block.get("source_arn")
    if principal in _ALEXA:  # what triggers it is wired outside AWS
        functions = world.targets(block.get("function_name"), "lambda")
        alexa = world.outside("client", "Alexa")
        world.wire([alexa], functions, Style.SYNC, block.site(), action="invoke", assumed=item.assumed)
    if type_ and given.data is not None:
        functions = world.targets(block.get("function_name"), "lambda")
        rule = type_ == "eventbridge_bus"
        sources = _bus_elsewhere(world, given) if rule else world.targets(Evaluated(given.data, assumed=True), type_)
        world.suppose(sources, functions, style, block.site())


def _bus_elsewhere(world: World, given: Evaluated) -> list[Target]:
    """The bus of a rule that another configuration declares; of one of this one its targets tell what it triggers."""
    rule = rule_of(symbol_of(world, given))
    own = world.once(
        "names of rules", lambda: {physical_name(item.kind, block) for item, block in world.of_kind(_RULE)}
    )
    return [] if rule is None or rule.name in own else [Target(rule.bus, Confidence.LIKELY, rule.bus.type)]


TRANSLATORS = {
    "aws_lambda_event_source_mapping": mapping,
    "aws_lambda_function": function,
    "aws_lambda_function_event_invoke_config": invoke_config,
    "aws_lambda_function_recursion_config": recursion,
    "aws_lambda_function_url": url,
    "aws_lambda_permission": permission,
    "aws_lambda_provisioned_concurrency_config": concurrency,
}
