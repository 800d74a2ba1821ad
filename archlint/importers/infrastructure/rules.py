"""Rules of EventBridge that are declared elsewhere: their ARNs tell the bus that they listen to."""

from __future__ import annotations

import re

from archlint.importers.infrastructure.arns import split_arn
from archlint.importers.infrastructure.ends import Named
from archlint.importers.infrastructure.symbols import Symbol
from archlint.model.tuples import NamedTuple

_RULE = re.compile(r"rule/(?:(?P<bus>.+)/)?(?P<name>[^/]+)\Z")


class Rule(NamedTuple):
    """A rule by its bus and its name."""

    bus: Named
    name: str


def rule_of(arn: Symbol) -> Rule | None:
    """The rule that an ARN names, on the default bus where it says no other; None if a part of it is not known."""
    split = split_arn(arn)
    found = _RULE.match(split.rest) if split is not None and split.service == "events" else None
    if found is None or "${" in found.group() or "*" in found.group():
        return None
    return Rule(Named("eventbridge_bus", found["bus"] or "default"), found["name"])
