"""The resources that a remedy adds beside those that stand there: a queue, who may send to it, an alarm.

Each is a block of CloudFormation (which SAM and serverless.yml speak, too) or of Terraform.
"""

from __future__ import annotations

from collections.abc import Iterable

from archlint.model import Properties
from archlint.model.tuples import NamedTuple
from archlint.vocabulary import vocabulary

_INSIDE = ("resources:", "  Resources:")
_WATCHED = {"QueueName": "sqs", "FunctionName": "function"}
"""The types that have a metric, by its dimension."""


class _Metric(NamedTuple):
    """``threshold`` is the value above which an alarm is raised, ``why`` what it counts; the rest is whose it is."""

    threshold: int
    why: str
    namespace: str = "AWS/SQS"
    dimension: str = "QueueName"


_METRICS = {
    "ApproximateNumberOfMessagesVisible": _Metric(0, "messages"),
    "ApproximateAgeOfOldestMessage": _Metric(600, "seconds that a message may wait, to be adapted"),
    "IteratorAge": _Metric(
        3_600_000, "milliseconds that a record may wait, to be adapted", "AWS/Lambda", "FunctionName"
    ),
}


def beside(language: str, text: str, blocks: Iterable[str], *, part: bool = False) -> str:
    """A snippet with the blocks below it; in serverless.yml they stand in its resources, also if it is of a part."""
    lines = text.splitlines()
    made = [line for block in blocks for line in block.splitlines()]
    if language != "serverless" or not made:
        return "\n".join([*lines, *made])
    head = [] if tuple(lines[:2]) == _INSIDE else ["# in serverless.yml", *_INSIDE] if part else _INSIDE
    return "\n".join([*lines, *head, *(f"    {line}" for line in made)])


def queue(language: str, name: str, properties: Properties) -> str:
    """A queue with the retention (in seconds) and order of a component."""
    kept, fifo = properties.get("retention"), properties.get("fifo") is True
    if language == "terraform":
        lines = [f'resource "aws_sqs_queue" "{_label(name)}" {{']
        lines += [f"  message_retention_seconds = {kept}"] if isinstance(kept, int) else []
        return "\n".join([*lines, *(["  fifo_queue = true"] if fifo else []), "}"])
    settings = [f"MessageRetentionPeriod: {kept}"] if isinstance(kept, int) else []
    settings += ["FifoQueue: true"] if fifo else []
    lines = [f"{name}:", "  Type: AWS::SQS::Queue"]
    return "\n".join([*lines, *(["  Properties:"] if settings else []), *(f"    {setting}" for setting in settings)])


_EACH = {
    "": ("", "", "{0}"),
    "count": ("  count               = length({0})\n", "-${{count.index}}", "{0}[count.index]"),
    "for_each": ("  for_each            = {0}\n", "-${{each.key}}", "each.value"),
}
"""How Terraform makes something for each instance of a resource, by its argument: it, a suffix and the instance."""


def alarm(language: str, name: str, metric: str, watched: str, repetition: str = "") -> str:
    """An alarm on a metric of a queue or function, which is quiet as long as nothing is measured.

    ``repetition`` is the argument by which Terraform has what is watched several times: there are as many alarms.
    """
    threshold, why, namespace, dimension = _METRICS[metric]
    queue = dimension == "QueueName"
    if language == "terraform":
        each, suffix, instance = (part.format(watched) for part in _EACH[repetition])
        return f"""\
resource "aws_cloudwatch_metric_alarm" "{_label(name)}" {{
{each}  alarm_name          = "{_label(name).replace("_", "-")}{suffix}"
  namespace           = "{namespace}"
  metric_name         = "{metric}"
  dimensions          = {{ {dimension} = {instance}.{"name" if queue else "function_name"} }}
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = {threshold} # {why}
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  # alarm_actions     = [the ARN of a topic that somebody reads]
}}"""
    return f"""\
{name}:
  Type: AWS::CloudWatch::Alarm
  Properties:
    Namespace: {namespace}
    MetricName: {metric}
    Dimensions: [{{Name: {dimension}, Value: {f"!GetAtt {watched}.QueueName" if queue else f"!Ref {watched}"}}}]
    Statistic: Maximum
    Period: 300
    EvaluationPeriods: 1
    Threshold: {threshold}  # {why}
    ComparisonOperator: GreaterThanThreshold
    TreatMissingData: notBreaching
    # AlarmActions: [the ARN of a topic that somebody reads]"""


def topic_may_send(language: str, name: str, topic: str) -> str:
    """The policy that lets a topic, by its ARN as the language writes it, send to a queue."""
    return _may_send(language, name, "sns.amazonaws.com", ("ArnEquals", topic))


def rules_may_send(language: str, name: str) -> str:
    """The policy that lets the rules of the queue's account send to it: a queue has one policy for all of them."""
    if language == "terraform":
        rules = f'"arn:*:events:*:${{split(":", {name}.arn)[4]}}:rule/*"'
    else:
        rules = "!Sub arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/*"
    return _may_send(language, name, "events.amazonaws.com", ("ArnLike", rules))


def _may_send(language: str, name: str, service: str, condition: tuple[str, str]) -> str:
    operator, source = condition
    if language == "terraform":
        return f"""\
resource "aws_sqs_queue_policy" "{_label(name)}" {{
  queue_url = {name}.id
  policy = jsonencode({{
    Version = "2012-10-17"
    Statement = [{{
      Effect    = "Allow"
      Principal = {{ Service = "{service}" }}
      Action    = "sqs:SendMessage"
      Resource  = {name}.arn
      Condition = {{ {operator} = {{ "aws:SourceArn" = {source} }} }}
    }}]
  }})
}}"""
    return f"""\
{name}Policy:
  Type: AWS::SQS::QueuePolicy
  Properties:
    Queues: [!Ref {name}]
    PolicyDocument:
      Version: "2012-10-17"
      Statement:
        - Effect: Allow
          Principal: {{Service: {service}}}
          Action: sqs:SendMessage
          Resource: !GetAtt {name}.Arn
          Condition:
            {operator}:
              aws:SourceArn: {source}"""


def _label(address: str) -> str:
    """The last part of an address of Terraform."""
    return address.rpartition(".")[2]


def tells(metric: object, type_: str) -> bool:
    """Whether an alarm on a metric of a component of a type can be written."""
    known = _METRICS.get(str(metric))
    return known is not None and type_ in vocabulary().members(_WATCHED[known.dimension])
