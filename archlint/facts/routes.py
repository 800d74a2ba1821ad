"""Routes of APIs: which of them takes a request."""

from __future__ import annotations

import re
from functools import lru_cache

from archlint.model import Value

_WRITTEN = re.compile(r"(?:(\S+)\s+)?(/\S*)")
_EVERYTHING = frozenset({"$default", "*"})


def is_catch_all(route: Value) -> bool:
    """Whether a route takes every request: `$default`, `*`, `ANY /{proxy+}`."""
    if not isinstance(route, str):
        return False
    if route.strip() in _EVERYTHING:
        return True
    method, segments = _parts(route)
    return method == "ANY" and len(segments) == 1 and _is_rest(segments[0])


def reaches_clients(route: Value) -> bool:
    """Whether a WebSocket API answers itself, by sending to a client: `POST /@connections/{connection_id}`."""
    return isinstance(route, str) and _parts(route)[1][:1] == ["@connections"]


def takes(route: str, request: str) -> bool:
    """Whether a route takes what is sent to another one: `ANY /keys/{id}` takes `GET /keys/7`.

    Routes without a path, as those of a WebSocket API, take only what is called the same.
    """
    (method, segments), (asked, path) = _parts(route), _parts(request)
    if not segments or not path:
        return route == request
    if method != asked and "ANY" not in (method, asked):
        return False
    for ours, theirs in zip(segments, path, strict=False):
        if _is_rest(ours) or _is_rest(theirs):
            return True
        if ours != theirs and not _is_variable(ours):
            return False
    return len(segments) == len(path)


@lru_cache(maxsize=4096)
def _parts(route: str) -> tuple[str, list[str]]:
    """The method, `ANY` if none is written, and the segments of the path."""
    found = _WRITTEN.fullmatch(route.strip())
    if found is None:
        return "ANY", []
    method = (found[1] or "ANY").upper()
    return "ANY" if method == "*" else method, (found[2].rstrip("/") or "/").split("/")[1:]


def _is_rest(segment: str) -> bool:
    return segment == "*" or segment.endswith("+}")


def _is_variable(segment: str) -> bool:
    return segment.startswith((":", "{"))
