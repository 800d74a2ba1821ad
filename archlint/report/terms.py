"""How each language of infrastructure code says what a fix sets or connects: a table and nothing else.

A path has dots. SAM says what CloudFormation says where it has no path of its own; so does serverless.yml, for what
stands in its ``resources``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from archlint.model.tuples import NamedTuple

_NONE: Mapping[str, str] = MappingProxyType({})


class Term(NamedTuple):
    """A property, or an action of an error connection, of a component (or of a connection's source) of some types.

    ``place`` is where it stands: the ``component`` itself (its ``resource``, if beside the properties), or a resource
    between two: a ``mapping``, a ``subscription`` or a ``target``. ``values`` are texts by language with ``{target}``
    and ``{receives}`` in them; ``words`` says what stands for certain values, ``divide`` how many seconds the unit has.
    An empty path says that the language cannot say it. ``{stream}`` in a path is what a pipe says of its source.
    """

    what: str
    on: tuple[str, ...]
    paths: Mapping[str, str]
    place: str = "component"
    values: Mapping[str, str] = _NONE
    words: Mapping[str, str] = _NONE
    divide: int = 1
    attached_to: str = ""


def _paths(cloudformation: str, terraform: str, **others: str) -> dict[str, str]:
    return {"cloudformation": cloudformation, "terraform": terraform, **others}


_QUEUE = ("queue",)
_STREAM = ("stream_source",)
_POLLED = (*_QUEUE, *_STREAM)
_VIEWS = {name: name.upper() for name in ("keys_only", "new_image", "old_image", "new_and_old_images")}
_ARN = {"cloudformation": "!GetAtt {target}.Arn", "terraform": "{target}.arn"}
_REDRIVE = {
    "cloudformation": "{deadLetterTargetArn: !GetAtt {target}.Arn, maxReceiveCount: {receives}}",
    "terraform": "jsonencode({ deadLetterTargetArn = {target}.arn, maxReceiveCount = {receives} })",
}
_SAM_DESTINATION = "{Type: SQS, Destination: !GetAtt {target}.Arn}"
"""With its type, for SAM to permit the function to send there."""

SET: tuple[Term, ...] = (
    Term("timeout", ("function",), _paths("Timeout", "timeout", serverless="timeout")),
    Term("memory", ("function",), _paths("MemorySize", "memory_size", serverless="memorySize")),
    Term(
        "reserved_concurrency",
        ("function",),
        _paths("ReservedConcurrentExecutions", "reserved_concurrent_executions", serverless="reservedConcurrency"),
    ),
    Term(
        "retry_attempts",
        ("lambda",),
        _paths("", "", sam="EventInvokeConfig.MaximumRetryAttempts", serverless="maximumRetryAttempts"),
    ),
    Term(
        "max_event_age",
        ("lambda",),
        _paths("", "", sam="EventInvokeConfig.MaximumEventAgeInSeconds", serverless="maximumEventAge"),
    ),
    Term(
        "tracing",
        ("function",),
        _paths("TracingConfig.Mode", "tracing_config.mode", sam="Tracing"),
        values={"cloudformation": "Active", "terraform": '"Active"'},
    ),
    Term(
        "tracing",
        ("workflow",),
        _paths("TracingConfiguration.Enabled", "tracing_configuration.enabled", sam="Tracing.Enabled"),
    ),
    Term("visibility_timeout", ("sqs",), _paths("VisibilityTimeout", "visibility_timeout_seconds")),
    Term("retention", ("sqs",), _paths("MessageRetentionPeriod", "message_retention_seconds")),
    Term("delay", ("sqs",), _paths("DelaySeconds", "delay_seconds")),
    Term("max_message_size", ("sqs",), _paths("MaximumMessageSize", "max_message_size")),
    Term("fifo", ("sqs",), _paths("FifoQueue", "fifo_queue")),
    Term("fifo", ("sns",), _paths("FifoTopic", "fifo_topic")),
    Term("retention", ("cloudwatch_logs",), _paths("RetentionInDays", "retention_in_days"), divide=86_400),
    Term(
        "workflow",
        ("workflow",),
        _paths("StateMachineType", "type", sam="Type"),
        words={"standard": "STANDARD", "express": "EXPRESS"},
    ),
    Term("stream", ("dynamodb",), _paths("StreamSpecification.StreamViewType", "stream_view_type"), words=_VIEWS),
    Term(
        "auth",
        ("function_url",),
        _paths("AuthType", "authorization_type", serverless="url.authorizer"),
        values={"serverless": "aws_iam"},
        words={"iam": "AWS_IAM"},
    ),
    Term(
        "maximum_concurrency",
        _QUEUE,
        _paths(
            "ScalingConfig.MaximumConcurrency", "scaling_config.maximum_concurrency", serverless="maximumConcurrency"
        ),
        "mapping",
    ),
    Term("batch_size", _POLLED, _paths("BatchSize", "batch_size", serverless="batchSize"), "mapping"),
    Term(
        "batching_window",
        _POLLED,
        _paths(
            "MaximumBatchingWindowInSeconds", "maximum_batching_window_in_seconds", serverless="maximumBatchingWindow"
        ),
        "mapping",
    ),
    Term(
        "report_batch_item_failures",
        _POLLED,
        _paths("FunctionResponseTypes", "function_response_types", serverless="functionResponseType"),
        "mapping",
        {
            "cloudformation": "[ReportBatchItemFailures]",
            "terraform": '["ReportBatchItemFailures"]',
            "serverless": "ReportBatchItemFailures",
        },
    ),
    Term(
        "bisect_on_error",
        _STREAM,
        _paths("BisectBatchOnFunctionError", "bisect_batch_on_function_error", serverless="bisectBatchOnFunctionError"),
        "mapping",
    ),
    Term(
        "maximum_retry_attempts",
        _STREAM,
        _paths("MaximumRetryAttempts", "maximum_retry_attempts", serverless="maximumRetryAttempts"),
        "mapping",
    ),
    Term(
        "maximum_record_age",
        _STREAM,
        _paths("MaximumRecordAgeInSeconds", "maximum_record_age_in_seconds", serverless="maximumRecordAgeInSeconds"),
        "mapping",
    ),
    Term(
        "retained",
        ("any",),
        _paths("DeletionPolicy", "lifecycle.prevent_destroy"),
        "resource",
        values={"cloudformation": "Retain", "terraform": "true"},
    ),
    Term("max_receives", ("sqs",), _paths("RedrivePolicy.maxReceiveCount", "redrive_policy")),
)
"""What a fix sets, by property and the types of the component or of the connection's source."""

CONNECT: tuple[Term, ...] = (
    Term("redrive", ("sqs",), _paths("RedrivePolicy", "redrive_policy"), values=_REDRIVE),
    Term(
        "on_failure",
        ("function",),
        _paths(
            "DestinationConfig.OnFailure.Destination",
            "destination_config.on_failure.destination_arn",
            sam="DestinationConfig.OnFailure",
            serverless="destinations.onFailure",
        ),
        "mapping",
        {**_ARN, "sam": _SAM_DESTINATION},
        attached_to="mapping",
    ),
    Term(
        "on_failure",
        ("function",),
        _paths(
            "DeadLetterConfig.TargetArn",
            "dead_letter_config.target_arn",
            sam="EventInvokeConfig.DestinationConfig.OnFailure",
            serverless="destinations.onFailure",
        ),
        values={
            **_ARN,
            "sam": _SAM_DESTINATION,
            "serverless": "{type: sqs, arn: !GetAtt {target}.Arn}",
        },
    ),
    Term(
        "on_failure",
        ("sns",),
        _paths("RedrivePolicy", "redrive_policy", serverless="sns.redrivePolicy"),
        "subscription",
        {
            "cloudformation": "{deadLetterTargetArn: !GetAtt {target}.Arn}",
            "terraform": "jsonencode({ deadLetterTargetArn = {target}.arn })",
            "serverless": "{deadLetterTargetRef: {target}}",
        },
    ),
    Term(
        "on_failure",
        ("eventbridge_bus", "eventbridge_rule"),
        _paths("DeadLetterConfig.Arn", "dead_letter_config.arn", serverless="eventBridge.deadLetterQueueArn"),
        "target",
        {**_ARN, "serverless": "!GetAtt {target}.Arn"},
    ),
    Term(
        "on_failure",
        ("eventbridge_pipe",),
        _paths("SourceParameters.{stream}.DeadLetterConfig.Arn", "source_parameters.{stream}.dead_letter_config.arn"),
        values=_ARN,
    ),
    Term(
        "on_failure",
        ("schedule",),
        _paths("DeadLetterConfig.Arn", "dead_letter_config.arn", serverless="eventBridge.deadLetterQueueArn"),
        "target",
        {**_ARN, "serverless": "!GetAtt {target}.Arn"},
    ),
)
"""What a fix connects with an error arrow, by action and the types of the source; the most special row first."""
