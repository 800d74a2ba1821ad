"""The properties of components: which attribute holds each, and in which unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from archlint.importers.infrastructure.schedules import timing
from archlint.importers.infrastructure.tasks import host_of
from archlint.importers.terraform.blocks import Block, Declared
from archlint.importers.terraform.values import Data, Opaque, Ref, Text
from archlint.model import UNKNOWN, Value, is_unknown
from archlint.model.tuples import NamedTuple

Convert = Callable[[Data], Value]


class Rule(NamedTuple):
    """A property is made of an attribute, which may stand in nested blocks (``a.b.c``)."""

    attribute: str
    property: str
    convert: Convert


def same(data: Data) -> Value:
    """A scalar as it is."""
    return data if isinstance(data, str | int | float | bool) else None


def word(data: Data) -> Value:
    """A text that is not empty."""
    return data if isinstance(data, str) and data else None


def number(data: Data) -> Value:
    """A number, which may be written as text."""
    if isinstance(data, str):
        try:
            value = float(data)
        except ValueError:
            return None
        return int(value) if value.is_integer() else value
    return data if isinstance(data, int | float) and not isinstance(data, bool) else None


def times(factor: int) -> Convert:
    """A number in another unit; zero and less are unset."""

    def convert(data: Data) -> Value:
        value = number(data)
        return value * factor if isinstance(value, int | float) and value > 0 else None

    return convert


def not_negative(data: Data) -> Value:
    """A number; a negative one stands for unset."""
    value = number(data)
    return value if isinstance(value, int | float) and value >= 0 else None


def flag(data: Data) -> Value:
    """True where it is set; false is the default."""
    return True if data is True or data == "true" else None


def is_off(data: Data) -> bool:
    """Whether something is switched off, be it by a text."""
    return data is False or data == "false"


def is_word(word: str) -> Convert:
    """True where the attribute is this word."""
    return lambda data: True if isinstance(data, str) and data.lower() == word.lower() else None


def one_of(**words: Value) -> Convert:
    """The value for a word."""
    return lambda data: words.get(str(data).lower()) if isinstance(data, str) else None


def anything(data: Data) -> Value:
    """True where there is something."""
    return True if data not in (None, "", [], {}) else None


def kept(data: Data) -> Value:
    """Whether protection against deletion is on."""
    return data if isinstance(data, bool) else None


def elsewhere(data: Data) -> Value:
    """Unknown where something is named that says it."""
    return UNKNOWN if data else None


def rate(data: Data) -> Value:
    """``rate(5 minutes)`` in seconds."""
    return timing(data).get("rate") if isinstance(data, str) else None


def cron(data: Data) -> Value:
    """The fields of a ``cron(…)``."""
    return timing(data).get("cron") if isinstance(data, str) else None


def host(data: Data) -> Value:
    """The host of a web address."""
    return host_of(data) or None if isinstance(data, str) else None


def endpoint(data: Data) -> Value:
    """The first type of an API's endpoints."""
    word = data[0] if isinstance(data, list) and data else data
    return str(word).lower() if isinstance(word, str) and word.lower() in ("regional", "edge", "private") else None


PROPERTIES: Final[Mapping[str, tuple[Rule, ...]]] = {
    "aws_lambda_function": (
        Rule("timeout", "timeout", number),
        Rule("memory_size", "memory", number),
        Rule("reserved_concurrent_executions", "reserved_concurrency", not_negative),
        Rule("vpc_config.subnet_ids", "vpc", anything),
        Rule("tracing_config.mode", "tracing", is_word("Active")),
        Rule("durable_config.execution_timeout", "durable", anything),
        Rule(
            "capacity_provider_config.lambda_managed_instances_capacity_provider_config.capacity_provider_arn",
            "managed_instances",
            anything,
        ),
        Rule("logging_config.log_group", "log_retention", elsewhere),
    ),
    "aws_sqs_queue": (
        Rule("fifo_queue", "fifo", flag),
        Rule("visibility_timeout_seconds", "visibility_timeout", number),
        Rule("message_retention_seconds", "retention", number),
        Rule("delay_seconds", "delay", number),
        Rule("max_message_size", "max_message_size", number),
    ),
    "aws_sns_topic": (Rule("fifo_topic", "fifo", flag),),
    "aws_kinesis_stream": (
        Rule("stream_mode_details.stream_mode", "mode", one_of(on_demand="on_demand", provisioned="provisioned")),
        Rule("shard_count", "shards", times(1)),
        Rule("retention_period", "retention", times(3600)),
    ),
    "aws_dynamodb_table": (
        Rule("ttl.attribute_name", "ttl", same),
        Rule("deletion_protection_enabled", "retained", kept),
    ),
    "aws_s3_bucket": (Rule("force_destroy", "emptied", flag),),
    "aws_db_instance": (Rule("publicly_accessible", "public", flag), Rule("deletion_protection", "retained", kept)),
    "aws_rds_cluster": (
        Rule("engine_mode", "engine_mode", same),
        Rule("enable_http_endpoint", "data_api", flag),
        Rule("deletion_protection", "retained", kept),
    ),
    "aws_docdb_cluster": (Rule("deletion_protection", "retained", kept),),
    "aws_neptune_cluster": (Rule("deletion_protection", "retained", kept),),
    "aws_redshift_cluster": (Rule("publicly_accessible", "public", flag),),
    "aws_cognito_user_pool": (Rule("deletion_protection", "retained", is_word("ACTIVE")),),
    "aws_cloudwatch_log_group": (Rule("retention_in_days", "retention", times(86400)),),
    "aws_sfn_state_machine": (
        Rule("type", "workflow", one_of(express="express", standard="standard")),
        Rule("tracing_configuration.enabled", "tracing", flag),
    ),
    "aws_api_gateway_rest_api": (Rule("endpoint_configuration.types", "endpoint", endpoint),),
    "aws_appsync_graphql_api": (
        Rule("xray_enabled", "tracing", flag),
        Rule("visibility", "private", is_word("PRIVATE")),
        Rule(
            "authentication_type",
            "auth",
            one_of(
                api_key="api_key",
                aws_iam="iam",
                amazon_cognito_user_pools="cognito",
                openid_connect="jwt",
                aws_lambda="lambda",
            ),
        ),
    ),
    "aws_lambda_function_url": (
        Rule("authorization_type", "auth", one_of(aws_iam="iam", none="none")),
        Rule("invoke_mode", "streaming", is_word("RESPONSE_STREAM")),
    ),
    "aws_lb": (Rule("internal", "private", flag), Rule("idle_timeout", "timeout", number)),
    "aws_alb": (Rule("internal", "private", flag), Rule("idle_timeout", "timeout", number)),
    "aws_scheduler_schedule": (
        Rule("schedule_expression", "rate", rate),
        Rule("schedule_expression", "cron", cron),
    ),
    "aws_cloudwatch_event_rule": (
        Rule("schedule_expression", "rate", rate),
        Rule("schedule_expression", "cron", cron),
    ),
    "aws_cloudwatch_metric_alarm": (Rule("metric_name", "metric", same),),
    "aws_cloudwatch_event_api_destination": (Rule("invocation_endpoint", "label", host),),
}

