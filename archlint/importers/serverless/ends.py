"""The ends of connections, as serverless.yml writes them: ARNs, names, references, outputs of other stacks."""

from __future__ import annotations

import re

from archlint.importers.infrastructure import End, Exported, Local, Named, Stored
from archlint.importers.serverless.placed import Placed

_STORED = re.compile(r"\{\{resolve:ssm(?:-secure)?:(?P<name>[^{}:]+)")
_ARN = re.compile(r"arn:[^:]*:(?P<service>[^:]*):[^:]*:[^:]*:(?P<rest>.+)", re.DOTALL)
_TYPES = {
    "sqs": "sqs",
    "sns": "sns",
    "s3": "s3",
    "lambda": "lambda",
    "states": "step_functions",
    "dynamodb": "dynamodb",
    "kinesis": "kinesis",
    "firehose": "firehose",
    "events": "eventbridge_bus",
    "kafka": "msk",
    "mq": "mq",
    "cognito-idp": "cognito_user_pool",
}


def end_of(placed: Placed, type_: str) -> End | None:
    value = placed.value
    if isinstance(value, dict):
        for key in ("Ref", "Fn::GetAtt", "Fn::ImportValue", "Fn::Sub", "Fn::Join"):
            inner = value.get(key)
            if inner is None:
                continue
            if key == "Ref":
                return Local(str(inner.value))
            if key == "Fn::GetAtt":
                first = inner.items[0].text or ""
                return Local(first.split(".")[0])
            if key == "Fn::ImportValue":
                return Exported(inner.text or "?", type_)
            if key == "Fn::Sub":
                inner = inner.items[0]
                return end_of(inner, type_)
            for piece in inner.items:
                if isinstance(piece.value, dict):
                    return end_of(piece, type_)
            return end_of(Placed("".join(p.text or "" for p in inner.items), placed.site), type_)
        return None
    if not isinstance(value, str):
        return None
    if m := _STORED.search(value):
        return Stored(m["name"], type_)
    if m := _ARN.match(value):
        rest = m["rest"]
        name = rest.split("/")[1] if "/" in rest else rest.split(":")[-1]
        return Named(_TYPES.get(m["service"], type_), name)
    return Named(type_, value)
