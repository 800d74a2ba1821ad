"""Making up what a pattern lacks: a type, a name, an action."""

from __future__ import annotations

from collections.abc import Collection

from archlint.model import Architecture, Component, Style
from archlint.pattern.terms import Arrow
from archlint.vocabulary import vocabulary

_PREFERRED = (
    "client",
    "lambda",
    "sqs",
    "dynamodb",
    "http_api",
    "aurora",
    "sns",
    "cloudwatch_alarm",
    "elasticache",
    "s3",
    "third_party",
    "legacy_http",
    "schedule",
    "kinesis",
    "firehose",
    "step_functions",
)
"""What most people mean by a function, a queue, a store …, most common first."""


def made_type(types: frozenset[str]) -> str:
    """The type of a new component: the most common one of those allowed."""
    return next((type_ for type_ in _PREFERRED if type_ in types), min(types))


def made_name(
    architecture: Architecture, role: str, service: str | None, anchor: Component, taken: Collection[str]
) -> str:
    """A free id named after the role, in the anchor's service if it is to be the new component's."""
    scoped = service is not None and anchor.id == f"{anchor.service}.{anchor.name}"
    base = role.replace("_", "-")
    prefix = f"{service}." if scoped else ""
    number, id_ = 2, f"{prefix}{base}"
    while id_ in architecture.by_id or id_ in taken:
        id_ = f"{prefix}{base}-{number}"
        number += 1
    return id_


def made_action(arrow: Arrow, source_type: str, target_type: str, style: Style) -> str:
    """The action of a new connection: the assumed one if the arrow admits it, else the first that it does."""
    assumed = vocabulary().assumed_action(source_type, target_type, style)
    if arrow.admits(style, assumed) or arrow.actions is None:
        return assumed
    return min(arrow.actions)
