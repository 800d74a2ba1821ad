"""How a pipe of EventBridge hands over what it read."""

from __future__ import annotations

from archlint.model import Style

_ACTIONS = {"sqs": "send", "sns": "publish", "eventbridge_bus": "publish", "kinesis": "publish", "firehose": "publish"}


def handed_over(type_: str, invocation: str) -> tuple[Style, str]:
    """The style and action of a pipe's connection with a target of a type, by the invocation type that it asks for.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/pipes-targets-specifics.html
    """
    if invocation == "REQUEST_RESPONSE":
        return Style.SYNC, "invoke"
    return Style.ASYNC, _ACTIONS.get(type_, "deliver")
