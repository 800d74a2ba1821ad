"""Tables, databases, buckets, caches and file systems."""

from __future__ import annotations

from archlint.importers.cloudformation.item import Item, Reader, Table, boolean, number, read_properties, text
from archlint.importers.infrastructure.arns import Target
from archlint.importers.infrastructure.ends import Named
from archlint.importers.infrastructure.symbols import Symbol, field, items, word
from archlint.model import UNKNOWN, Style, Value
from archlint.model.tuples import NamedTuple
from archlint.vocabulary import vocabulary

_KEEPING = {"Retain": True, "Snapshot": True, "RetainExceptOnCreate": True, "Delete": False}


def retained(item: Item, *, by_default: bool = False) -> Value:
    """Whether deleting the stack keeps the data: by the resource's policy, or because deletion is protected."""
    protected = [boolean(item.get("DeletionProtectionEnabled")), _protection(item.get("DeletionProtection"))]
    protected += [boolean(field(replica, "DeletionProtectionEnabled")) for replica in _replicas(item)]
    if True in protected:
        return True
    policy = item.body.get("DeletionPolicy")
    kept = by_default if policy is None else _KEEPING.get(word(policy), UNKNOWN)
    return UNKNOWN if kept is False and UNKNOWN in protected else kept


def _protection(symbol: Symbol) -> Value:
    """Whether deletion is protected: a user pool says it in a word of its own."""
    return {"ACTIVE": True, "INACTIVE": False}.get(word(symbol), boolean(symbol))


def _replicas(item: Item) -> list[Symbol]:
    """The replicas of a global table, which hold what another table says itself."""
    return [replica for replica, _ in items(item.get("Replicas"))]


def _view(symbol: Symbol) -> Value:
    if symbol is None:
        return None
    return word(symbol).lower() if word(symbol) else UNKNOWN


def _table(item: Item) -> None:
    schema = [word(field(entry, "AttributeName")) for entry, _ in items(item.get("KeySchema"))]
    lives = item.get("TimeToLiveSpecification")
    properties: dict[str, Value] = {
        "stream": _view(item.get("StreamSpecification", "StreamViewType")),
        "keys": tuple(name or "?" for name in schema) or None,
        "ttl": text(field(lives, "AttributeName"))
        if lives is not None and field(lives, "Enabled") is not False
        else None,
        "retained": retained(item),
    }
    if properties["stream"] is None and item.type.endswith("GlobalTable"):
        properties["stream"] = True if len(_replicas(item)) > 1 else None
    item.add("dynamodb", properties, item.get("TableName"))


def _table_wires(item: Item) -> None:
    told = [(item.get("KinesisStreamSpecification"), item.site("KinesisStreamSpecification"))]
    for index, replica in enumerate(_replicas(item)):
        place = item.site("Replicas", index, "KinesisStreamSpecification")
        told.append((field(replica, "KinesisStreamSpecification"), place))
    for specification, site in told:
        for stream in item.ends(field(specification, "StreamArn"), "kinesis"):
            item.connect(item.end, stream, Style.ASYNC, site, action="publish")


def _simple_table(item: Item) -> None:
    key = word(item.get("PrimaryKey", "Name")) or "id"
    item.add("dynamodb", {"keys": (key,), "retained": retained(item)}, item.get("TableName"))


_CLUSTER: Table = {"engine_mode": (("EngineMode",), text), "data_api": (("EnableHttpEndpoint",), boolean)}


def _aurora(item: Item) -> None:
    """A cluster; its instances are part of it. Without a policy CloudFormation takes a snapshot."""
    properties = read_properties(item, _CLUSTER)
    item.add("aurora", properties | {"retained": retained(item, by_default=True)}, item.get("DBClusterIdentifier"))


def _instance(item: Item) -> None:
    cluster = item.get("DBClusterIdentifier")
    if cluster is not None:
        for target in item.ends(cluster, "aurora"):
            item.stack.aliases[item.id] = target.end
        return
    properties = {"public": boolean(item.get("PubliclyAccessible"))}
    item.add("rds", properties | {"retained": retained(item, by_default=True)}, item.get("DBInstanceIdentifier"))


