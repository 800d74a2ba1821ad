"""Lambda functions, their triggers, destinations, URLs, versions and aliases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archlint.importers.cloudformation.item import (
    Item,
    Reader,
    Table,
    boolean,
    is_set,
    number,
    read_properties,
)
from archlint.importers.cloudformation.readers.iam import environment_of, run_as
from archlint.importers.infrastructure.arns import Target, kafka_cluster, targets
from archlint.importers.infrastructure.ends import End, Local, Named
from archlint.importers.infrastructure.rules import rule_of
from archlint.importers.infrastructure.symbols import Either, Symbol, field, items, mapping, shown, word
from archlint.model import UNKNOWN, Site, Style, Value


def _tracing(symbol: Symbol) -> Value:
    return (
        None if symbol is None else {"Active": True, "PassThrough": False, "Disabled": False}.get(word(symbol), UNKNOWN)
    )


def _loop(symbol: Symbol) -> Value:
    return None if symbol is None else {"Allow": "allow", "Terminate": "terminate"}.get(word(symbol), UNKNOWN)


def _in_vpc(symbol: Symbol) -> Value:
    """Whether a function is in a network: an empty list of subnets takes it out of one."""
    if not isinstance(symbol, dict) or "SubnetIds" not in symbol:
        return is_set(symbol)
    subnets = symbol["SubnetIds"]
    empty = [option in ([], None) for option in (subnets.options if isinstance(subnets, Either) else (subnets,))]
    return None if all(empty) else UNKNOWN if any(empty) else True


def _elsewhere(symbol: Symbol) -> Value:
    """What a log group that the function names itself keeps is said there."""
    return None if symbol is None else UNKNOWN


FUNCTION: Table = {
    "timeout": (("Timeout",), number),
    "memory": (("MemorySize",), number),
    "reserved_concurrency": (("ReservedConcurrentExecutions",), number),
    "vpc": (("VpcConfig",), _in_vpc),
    "durable": (("DurableConfig",), is_set),
    "managed_instances": (("CapacityProviderConfig",), is_set),
    "recursive_loop": (("RecursiveLoop",), _loop),
    "tracing": (("TracingConfig", "Mode"), _tracing),
    "log_retention": (("LoggingConfig", "LogGroup"), _elsewhere),
}
SAM_FUNCTION: Table = {
    **FUNCTION,
    "tracing": (("Tracing",), _tracing),
    "provisioned_concurrency": (("ProvisionedConcurrencyConfig", "ProvisionedConcurrentExecutions"), number),
    "retry_attempts": (("EventInvokeConfig", "MaximumRetryAttempts"), number),
    "max_event_age": (("EventInvokeConfig", "MaximumEventAgeInSeconds"), number),
}


def _function(item: Item) -> None:
    item.add("lambda", read_properties(item, FUNCTION), item.get("FunctionName"))
    run_as(item, item.get("Role"))


def _function_wires(item: Item) -> None:
    dead_letter(item, item.get("DeadLetterConfig", "TargetArn"), item.site("DeadLetterConfig", "TargetArn"))
    environment_of(item, item.get("Environment", "Variables"), ("Environment", "Variables"))
    mounts(item)


def dead_letter(item: Item, target: Symbol, site: Site, type_: str = "sqs") -> None:
    """Connect a function with its own dead-letter queue."""
    for dead in item.ends(target, type_):
        item.connect(item.end, dead, Style.ERROR, site, action="on_failure", properties={"attached_to": "function"})


def mounts(item: Item) -> None:
    """Connect a function with the file systems that it mounts."""
    for index, (config, _) in enumerate(items(item.get("FileSystemConfigs"))):
        for target in item.ends(field(config, "Arn"), "efs"):
            item.connect(item.end, target, Style.SYNC, item.site("FileSystemConfigs", index))


def destinations(item: Item, function: Target, config: Symbol, site: Site) -> None:
    """Connect a function with what its asynchronous invocations are reported to."""
    for key, style, action in (("OnFailure", Style.ERROR, "on_failure"), ("OnSuccess", Style.ASYNC, "on_success")):
        place = Site(site.document, (*site.route, key))
        properties: dict[str, Value] = {"attached_to": "function"} if style is Style.ERROR else {}
        for target in item.ends(field(config, key, "Destination"), "sqs"):
            item.connect(function, target, style, place, action=action, properties=properties)


def _invoke_config(item: Item) -> None:
    """The settings of asynchronous invocations belong to the function."""
    for function in item.ends(item.get("FunctionName"), "lambda"):
        destinations(item, function, item.get("DestinationConfig"), item.site("DestinationConfig"))
        for name, path in (("retry_attempts", "MaximumRetryAttempts"), ("max_event_age", "MaximumEventAgeInSeconds")):
            item.stack.set(function.end, name, number(item.get(path)))


_MAPPING: Mapping[str, str] = {
    "batch_size": "BatchSize",
    "batching_window": "MaximumBatchingWindowInSeconds",
    "maximum_retry_attempts": "MaximumRetryAttempts",
    "maximum_record_age": "MaximumRecordAgeInSeconds",
    "parallelization_factor": "ParallelizationFactor",
}
_POLLERS = {"minimum": "MinimumPollers", "maximum": "MaximumPollers"}
_TOPIC = "kafka://"
"""Begins the name of an on-failure destination that is another topic of the cluster that is read."""


def mapping_properties(fields: Mapping[str, Symbol]) -> dict[str, Value]:
    """The properties of an event source mapping, those of SAM's events too."""
    properties = {name: number(fields.get(key)) for name, key in _MAPPING.items()}
    properties["maximum_concurrency"] = number(field(fields.get("ScalingConfig"), "MaximumConcurrency"))
    properties["bisect_on_error"] = boolean(fields.get("BisectBatchOnFunctionError"))
    responses = fields.get("FunctionResponseTypes")
    properties["report_batch_item_failures"] = (
        None
        if responses is None
        else True
        if any(word(item) == "ReportBatchItemFailures" for item, sure in items(responses) if sure)
        else UNKNOWN
        if not isinstance(responses, list)
        else None
    )
    properties["filter"] = is_set(fields.get("FilterCriteria"))
    pollers = fields.get("ProvisionedPollerConfig")
    if pollers is not None:
        properties["provisioned_pollers"] = {
            name: value for name, key in _POLLERS.items() if (value := number(field(pollers, key))) is not None
        }
    return properties


