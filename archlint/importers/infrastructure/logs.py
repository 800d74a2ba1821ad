"""Which functions have log groups of their own, by the names that Lambda expects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from archlint.importers.infrastructure.stack import Resource, Stack
from archlint.model import UNKNOWN, Value
from archlint.vocabulary import vocabulary

_GROUP_OF = "/aws/lambda/"
"""Where Lambda writes unless it is told otherwise.

https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html
"""
_KEPT = "log_retention"
_SECONDS = 86400
_OF_ONE = re.compile(re.escape(_GROUP_OF) + r"(?:\$\{(?P<id>[^${}]+)\}|(?P<name>[^${}]+))")


def keep_for_days(stack: Stack, group: str, days: Value) -> None:
    """Set how long the logs of the function whose group has this name are kept."""
    found = _OF_ONE.fullmatch(group)
    if found is None or days is None:
        return
    retention = days * _SECONDS if isinstance(days, int | float) else days
    for function in _functions(stack):
        if function.id == found["id"] or (function.name and function.name == found["name"]):
            _keep(stack, function, retention)


def find_log_groups(stacks: Sequence[Stack]) -> None:
    """Set how long functions' logs are kept where a stack has their log group; unknown where it may have."""
    groups = [(stack, resource) for stack in stacks for resource in stack.resources.values() if _is_group(resource)]
    if not groups:
        return
    named = {group.name: group for _, group in groups if group.name}
    own: dict[tuple[int, str], Resource] = {}
    for stack in stacks:
        for function in _functions(stack):
            found = _own(stack, function, named, groups)
            if found is not None:
                own[id(stack), function.id] = found
    taken = {id(group) for group in own.values()}
    for stack in stacks:
        perhaps = any(_may_be_anyones(one) for holder, one in groups if holder is stack and id(one) not in taken)
        for function in _functions(stack):
            group = own.get((id(stack), function.id))
            if group is not None:
                _keep(stack, function, group.properties.get("retention", UNKNOWN))
            elif perhaps:
                _keep(stack, function, UNKNOWN)


def _is_group(resource: Resource) -> bool:
    return resource.type == "cloudwatch_logs"


def _functions(stack: Stack) -> list[Resource]:
    functions = vocabulary().members("function")
    return [one for one in stack.resources.values() if one.type in functions and _KEPT not in one.properties]


def _own(
    stack: Stack, function: Resource, named: Mapping[str, Resource], groups: Iterable[tuple[Stack, Resource]]
) -> Resource | None:
    """The function's log group: by its physical name anywhere, by its id in its own stack."""
    if function.name and (found := named.get(_GROUP_OF + function.name)) is not None:
        return found
    reference = f"{_GROUP_OF}${{{function.id}}}"
    return next((group for holder, group in groups if holder is stack and group.name == reference), None)


def _may_be_anyones(group: Resource) -> bool:
    """Whether a part of the name that is not known may make it the log group of some function."""
    known, hole, _ = group.name.partition("${")
    return not group.name or (bool(hole) and (known.startswith(_GROUP_OF) or _GROUP_OF.startswith(known)))


def _keep(stack: Stack, function: Resource, retention: Value) -> None:
    stack.resources[function.id] = function._replace(properties={**function.properties, _KEPT: retention})
