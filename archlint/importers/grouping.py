"""Which service the components of infrastructure code belong to, where their stack does not say it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING

from archlint.model.tuples import NamedTuple

if TYPE_CHECKING:  # read only with infrastructure code
    from archlint.importers.infrastructure import Stack
    from archlint.importers.infrastructure.stack import Resource

_TAG = "tag:"


class Grouping(NamedTuple):
    """What belongs to a service, by patterns; files in them are relative to ``folder``, the configuration's own.

    A pattern is a glob (``*`` crosses dots and slashes) of a stack's name, its file, a component's id or the path of
    its construct; ``tag:KEY=GLOB`` is one of the value of a tag.
    """

    service: str
    patterns: Sequence[str]
    folder: Path


def group(stacks: Sequence[Stack], grouping: Grouping) -> None:
    """Put what a grouping means into its service. What it does not find here may be in other inputs."""
    for pattern in grouping.patterns:
        put(stacks, grouping.service, pattern, grouping.folder)


def put(stacks: Sequence[Stack], service: str, pattern: str, folder: Path | None = None) -> bool:
    """Put what a pattern means into a service; whether it means anything."""
    found = False
    for stack in stacks:
        whole = any(fnmatchcase(name, pattern) for name in _names(stack, folder))
        for id_, resource in stack.resources.items():
            if whole or _is_meant(stack, resource, pattern):
                stack.services[id_] = service
                found = True
    return found


def _names(stack: Stack, folder: Path | None) -> Iterator[str]:
    yield stack.name
    yield stack.site.document
    if folder is not None:
        yield Path(relpath(stack.site.document, folder)).as_posix()


def _is_meant(stack: Stack, resource: Resource, pattern: str) -> bool:
    if pattern.startswith(_TAG):
        key, _, value = pattern.removeprefix(_TAG).partition("=")
        tag = stack.tags.get(resource.id, {}).get(key)
        return tag is not None and fnmatchcase(tag, value)
    return fnmatchcase(resource.id, pattern) or fnmatchcase(resource.label, pattern)
