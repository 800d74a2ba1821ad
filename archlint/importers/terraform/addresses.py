"""Addresses of resources with several instances, such as ``module.a["x"].aws_sqs_queue.b["orders"]``."""

from __future__ import annotations

import json
import re

from archlint.model.tuples import NamedTuple

_INDEX = re.compile(r'\[(?:"(?:[^"\\]|\\.)*"|[^\[\]"]*)\]')
_TELLS_APART = re.compile(
    r'(?<![\w.-])((?:aws[a-z]*_[a-z0-9_]+|module)\.[A-Za-z_][\w-]*)\[(?:\\?"[^"\\$\]]*\\?"|[1-9][0-9]*)\]'
)


_PART = re.compile(r"([\w-]+)\.([\w-]+)" + f"({_INDEX.pattern})?" + r"(?:\.|\Z)")


MOST_APART = 20
"""So many instances are components of their own where an expression tells them apart."""


class Part(NamedTuple):
    """A step of an address: a module, or the resource at its end; ``key`` is that of its instance, or empty."""

    kind: str
    name: str
    key: str


def parts_of(address: str) -> list[Part]:
    """The modules of a resource's address, and the resource."""
    return [Part(kind, name, index[1:-1].strip('"')) for kind, name, index in _PART.findall(address)]


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


def stripped(address: str) -> str:
    """An address without the indices of instances."""
    return _INDEX.sub("", address)


def indexed(address: str, key: str | int) -> str:
    """The address of one instance."""
    return f"{address}[{json.dumps(key, ensure_ascii=False)}]"


def told_apart(text: str) -> bool:
    """Whether a text speaks of one of several instances by its key: then they are not all alike."""
    return _TELLS_APART.search(text) is not None