def _instance_wires(item: Item) -> None:
    """A replica counts for what it replicates; the instances of a cluster but for the writer do too."""
    if item.id in item.stack.aliases:
        public = boolean(item.get("PubliclyAccessible"))
        if public is not False:  # a cluster is reached through whichever of its instances can be
            item.stack.set(item.end, "public", public)
        return
    source = item.get("SourceDBInstanceIdentifier")
    for target in item.ends(source, "rds"):
        count = _count(item, target.end)
        item.stack.set(target.end, "read_replicas", count + 1)


def _count(item: Item, end: object) -> int:
    known_ = item.stack.resources.get(str(getattr(end, "id", "")))
    found = known_.properties.get("read_replicas") if known_ else 0
    return found if isinstance(found, int) else 0


def _proxy(item: Item) -> None:
    item.add("rds_proxy", {}, item.get("DBProxyName"))


def _proxy_target(item: Item) -> None:
    names = [*items(item.get("DBClusterIdentifiers")), *items(item.get("DBInstanceIdentifiers"))]
    for proxy in item.ends(item.get("DBProxyName"), "rds_proxy"):
        percent = number(item.get("ConnectionPoolConfigurationInfo", "MaxConnectionsPercent"))
        item.stack.set(proxy.end, "max_connections_percent", percent)
        for value, sure in names:
            for database in item.ends(value, "aurora"):
                item.connect(proxy, database, Style.SYNC, item.site(), action="read_write", sure=sure)


def _attachment(item: Item) -> None:
    """A secret with a database's address stands for no database; who reads it connects to that one."""
    for secret in item.ends(item.get("SecretId"), "secrets"):
        item.stack.aliases[item.id] = secret.end


def _bucket(item: Item) -> None:
    item.add("s3", {"retained": retained(item)}, item.get("BucketName"))


_NOTIFIED = {
    "LambdaConfigurations": (("Function",), "lambda"),
    "LambdaFunctionConfigurations": (("LambdaFunctionArn",), "lambda"),
    "QueueConfigurations": (("Queue", "QueueArn"), "sqs"),
    "TopicConfigurations": (("Topic", "TopicArn"), "sns"),
}


def _bucket_wires(item: Item) -> None:
    _notify(item, Target(item.end))


def _custom_notifications(item: Item) -> None:
    """The CDK sets a bucket's notifications by a resource of its own, in the words of the API of S3."""
    for bucket in item.ends(item.get("BucketName"), "s3"):
        _notify(item, bucket)


def _auto_delete(item: Item) -> None:
    """The CDK empties a bucket by a resource of its own, before the bucket is deleted."""
    for bucket in item.ends(item.get("BucketName"), "s3"):
        item.stack.set(bucket.end, "emptied", True)


def _notify(item: Item, bucket: Target) -> None:
    _to_bus(item, bucket)
    for kind, (keys, type_) in _NOTIFIED.items():
        for index, (entry, sure) in enumerate(items(item.get("NotificationConfiguration", kind))):
            place = item.site("NotificationConfiguration", kind, index)
            named = next((field(entry, key) for key in keys if field(entry, key) is not None), None)
            for target in item.ends(named, type_):
                event = field(entry, "Event") if field(entry, "Event") is not None else field(entry, "Events")
                properties = notification(event, field(entry, "Filter"))
                item.connect(bucket, target, Style.ASYNC, place, action="deliver", properties=properties, sure=sure)


def _to_bus(item: Item, bucket: Target) -> None:
    """With EventBridge switched on a bucket's events go to the account's default bus."""
    configured = item.get("NotificationConfiguration", "EventBridgeConfiguration")
    if configured is not None and field(configured, "EventBridgeEnabled") is not False:
        place = item.site("NotificationConfiguration", "EventBridgeConfiguration")
        item.connect(bucket, Named("eventbridge_bus", "default"), Style.ASYNC, place, action="deliver")


def notification(event: Symbol, filter_: Symbol) -> dict[str, Value]:
    """What a bucket's notification tells: the event, and the prefix and suffix of its keys."""
    names = [word(value) for value, _ in items(event)]
    properties: dict[str, Value] = {"event": ", ".join(name for name in names if name) or None}
    rules = [*items(field(filter_, "S3Key", "Rules")), *items(field(filter_, "Key", "FilterRules"))]
    for rule, _ in rules:
        name = word(field(rule, "Name")).lower()
        if name in ("prefix", "suffix"):
            properties[name] = text(field(rule, "Value"))
    return properties


