"""Web addresses in the environment of a program: whom it may call."""

from __future__ import annotations

import re

from archlint.importers.infrastructure.tasks import host_of

_NO_CALL = re.compile(r"ORIGIN|CORS|ISSUER|AUDIENCE|REDIRECT|CALLBACK|DOCS?_|_DOCS?\Z|SCHEMA", re.IGNORECASE)
"""Variables whose addresses are compared or shown and not called."""
_OURS = (".amazonaws.com", ".aws", ".on.aws", "localhost", "127.0.0.1")


def called_host(variable: str, value: str) -> str:
    """The host of somebody outside AWS whom a program may call by the address in a variable; else empty."""
    host = host_of(value)
    return host if "." in host and not host.endswith(_OURS) and not _NO_CALL.search(variable) else ""
