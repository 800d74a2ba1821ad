"""Dynamic references (``{{resolve:ssm:/name}}``) in texts, in the names of which something may be unknown.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from archlint.importers.infrastructure.ends import Stored
from archlint.importers.infrastructure.symbols import Assumed, Hole, Reference, Symbol, parts_of, shown, text_of

_OPENED, _CLOSED = "{{resolve:", "}}"
_BRACES = re.compile(r"(\{\{resolve:|\}\})")
_SECRET_SERVICES = ("ssm-secure", "secretsmanager")


def with_stored(symbol: Symbol) -> Symbol:
    """A text with what is stored elsewhere in place of the references to it; anything else as it is."""
    if isinstance(symbol, str) and _OPENED not in symbol:
        return symbol
    pieces = parts_of(symbol)
    if not any(isinstance(piece, str) and _OPENED in piece for piece in pieces):
        return symbol
    sure = not isinstance(symbol, Assumed)
    found: list[Symbol] = []
    inside: list[Symbol] | None = None
    for token in _tokens(pieces):
        if token == _OPENED and inside is None:
            inside = []
        elif token == _CLOSED and inside is not None:
            found += _stored(inside, sure)
            inside = None
        else:
            (found if inside is None else inside).append(token)
    found += [] if inside is None else [_OPENED, *inside]
    return found[0] if len(found) == 1 else text_of(found)


def _tokens(pieces: Iterable[str | Reference | Hole]) -> Iterator[str | Reference | Hole]:
    for piece in pieces:
        if isinstance(piece, str):
            yield from (token for token in _BRACES.split(piece) if token)
        else:
            yield piece


def _stored(inside: list[Symbol], sure: bool) -> list[Symbol]:
    """What stands in the braces of a dynamic reference, without its version; as it is written if that says nothing."""
    written = text_of(inside)
    service, _, rest = shown(written).partition(":")
    name = rest.partition(":")[0]
    if service == "ssm" and name and "${?}" not in name:
        return [Reference(Stored(name), sure=sure)]
    if service in _SECRET_SERVICES and isinstance(written, str):
        return [Hole(name or "?")]
    return [_OPENED, *inside, _CLOSED]