_SNAPSHOTS = frozenset(
    {"aws_db_instance", "aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster", "aws_redshift_cluster"}
)
"""Resources that leave a last snapshot behind unless ``skip_final_snapshot`` says otherwise."""
_DELETED = frozenset({"aws_dynamodb_table", "aws_s3_bucket", "aws_kinesis_stream", "aws_cognito_user_pool"})
"""Resources whose data is gone with them unless something keeps them."""


def properties_of(item: Declared) -> dict[str, Value]:
    """The properties of a component; one that differs among its instances is not known."""
    made = [_of_block(item.kind, block) for block in item.blocks]
    merged: dict[str, Value] = {}
    for name in dict.fromkeys(name for properties in made for name in properties):
        values = [properties.get(name) for properties in made]
        merged[name] = values[0] if all(_alike(value, values[0]) for value in values) else UNKNOWN
    return merged


def _alike(one: Value, other: Value) -> bool:
    return one is other or (not is_unknown(one) and not is_unknown(other) and one == other)


def _of_block(kind: str, block: Block) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for rule in PROPERTIES.get(kind, ()):
        value = value_at(block, rule.attribute, rule.convert)
        if value is not None and (rule.property not in found or not is_unknown(value)):
            found[rule.property] = value
    match kind:
        case "aws_dynamodb_table":
            found |= _table(block)
        case "aws_api_gateway_rest_api" if found.get("endpoint") == "private":
            found["private"] = True
    retained = _retained(kind, block, found.pop("retained", None))
    return found if retained is None else {**found, "retained": retained}


def value_at(block: Block, path: str, convert: Convert) -> Value:
    """The converted value at a path of nested blocks; unknown where it is set and not known."""
    *outer, name = path.split(".")
    found = [block]
    for part in outer:
        found = [inner for holder in found for inner in holder.blocks(part)]
    if not found:
        return None
    data, _, perhaps = found[0].get(name)
    if perhaps and data is not None:
        return UNKNOWN
    if isinstance(data, Ref | Text | Opaque):
        return True if convert is anything else UNKNOWN
    return convert(data)


def _table(block: Block) -> dict[str, Value]:
    """A table's keys and stream."""
    found: dict[str, Value] = {}
    enabled = value_at(block, "stream_enabled", same)
    view = value_at(block, "stream_view_type", same)
    if enabled is True:
        found["stream"] = view.lower() if isinstance(view, str) and view else True
    elif enabled is not None and is_unknown(enabled):
        found["stream"] = UNKNOWN
    keys = [value_at(block, name, same) for name in ("hash_key", "range_key")]
    if any(key is not None and is_unknown(key) for key in keys):
        found["keys"] = UNKNOWN
    elif written := tuple(key for key in keys if key):
        found["keys"] = written
    if value_at(block, "ttl.enabled", same) is False:
        found["ttl"] = None
    return found


def _retained(kind: str, block: Block, protected: Value) -> Value:
    """Whether the data outlives ``terraform destroy``."""
    prevented = value_at(block, "lifecycle.prevent_destroy", same)
    if prevented is True or protected is True:
        return True
    if any(value is not None and is_unknown(value) for value in (prevented, protected)):
        return UNKNOWN if kind in _SNAPSHOTS | _DELETED else None
    if kind in _SNAPSHOTS:
        skipped = value_at(block, "skip_final_snapshot", same)
        if skipped is None:
            return True
        return UNKNOWN if is_unknown(skipped) else skipped is not True
    return False if kind in _DELETED else None