def map_source(  # noqa: PLR0913, PLR0917  what a mapping is made of
    item: Item, source: Symbol, function: Target, fields: Mapping[str, Symbol], site: Site, type_: str
) -> None:
    """Connect a queue or stream with the function that polls it, and with where failed batches go."""
    enabled = boolean(fields.get("Enabled")) is not False
    properties = mapping_properties(fields)
    polled: list[Target] = []
    for end, sure in items(source):
        for found in targets(end, type_):
            target = _of_documents(found) if type_ == "documentdb" else found
            own = dict(properties)
            polled.append(target)
            if consumer_of(item, target.end):
                own["enhanced_fan_out"] = True
            if enabled:
                item.connect(target, function, Style.ASYNC, site, action="poll", properties=own, sure=sure)
    for access, _ in items(fields.get("SourceAccessConfigurations")):
        item.build.permissions.serve(function.end, field(access, "URI"))
    for config in ("SchemaRegistryConfig", "AmazonManagedKafkaEventSourceConfig", "SelfManagedKafkaEventSourceConfig"):
        registry = field(fields.get(config), "SchemaRegistryConfig") or fields.get(config)
        for access, _ in items(field(registry, "AccessConfigs")):
            item.build.permissions.serve(function.end, field(access, "URI"))
    failures = field(fields.get("DestinationConfig"), "OnFailure", "Destination")
    place = Site(site.document, (*site.route, "DestinationConfig"))
    kept = polled if word(failures).startswith(_TOPIC) else item.ends(failures, "sqs")
    for target in kept if enabled else ():
        item.connect(function, target, Style.ERROR, place, action="on_failure", properties={"attached_to": "mapping"})


def _of_documents(source: Target) -> Target:
    """A cluster of DocumentDB, whose ARN is written as one of RDS."""
    end = source.end
    return source._replace(end=Named("documentdb", end.name)) if isinstance(end, Named) else source


def consumer_of(item: Item, end: End) -> bool:
    """Whether an end is a registered consumer of a Kinesis stream."""
    inner = item.build.resources.get(end.id) if isinstance(end, Local) else None
    return inner is not None and inner.type == "AWS::Kinesis::StreamConsumer"


def _mapping_resource(item: Item) -> None:
    fields = item.properties
    source: Symbol = fields.get("EventSourceArn")
    type_ = "other"
    own = fields.get("SelfManagedEventSource")
    if source is None and mapping(own):
        source, type_ = kafka_cluster(field(own, "Endpoints", "KafkaBootstrapServers")).name, "kafka"
    elif fields.get("DocumentDBEventSourceConfig") is not None:
        type_ = "documentdb"
    elif fields.get("AmazonManagedKafkaEventSourceConfig") is not None or fields.get("Topics") is not None:
        type_ = "msk"
    elif fields.get("Queues") is not None:
        type_ = "mq"
    elif fields.get("StartingPosition") is None:
        type_ = "sqs"
    elif fields.get("ParallelizationFactor") is not None or fields.get("TumblingWindowInSeconds") is not None:
        type_ = "kinesis"
    for function in item.ends(fields.get("FunctionName"), "lambda"):
        map_source(item, source, function, fields, item.site(), type_)


