"""What a statement surely takes in whole: an action, a resource. What is only a part of one is not taken in."""

from __future__ import annotations

from archlint.importers.infrastructure.arns import target
from archlint.importers.infrastructure.ends import End, Local
from archlint.importers.infrastructure.stack import Stack
from archlint.importers.infrastructure.symbols import Reference, Symbol, parts_of, shown
from archlint.importers.infrastructure.wildcards import wildcard

_TAILS = ("", "*", "/*", ":*")
"""What may stand behind a resource where all that is below it is meant as well."""


def covers_action(pattern: str, action: str) -> bool:
    """Whether a pattern takes in an action, which may be a pattern itself: ``sqs:*`` takes in ``sqs:Send*``."""
    pattern, action = pattern.lower(), action.lower()
    return pattern == action or ("?" not in pattern and wildcard(pattern).match(action) is not None)


def covers(stack: Stack, resource: Symbol, end: End) -> bool:
    """Whether a resource of a statement is all of an end. A bucket's own ARN leaves its objects out."""
    text = shown(resource)
    if text == "*":
        return True
    if stack.type_of(end) == "s3" and not text.endswith("/*"):
        return False
    parts = parts_of(resource)
    if parts and isinstance(parts[0], Reference):
        return parts[0].sure and parts[0].end == end and "".join(map(str, parts[1:])) in _TAILS
    tail = next((tail for tail in reversed(_TAILS) if text.endswith(tail)), "")
    whole = text.removesuffix(tail)
    found = target(whole)
    if found is None or not found.sure or found.end[-1] == "" or not whole.endswith(str(found.end[-1])):
        return False
    own = stack.resources.get(end.id) if isinstance(end, Local) else None
    return found.end == end or (own is not None and found.end == (own.type, own.name))
