"""Which functions have log groups of their own, by the names that Lambda expects."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from archlint.importers.infrastructure.stack import Resource, Stack
from archlint.model import UNKNOWN, Value
from archlint.vocabulary import vocabulary

_GROUP_OF = "/aws/lambda/"
"""Where Lambda writes unless it is told otherwise.

https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html
"""
_KEPT = "log_retention"
_SECONDS = 86400
_OF_ID = re.compile(re.escape(_GROUP_OF) + r"\$\{(?P<id>[^${}]+)\}")


def keep_for_days(stack: Stack, group: str, days: Value) -> None:
    """Set how long the logs of the function whose group is called by its id are kept."""
    found = _OF_ID.fullmatch(group)
    function = stack.resources.get(found["id"]) if found is not None else None
    if function is not None and days is not None and _is_silent(function):
        _keep(stack, function, days * _SECONDS if isinstance(days, int | float) else days)


def find_log_groups(stacks: Sequence[Stack]) -> None:
    """Set how long functions' logs are kept where a stack has their log group; unknown where it may have."""
    groups = [(stack, resource) for stack in stacks for resource in stack.resources.values() if _is_group(resource)]
    if not groups:
        return
    by_name = {group.name: group for _, group in groups if group.name}
    within = {(id(stack), group.name): group for stack, group in groups}
    silent = [(stack, one) for stack in stacks for one in stack.resources.values() if _is_silent(one)]
    own = [(stack, function, _own(stack, function, by_name, within)) for stack, function in silent]
    taken = {id(group) for _, _, group in own if group is not None}
    open_ = {id(stack) for stack, group in groups if id(group) not in taken and _may_be_anyones(group)}
    for stack, function, group in own:
        if group is not None:
            _keep(stack, function, group.properties.get("retention", UNKNOWN))
        elif id(stack) in open_:
            _keep(stack, function, UNKNOWN)


def _is_group(resource: Resource) -> bool:
    return resource.type == "cloudwatch_logs"


def _is_silent(resource: Resource) -> bool:
    """Whether this is a function that does not say itself how long its logs are kept."""
    return resource.type in vocabulary().members("function") and _KEPT not in resource.properties


def _own(
    stack: Stack, function: Resource, by_name: Mapping[str, Resource], within: Mapping[tuple[int, str], Resource]
) -> Resource | None:
    """The function's log group: by its physical name anywhere, by its id in its own stack."""
    if function.name and (found := by_name.get(_GROUP_OF + function.name)) is not None:
        return found
    return within.get((id(stack), f"{_GROUP_OF}${{{function.id}}}"))


def _may_be_anyones(group: Resource) -> bool:
    """Whether a part of the name that is not known may make it the log group of some function."""
    known, hole, _ = group.name.partition("${")
    return not group.name or (bool(hole) and (known.startswith(_GROUP_OF) or _GROUP_OF.startswith(known)))


def _keep(stack: Stack, function: Resource, retention: Value) -> None:
    stack.resources[function.id] = function._replace(properties={**function.properties, _KEPT: retention})
