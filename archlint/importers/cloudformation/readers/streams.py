"""Kinesis, Firehose, MSK, Managed Flink."""

from __future__ import annotations

from archlint.importers.cloudformation.item import Item, Reader, Table, number, read_properties
from archlint.importers.cloudformation.readers.iam import run_as
from archlint.importers.cloudformation.readers.stores import retained
from archlint.importers.infrastructure.symbols import Symbol, field, items, word
from archlint.importers.infrastructure.tasks import host_of
from archlint.model import UNKNOWN, Style, Value


def _mode(symbol: Symbol) -> Value:
    return (
        None if symbol is None else {"ON_DEMAND": "on_demand", "PROVISIONED": "provisioned"}.get(word(symbol), UNKNOWN)
    )


_STREAM: Table = {"mode": (("StreamModeDetails", "StreamMode"), _mode), "shards": (("ShardCount",), number)}


def _stream(item: Item) -> None:
    properties = read_properties(item, _STREAM)
    hours = number(item.get("RetentionPeriodHours"))
    properties["retention"] = hours * 3600 if isinstance(hours, int | float) else hours
    item.add("kinesis", properties | {"retained": retained(item)}, item.get("Name"))


def _consumer(item: Item) -> None:
    for stream in item.ends(item.get("StreamARN"), "kinesis"):
        item.stack.aliases[item.id] = stream.end


def _firehose(item: Item) -> None:
    item.add("firehose", {}, item.get("DeliveryStreamName"))


_DESTINATIONS = {
    "S3DestinationConfiguration": ("BucketARN", "s3"),
    "ExtendedS3DestinationConfiguration": ("BucketARN", "s3"),
    "RedshiftDestinationConfiguration": ("ClusterJDBCURL", "redshift"),
    "AmazonopensearchserviceDestinationConfiguration": ("DomainARN", "opensearch"),
    "AmazonOpenSearchServerlessDestinationConfiguration": ("CollectionEndpoint", "opensearch"),
    "ElasticsearchDestinationConfiguration": ("DomainARN", "opensearch"),
    "HttpEndpointDestinationConfiguration": ("EndpointConfiguration", "third_party"),
    "SplunkDestinationConfiguration": ("HECEndpoint", "third_party"),
    "SnowflakeDestinationConfiguration": ("AccountUrl", "third_party"),
    "IcebergDestinationConfiguration": ("CatalogConfiguration", "s3_tables"),
}


def _firehose_wires(item: Item) -> None:
    for stream in item.ends(item.get("KinesisStreamSourceConfiguration", "KinesisStreamARN"), "kinesis"):
        item.connect(stream, item.end, Style.ASYNC, item.site("KinesisStreamSourceConfiguration"), action="deliver")
    for cluster in item.ends(item.get("MSKSourceConfiguration", "MSKClusterARN"), "msk"):
        item.connect(cluster, item.end, Style.ASYNC, item.site("MSKSourceConfiguration"), action="deliver")
    for key, (name, type_) in _DESTINATIONS.items():
        body = item.get(key)
        if body is not None:
            _destination(item, key, field(body, name), type_)


def _destination(item: Item, key: str, value: Symbol, type_: str) -> None:
    site = item.site(key)
    body = item.get(key)
    if type_ == "s3_tables":
        value = field(value, "CatalogArn")
    elif type_ == "third_party":
        address = field(value, "Url") if isinstance(value, dict) else value
        value = host_of(word(address)) or word(field(value, "Name")) or address
    bucket = field(body, "S3Configuration", "BucketARN")
    bucket = field(body, "S3BackupConfiguration", "BucketARN") if bucket is None else bucket
    properties: dict[str, Value] = {"backup": True if bucket is not None and type_ != "s3" else None}
    for target in item.ends(value, type_):
        item.connect(item.end, target, Style.ASYNC, site, action="deliver", properties=properties)
    for target in item.ends(bucket, "s3"):
        item.connect(item.end, target, Style.ASYNC, item.site(key, "S3Configuration"), action="deliver")
    for processor, _ in items(field(body, "ProcessingConfiguration", "Processors")):
        for parameter, _ in items(field(processor, "Parameters")):
            if word(field(parameter, "ParameterName")) == "LambdaArn":
                for function in item.ends(field(parameter, "ParameterValue"), "lambda"):
                    place = item.site(key, "ProcessingConfiguration")
                    item.connect(item.end, function, Style.SYNC, place, action="invoke")


def _cluster(item: Item) -> None:
    item.add("msk", {}, item.get("ClusterName"))


def _flink(item: Item) -> None:
    item.add("flink", {}, item.get("ApplicationName"))
    run_as(item, item.get("ServiceExecutionRole"))


def _flink_wires(item: Item) -> None:
    inputs = item.get("ApplicationConfiguration", "SqlApplicationConfiguration", "Inputs")
    for entry, _ in items(inputs):
        for stream in item.ends(field(entry, "KinesisStreamsInput", "ResourceARN"), "kinesis"):
            item.connect(stream, item.end, Style.ASYNC, item.site("ApplicationConfiguration"), action="poll")


READERS = {
    "AWS::Kinesis::Stream": Reader(_stream),
    "AWS::Kinesis::StreamConsumer": Reader(_consumer),
    "AWS::KinesisFirehose::DeliveryStream": Reader(_firehose, _firehose_wires),
    "AWS::MSK::Cluster": Reader(_cluster),
    "AWS::MSK::ServerlessCluster": Reader(_cluster),
    "AWS::KinesisAnalyticsV2::Application": Reader(_flink, _flink_wires),
}