class _Plain(NamedTuple):
    """A type of which only its name and whether it is kept is told."""

    type: str
    name: str
    keeps: bool = False


_PLAIN = {
    "AWS::DSQL::Cluster": _Plain("dsql", "Identifier"),
    "AWS::DocDB::DBCluster": _Plain("documentdb", "DBClusterIdentifier", keeps=True),
    "AWS::Neptune::DBCluster": _Plain("neptune", "DBClusterIdentifier", keeps=True),
    "AWS::Redshift::Cluster": _Plain("redshift", "ClusterIdentifier", keeps=True),
    "AWS::RedshiftServerless::Workgroup": _Plain("redshift", "WorkgroupName", keeps=True),
    "AWS::OpenSearchService::Domain": _Plain("opensearch", "DomainName"),
    "AWS::Elasticsearch::Domain": _Plain("opensearch", "DomainName"),
    "AWS::OpenSearchServerless::Collection": _Plain("opensearch", "Name"),
    "AWS::Timestream::Table": _Plain("timestream", "TableName"),
    "AWS::S3Vectors::VectorBucket": _Plain("s3_vectors", "VectorBucketName"),
    "AWS::S3Tables::TableBucket": _Plain("s3_tables", "TableBucketName"),
    "AWS::EFS::FileSystem": _Plain("efs", "FileSystemId"),
    "AWS::Athena::WorkGroup": _Plain("athena", "Name"),
    "AWS::ElastiCache::CacheCluster": _Plain("elasticache", "ClusterName"),
    "AWS::ElastiCache::ReplicationGroup": _Plain("elasticache", "ReplicationGroupId"),
    "AWS::ElastiCache::ServerlessCache": _Plain("elasticache", "ServerlessCacheName"),
    "AWS::MemoryDB::Cluster": _Plain("memorydb", "ClusterName"),
    "AWS::DAX::Cluster": _Plain("dax", "ClusterName"),
}


def _plain(item: Item) -> None:
    known_ = _PLAIN[item.type]
    properties: dict[str, Value] = {}
    if "retained" in vocabulary().types[known_.type].properties and known_.type != "athena":
        properties["retained"] = retained(item, by_default=False) if not known_.keeps else _snapshot(item)
    item.add(known_.type, properties, item.get(known_.name))


def _snapshot(item: Item) -> Value:
    """Without a policy what CloudFormation does with it differs by type and version: nothing is said."""
    return None if item.body.get("DeletionPolicy") is None else retained(item)


def _mount(item: Item) -> None:
    for system in item.ends(item.get("FileSystemId"), "efs"):
        item.stack.aliases[item.id] = system.end


def _member(item: Item) -> None:
    """An instance of a cluster is part of it."""
    for cluster in item.ends(item.get("DBClusterIdentifier")):
        item.stack.aliases[item.id] = cluster.end


READERS = {
    "AWS::DynamoDB::Table": Reader(_table, _table_wires),
    "AWS::DynamoDB::GlobalTable": Reader(_table, _table_wires),
    "AWS::Serverless::SimpleTable": Reader(_simple_table),
    "AWS::RDS::DBCluster": Reader(_aurora),
    "AWS::RDS::DBInstance": Reader(_instance, _instance_wires),
    "AWS::RDS::DBProxy": Reader(_proxy),
    "AWS::RDS::DBProxyTargetGroup": Reader(None, _proxy_target),
    "AWS::SecretsManager::SecretTargetAttachment": Reader(_attachment),
    "AWS::S3::Bucket": Reader(_bucket, _bucket_wires),
    "Custom::S3BucketNotifications": Reader(None, _custom_notifications),
    "Custom::S3AutoDeleteObjects": Reader(None, _auto_delete),
    "AWS::EFS::AccessPoint": Reader(_mount),
    "AWS::EFS::MountTarget": Reader(_mount),
    "AWS::DocDB::DBInstance": Reader(_member),
    "AWS::Neptune::DBInstance": Reader(_member),
    **{name: Reader(_plain) for name in _PLAIN},
}
