"""Transforms of a whole template, as far as something is lost where they are not applied.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/transform-reference.html
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.importers.cloudformation.raw import Raw
from archlint.model import Route

_OF_AWS = "AWS::"
_INCLUDE = "AWS::Include"


def left_aside(written: Raw) -> Iterator[tuple[str, Route]]:
    """The macros of one's own and what ``AWS::Include`` puts at the top, each with the route below ``Transform``.

    The other transforms of AWS make what is read as it stands (SAM, loops), or nothing that connects something.
    """
    entries = written if isinstance(written, list) else [written]
    for index, entry in enumerate(entries):
        name = entry.get("Name") if isinstance(entry, dict) else entry
        if isinstance(name, str) and (name == _INCLUDE or not name.startswith(_OF_AWS)):
            yield name, (index,) if isinstance(written, list) else ()
