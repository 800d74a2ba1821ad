"""EventBridge: buses, rules, schedules, pipes, API destinations; rules of IoT.

A rule or schedule that is switched off is still part of the design: it is there to be switched on.
"""

from __future__ import annotations

from collections.abc import Mapping

from archlint.importers.cloudformation.item import Item, Reader, is_set
from archlint.importers.cloudformation.readers.functions import mapping_properties
from archlint.importers.infrastructure.arns import Target, targets
from archlint.importers.infrastructure.ends import End, Local, Named
from archlint.importers.infrastructure.pipes import handed_over
from archlint.importers.infrastructure.schedules import timing
from archlint.importers.infrastructure.symbols import (
    Reference,
    Symbol,
    field,
    items,
    mapping,
    options,
    parsed,
    parts_of,
    shown,
    word,
)
from archlint.importers.infrastructure.tasks import host_of, sdk_call
from archlint.model import Site, Style, Value

DEFAULT_BUS = Named("eventbridge_bus", "default")


def _bus(item: Item) -> None:
    item.add("eventbridge_bus", {}, item.get("Name"))


def bus_of(value: Symbol) -> list[Target]:
    """The bus that a value names; the account's default one where nothing is said."""
    if value is None or word(value) == "default":
        return [Target(DEFAULT_BUS)]
    return list(targets(value, "eventbridge_bus"))


def _rule(item: Item) -> None:
    """A rule with a schedule is a schedule; one with a pattern is a part of its bus."""
    if item.get("ScheduleExpression") is not None and item.get("EventPattern") is None:
        item.add("schedule", timing(item.get("ScheduleExpression")), item.get("Name"))


def _rule_wires(item: Item) -> None:
    scheduled = item.id in item.stack.resources
    sources = [Target(item.end)] if scheduled else bus_of(item.get("EventBusName"))
    named: dict[str, Value] = {"legacy": True}
    if not scheduled:
        named = {"rule": item.id, "filter": is_set(item.get("EventPattern"))}
    found = list(items(item.get("Targets")))
    for index, (target, sure) in enumerate(found):
        place = item.site("Targets", index)
        name = f"{item.id}.{word(field(target, 'Id')) or index}" if len(found) > 1 else ""
        for source in sources:
            deliver(item, source, target, place, named, name=name, sure=sure)


def deliver(  # noqa: PLR0913  what a target is made of
    item: Item,
    source: Target,
    target: Symbol,
    site: Site,
    properties: Mapping[str, Value],
    *,
    name: str,
    sure: bool = True,
) -> None:
    """Connect a rule or schedule with one of its targets and with that one's dead-letter queue.

    ``name`` tells a target of a rule or schedule from its others; it is empty where it has one.
    """
    dead = field(target, "DeadLetterConfig", "Arn")
    own = dict(properties)
    kept: dict[str, Value] = {"attached_to": "target"}
    if "rule" in properties:
        kept["rule"] = kept["subscription"] = properties["rule"]
    if dead is not None and name:
        own["subscription"] = kept["subscription"] = name
    ends = target_of(item, field(target, "Arn"), target)
    for end in ends:
        item.connect(source, end, Style.ASYNC, site, action="deliver", properties=own, sure=sure)
    if not ends and field(target, "Arn") is not None and isinstance(source.end, Local):
        item.stack.mentioned.add(source.end.id)  # it calls what is no component, such as an API of AWS
    place = Site(site.document, (*site.route, "DeadLetterConfig"))
    for end in item.ends(dead, "sqs"):
        item.connect(source, end, Style.ERROR, place, action="on_failure", properties=kept)


_RUN = (
    ("EcsParameters", "TaskDefinitionArn", "ecs_service"),
    ("EcsTaskParameters", "TaskDefinitionArn", "ecs_service"),
    ("BatchParameters", "JobDefinition", "batch_job"),
    ("BatchJobParameters", "JobDefinition", "batch_job"),
)
"""What a rule's or a pipe's target runs, where its ARN is that of the cluster or queue it runs in."""


def target_of(item: Item, arn: Symbol, target: Symbol) -> list[Target]:
    """What a target's ARN means: a resource, or a call of the SDK whose input names one."""
    written = shown(arn)
    if ":::aws-sdk:" in written:
        data = parsed(field(target, "Input"), item.build.context.limits)
        return [Target(call.end, call.sure) for call in sdk_call(written, data)]
    for parameters, name, type_ in _RUN:
        run = field(target, parameters, name)
        if run is not None:
            return list(item.ends(run, type_))
    if ":execute-api:" in written:
        return list(item.ends(arn, "rest_api"))
    if ":firehose:" in written:
        return list(item.ends(arn, "firehose"))
    return [end for end in item.ends(arn) if not _is_log_or_api_of_aws(end.end)]


def _is_log_or_api_of_aws(end: End) -> bool:
    return isinstance(end, Named) and end.type == "other" and ":" in end.name


def _schedule(item: Item) -> None:
    item.add("schedule", timing(item.get("ScheduleExpression")), item.get("Name"))


def _schedule_wires(item: Item) -> None:
    for target, sure in options(item.get("Target")):
        deliver(item, Target(item.end), target, item.site("Target"), {}, name="", sure=sure)


