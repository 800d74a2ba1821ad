"""Addresses of resources with several instances, such as ``module.a["x"].aws_sqs_queue.b["orders"]``."""

from __future__ import annotations

import json
import re

from archlint.model.tuples import NamedTuple

MOST_APART = 20
"""So many instances are components of their own where an expression tells them apart."""

_INDEX = re.compile(r'\[(?:"(?:[^"\\]|\\.)*"|[^\[\]"]*)\]')
_STEP = re.compile(rf"([\w-]+)({_INDEX.pattern})?")
_CHOSEN = re.compile(r'\[(?:\\?"[^"\\$\]\n]*\\?"|[1-9][0-9]*)\]')
"""The key of one instance, in HCL and in JSON; not the first of a count, which may be the only one."""
_BACKWARDS = re.compile(r"[\w.-]*")
_LONGEST = 300


class Part(NamedTuple):
    """A step of an address: a module, or the resource at its end; ``key`` is that of its instance, or empty."""

    kind: str
    name: str
    key: str


def parts_of(address: str) -> list[Part]:
    """The modules of a resource's address, and the resource."""
    steps = _STEP.findall(address)
    pairs = zip(steps[::2], steps[1::2], strict=False)
    return [Part(kind, name, index[1:-1].strip('"')) for (kind, _), (name, index) in pairs]


def stripped(address: str) -> str:
    """An address without the indices of instances."""
    return _INDEX.sub("", address)


def indexed(address: str, key: str | int) -> str:
    """The address of one instance."""
    return f"{address}[{json.dumps(key, ensure_ascii=False)}]"


def key_in(reference: str) -> str | int | None:
    """The key of the instance that a reference such as ``aws_sqs_queue.b["orders"].arn`` speaks of first."""
    found = _INDEX.search(reference)
    if found is None:
        return None
    try:
        key = json.loads(found[0][1:-1])
    except ValueError:
        return None
    return key if isinstance(key, str | int) else None


def told_apart(text: str) -> bool:
    """Whether a text speaks of one of several instances by its key: then they are not all alike."""
    return any(_is_address(text[max(found.start() - _LONGEST, 0) : found.start()]) for found in _CHOSEN.finditer(text))


def _is_address(before: str) -> bool:
    """Whether a text ends with what may be the address of a resource or module."""
    written = _BACKWARDS.match(before[::-1])
    steps = written[0][::-1].split(".") if written is not None else []
    if len(steps) < 2 or not steps[-1]:
        return False
    kind, around = steps[-2], steps[-3:-2]
    return kind == "module" or (kind.startswith("aws") and "_" in kind and around != ["data"])
