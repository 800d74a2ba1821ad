"""Names as people compare them: ``OrdersTable``, ``orders`` and ``aws_dynamodb_table.orders`` are one."""

from __future__ import annotations

import re
from functools import cache

from archlint.model import Component

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_REPEATS_THE_TYPE = frozenset(
    {"api", "aurora", "aws", "bucket", "bus", "cache", "cluster", "database", "db", "dynamo", "dynamodb", "fn", "func"}
    | {
        "function",
        "gateway",
        "http",
        "lambda",
        "machine",
        "pool",
        "queue",
        "rest",
        "rule",
        "s3",
        "schedule",
        "sfn",
        "sns",
    }
    | {"sqs", "state", "step", "store", "stream", "table", "topic", "workflow"}
)
"""Words that repeat a component's type. Others, such as `dead` or `worker`, tell components of a type apart."""


_NO_NAME = 0.5
"""How alike a name is to one that says no more than the type: neither like it nor unlike it."""


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of a name in small letters, those that only repeat a type left out; all of them if no other is left."""
    last = name.partition("[")[0].rpartition(".")[2]
    found = tuple(word.lower() for word in _WORD.findall(last))
    return tuple(word for word in found if word not in _REPEATS_THE_TYPE) or found


def canonical(name: str) -> str:
    """A name without case, separators and words for its type."""
    return "".join(words(name))


def names_of(component: Component) -> tuple[str, ...]:
    """What a component may be known by: its name, its label and the resource it says it is."""
    resource = component.properties.get("resource")
    names = (component.name, component.label, resource if isinstance(resource, str) else "")
    return tuple(dict.fromkeys(name for name in names if name))


def similarity(first: str, second: str) -> float:
    """How alike two names are, from 0 to 1."""
    from difflib import SequenceMatcher  # noqa: PLC0415  only where names differ

    one, other = canonical(first), canonical(second)
    if one == other:
        return 1.0
    mine, theirs = set(words(first)), set(words(second))
    if mine <= _REPEATS_THE_TYPE or theirs <= _REPEATS_THE_TYPE:
        return _NO_NAME
    shared = 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine and theirs else 0.0
    return max(shared, SequenceMatcher(None, one[:80], other[:80], autojunk=False).ratio() - 0.1)
