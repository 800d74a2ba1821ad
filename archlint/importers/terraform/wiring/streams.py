"""Delivery streams, tables that stream, proxies in front of databases."""

from __future__ import annotations

from archlint.importers.infrastructure.tasks import host_of
from archlint.importers.terraform.blocks import Block, Declared, first
from archlint.importers.terraform.properties import number, value_at
from archlint.importers.terraform.values import Ref
from archlint.importers.terraform.world import Target, World
from archlint.model import Style, Value

_DESTINATIONS = {
    "s3_configuration": ("bucket_arn", "s3"),
    "extended_s3_configuration": ("bucket_arn", "s3"),
    "redshift_configuration": ("cluster_jdbcurl", "redshift"),
    "opensearch_configuration": ("domain_arn", "opensearch"),
    "elasticsearch_configuration": ("domain_arn", "opensearch"),
    "opensearchserverless_configuration": ("collection_endpoint", "opensearch"),
    "http_endpoint_configuration": ("url", "third_party"),
    "splunk_configuration": ("hec_endpoint", "third_party"),
    "snowflake_configuration": ("account_url", "third_party"),
    "iceberg_configuration": ("catalog_arn", "s3_tables"),
}


def firehose(world: World, item: Declared, block: Block) -> None:
    """``aws_kinesis_firehose_delivery_stream``: source, transforming function, destinations."""
    itself = world.itself(item)
    for name, attribute, types in (
        ("kinesis_source_configuration", "kinesis_stream_arn", ("kinesis",)),
        ("msk_source_configuration", "msk_cluster_arn", ("msk",)),
    ):
        for source in block.blocks(name):
            found = world.targets(source.get(attribute), *types)
            world.wire(found, itself, Style.ASYNC, source.site(attribute), action="deliver")
    for name, (attribute, type_) in _DESTINATIONS.items():
        for inner in block.blocks(name):
            _destination(world, itself, inner, attribute, type_)


def _destination(world: World, itself: list[Target], block: Block, attribute: str, type_: str) -> None:
    targets = world.targets(block.get(attribute), type_)
    if type_ == "third_party" and (outside := _outside(block, attribute)):
        targets = [world.outside("third_party", outside)]
    backup = first(block, "s3_configuration") or first(block, "s3_backup_configuration")
    properties: dict[str, Value] = {"backup": True if _keeps_rejected(block, backup) else None}
    world.wire(itself, targets, Style.ASYNC, block.site(attribute), action="deliver", properties=properties)
    if backup is not None:
        buckets = world.targets(backup.get("bucket_arn"), "s3")
        world.wire(itself, buckets, Style.ASYNC, backup.site("bucket_arn"), action="deliver")
    for processor in block.blocks("processing_configuration"):
        for inner in processor.blocks("processors"):
            for parameter in inner.blocks("parameters"):
                if parameter.get("parameter_name").data == "LambdaArn":
                    functions = world.targets(parameter.get("parameter_value"), "lambda")
                    world.wire(itself, functions, Style.SYNC, parameter.site("parameter_value"), action="invoke")


def _outside(block: Block, attribute: str) -> str:
    """The host that is written down, else the name that the endpoint is given."""
    address, name = block.get(attribute).data, block.get("name").data
    host = host_of(address) if isinstance(address, str) else ""
    return host or (name if isinstance(name, str) else "")


def _keeps_rejected(block: Block, backup: Block | None) -> bool:
    mode = block.get("s3_backup_mode").data
    logged = first(block, "cloudwatch_logging_options")
    if logged is not None and logged.get("enabled").data is True:
        return True
    return (isinstance(mode, str) and mode != "Disabled") or (backup is not None and mode is None)


def table_to_stream(world: World, item: Declared, block: Block) -> None:
    """``aws_dynamodb_kinesis_streaming_destination``."""
    tables = world.targets(block.get("table_name"), "dynamodb")
    streams = world.targets(block.get("stream_arn"), "kinesis")
    world.wire(tables, streams, Style.ASYNC, block.site(), action="publish", assumed=item.assumed)


def proxy_target(world: World, item: Declared, block: Block) -> None:
    """``aws_db_proxy_target``."""
    proxies = world.targets(block.get("db_proxy_name"), "rds_proxy")
    for name, types in (("db_cluster_identifier", ("aurora",)), ("db_instance_identifier", ("rds",))):
        if block.get(name).data is not None:
            databases = world.targets(block.get(name), *types)
            world.wire(proxies, databases, Style.SYNC, block.site(name), assumed=item.assumed)


def proxy_group(world: World, _item: Declared, block: Block) -> None:
    """``aws_db_proxy_default_target_group``."""
    share = value_at(block, "connection_pool_config.max_connections_percent", number)
    world.set_properties(world.targets(block.get("db_proxy_name"), "rds_proxy"), {"max_connections_percent": share})


def most_connections(world: World, item: Declared, block: Block) -> None:
    """A database's parameter group may say how many connections it accepts."""
    for name in ("parameter_group_name", "db_cluster_parameter_group_name"):
        data = block.get(name).data
        group = world.declared.get(data.address) if isinstance(data, Ref) else None
        for parameter in group.block.blocks("parameter") if group is not None else ():
            if parameter.get("name").data == "max_connections":
                world.set_properties(world.itself(item), {"max_connections": value_at(parameter, "value", number)})


def cluster_instances(world: World, item: Declared, block: Block) -> None:
    """A cluster's instances beyond the first are read replicas."""
    if block is not item.block:
        return
    clusters = world.targets(block.get("cluster_identifier"), "aurora")
    for cluster in clusters:
        instances = world.belonging(item.kind, "cluster_identifier", cluster.end, "aurora")
        if len(instances) > 1:
            world.set_properties([cluster], {"read_replicas": len(instances) - 1})


def database_events(world: World, item: Declared, block: Block) -> None:
    """``aws_db_event_subscription``: what a database tells a topic."""
    databases = world.targets(block.get("source_ids"), "rds", "aurora")
    topics = world.targets(block.get("sns_topic"), "sns")
    world.wire(databases, topics, Style.ASYNC, block.site(), action="publish", assumed=item.assumed)


TRANSLATORS = {
    "aws_db_event_subscription": database_events,
    "aws_db_instance": most_connections,
    "aws_db_proxy_default_target_group": proxy_group,
    "aws_db_proxy_target": proxy_target,
    "aws_dynamodb_kinesis_streaming_destination": table_to_stream,
    "aws_kinesis_firehose_delivery_stream": firehose,
    "aws_rds_cluster": most_connections,
    "aws_rds_cluster_instance": cluster_instances,
}