_OWN_APIS = frozenset(
    {
        "AWS::ApiGateway::RestApi",
        "AWS::ApiGatewayV2::Api",
        "AWS::AppSync::Api",
        "AWS::AppSync::GraphQLApi",
        "AWS::Lambda::Url",
        "AWS::Serverless::Api",
        "AWS::Serverless::HttpApi",
    }
)
"""What an API destination may lead back to: then it is no third party."""


def _api_destination(item: Item) -> None:
    for part in parts_of(item.get("InvocationEndpoint")):
        if isinstance(part, Reference) and isinstance(part.end, Local):
            inner = item.build.resources.get(part.end.id)
            if inner is not None and inner.type in _OWN_APIS:
                item.stack.aliases[item.id] = part.end
                return
    host = host_of(word(item.get("InvocationEndpoint")))
    item.add("third_party", {}, item.get("Name"))
    if host:
        item.stack.set(item.end, "label", host)


def _pipe(item: Item) -> None:
    item.add("eventbridge_pipe", {}, item.get("Name"))


_SOURCES = {
    "SqsQueueParameters": "sqs",
    "KinesisStreamParameters": "kinesis",
    "DynamoDBStreamParameters": "dynamodb",
    "ManagedStreamingKafkaParameters": "msk",
    "SelfManagedKafkaParameters": "kafka",
    "ActiveMQBrokerParameters": "mq",
    "RabbitMQBrokerParameters": "mq",
}


def _pipe_wires(item: Item) -> None:
    parameters = mapping(item.get("SourceParameters"))
    kind = next((key for key in _SOURCES if key in parameters), "")
    fields = mapping(parameters.get(kind))
    properties = mapping_properties(fields)
    properties["report_batch_item_failures"] = None
    properties["bisect_on_error"] = True if word(fields.get("OnPartialBatchItemFailure")) else None
    properties["filter"] = is_set(field(parameters.get("FilterCriteria"), "Filters"))
    for source in item.ends(item.get("Source"), _SOURCES.get(kind, "other")):
        item.connect(source, item.end, Style.ASYNC, item.site("Source"), action="poll", properties=properties)
    for step in item.ends(item.get("Enrichment")):
        item.connect(item.end, step, Style.SYNC, item.site("Enrichment"), action="invoke")
    for target in target_of(item, item.get("Target"), item.get("TargetParameters")):
        waits = word(item.get("TargetParameters", "StepFunctionStateMachineParameters", "InvocationType"))
        waits = waits or word(item.get("TargetParameters", "LambdaFunctionParameters", "InvocationType"))
        style, action = handed_over(item.stack.type_of(target.end), waits)
        item.connect(item.end, target, style, item.site("Target"), action=action)
    for dead in item.ends(field(fields.get("DeadLetterConfig"), "Arn"), "sqs"):
        item.connect(item.end, dead, Style.ERROR, item.site("SourceParameters"), action="on_failure")


def _iot_rule(item: Item) -> None:
    item.add("iot_rule", {}, item.get("RuleName"))


_IOT = {
    "Lambda": (("FunctionArn",), "lambda", "deliver"),
    "Sqs": (("QueueUrl",), "sqs", "deliver"),
    "Sns": (("TargetArn",), "sns", "deliver"),
    "Kinesis": (("StreamName",), "kinesis", "deliver"),
    "Firehose": (("DeliveryStreamName",), "firehose", "deliver"),
    "S3": (("BucketName",), "s3", "deliver"),
    "DynamoDB": (("TableName",), "dynamodb", "deliver"),
    "DynamoDBv2": (("PutItem", "TableName"), "dynamodb", "deliver"),
    "StepFunctions": (("StateMachineName",), "step_functions", "deliver"),
    "CloudwatchLogs": (("LogGroupName",), "cloudwatch_logs", "deliver"),
    "OpenSearch": (("Endpoint",), "opensearch", "deliver"),
    "Http": (("Url",), "third_party", "deliver"),
    "Timestream": (("TableName",), "timestream", "deliver"),
}


def _iot_wires(item: Item) -> None:
    payload = item.get("TopicRulePayload")
    if field(payload, "RuleDisabled") is True:
        return
    for index, (action, _) in enumerate(items(field(payload, "Actions"))):
        _iot_action(item, action, Style.ASYNC, item.site("TopicRulePayload", "Actions", index))
    _iot_action(item, field(payload, "ErrorAction"), Style.ERROR, item.site("TopicRulePayload", "ErrorAction"))


def _iot_action(item: Item, action: Symbol, style: Style, site: Site) -> None:
    for kind, body in mapping(action).items():
        known = _IOT.get(kind)
        if known is None:
            continue
        path, type_, verb = known
        value = field(body, *path)
        if type_ == "third_party":
            value = host_of(word(value)) or value
        for target in item.ends(value, type_):
            item.connect(item.end, target, style, site, action=verb if style is Style.ASYNC else "on_failure")


READERS = {
    "AWS::Events::EventBus": Reader(_bus),
    "AWS::Events::Rule": Reader(_rule, _rule_wires),
    "AWS::Events::ApiDestination": Reader(_api_destination),
    "AWS::Scheduler::Schedule": Reader(_schedule, _schedule_wires),
    "AWS::Pipes::Pipe": Reader(_pipe, _pipe_wires),
    "AWS::IoT::TopicRule": Reader(_iot_rule, _iot_wires),
}