def _url(item: Item) -> None:
    item.add("function_url", url_properties(item.properties))


def url_properties(fields: Mapping[str, Symbol]) -> dict[str, Value]:
    """The properties of a function URL."""
    auth, mode = word(fields.get("AuthType")), word(fields.get("InvokeMode"))
    return {
        "auth": {"NONE": "none", "AWS_IAM": "iam"}.get(auth, UNKNOWN if fields.get("AuthType") is not None else None),
        "streaming": True if mode == "RESPONSE_STREAM" else None,
    }


def _url_wires(item: Item) -> None:
    for function in item.ends(item.get("TargetFunctionArn"), "lambda"):
        item.connect(item.end, function, Style.SYNC, item.site("TargetFunctionArn"))


def _stands_for_function(item: Item) -> None:
    """A version or an alias stands for its function, and may keep instances of it warm."""
    for function in item.ends(item.get("FunctionName"), "lambda"):
        item.stack.aliases[item.id] = function.end
        break


def _provisioned(item: Item) -> None:
    warm = number(item.get("ProvisionedConcurrencyConfig", "ProvisionedConcurrentExecutions"))
    item.stack.set(item.end, "provisioned_concurrency", warm)


_PUSHES = {
    "sns.amazonaws.com": ("sns", Style.ASYNC, "deliver"),
    "s3.amazonaws.com": ("s3", Style.ASYNC, "deliver"),
    "events.amazonaws.com": ("eventbridge_bus", Style.ASYNC, "deliver"),
    "iot.amazonaws.com": ("iot_rule", Style.ASYNC, "deliver"),
    "apigateway.amazonaws.com": ("rest_api", Style.SYNC, "invoke"),
    "cognito-idp.amazonaws.com": ("cognito_user_pool", Style.SYNC, "invoke"),
}
_ALEXA = ("alexa-appkit.amazon.com", "alexa-connectedhome.amazon.com")
_APIS = frozenset({"rest_api", "http_api", "websocket_api"})


def _permission(item: Item) -> None:
    """A permission alone: what it names invokes the function, though the wiring is not in the template.

    Where it is, both are one connection. What triggers a rule is told by the rule.
    """
    principal = word(item.get("Principal"))
    push = _PUSHES.get(principal)
    if principal in _ALEXA:  # what triggers it is wired outside AWS
        for function in item.ends(item.get("FunctionName"), "lambda"):
            item.connect(Named("client", "Alexa"), function, Style.SYNC, item.site("Principal"), action="invoke")
    if push is None:
        return
    type_, style, action = push
    for source in _pushing(item, type_):
        for function in item.ends(item.get("FunctionName"), "lambda"):
            item.connect(source, function, style, item.site("SourceArn"), action=action, sure=False)


def _pushing(item: Item, type_: str) -> Iterator[Target]:
    """What the ARN of a permission names, if it is of a type; of a rule of another stack its bus."""
    arn = item.get("SourceArn")
    if "/authorizers/" in shown(arn):
        return  # an authorizer decides only for the routes that name it
    for source in item.ends(arn, type_):
        known = item.stack.type_of(source.end)
        if known == type_ or (type_ == "rest_api" and known in _APIS):
            yield source
    rule = rule_of(arn) if type_ == "eventbridge_bus" else None
    if rule is not None:
        own = (one for one in item.build.resources.values() if one.type == "AWS::Events::Rule")
        if all(shown(one.get("Name")) != rule.name for one in own):
            yield Target(rule.bus)


def custom_resource(item: Item) -> None:
    """What CloudFormation itself calls while it deploys is called by something that is not described."""
    for function in item.ends(item.get("ServiceToken"), "lambda"):
        if item.stack.type_of(function.end) == "lambda":
            item.stack.set(function.end, "entry", True)


READERS = {
    "AWS::Lambda::Function": Reader(_function, _function_wires),
    "AWS::Lambda::EventInvokeConfig": Reader(None, _invoke_config),
    "AWS::Lambda::EventSourceMapping": Reader(None, _mapping_resource),
    "AWS::Lambda::Url": Reader(_url, _url_wires),
    "AWS::Lambda::Version": Reader(_stands_for_function, _provisioned),
    "AWS::Lambda::Alias": Reader(_stands_for_function, _provisioned),
    "AWS::Lambda::Permission": Reader(None, _permission),
    "AWS::CloudFormation::CustomResource": Reader(None, custom_resource),
}
