"""What expressions come to without running anything: known data, references to resources, and what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from archlint.model.tuples import NamedTuple


class Ref(NamedTuple):
    """An attribute of something declared, by address without indices: ``("aws_sqs_queue.inbox", ("arn",))``.

    Data sources are ``data.TYPE.NAME``; a root module's variable without a value is ``var.NAME``; a module whose source
    is not at hand is ``module.NAME``. Addresses begin with those of the modules around.
    """

    address: str
    path: tuple[str, ...] = ()

    @property
    def attribute(self) -> str:
        """The first attribute, such as ``arn``; empty where the whole resource is meant."""
        return self.path[0] if self.path else ""


class Text(NamedTuple):
    """A text with parts that are known only when it is deployed."""

    parts: tuple[str | Ref | Opaque, ...]


class Opaque(NamedTuple):
    """A value that is not known, and the references that it is made of."""

    refs: tuple[Ref, ...] = ()


class Json(NamedTuple):
    """A text that is the JSON form of this data."""

    data: Data


Data: TypeAlias = "bool | int | float | str | list[Data] | dict[str, Data] | Ref | Text | Opaque | Json | None"

NOTHING_KNOWN: Final = Opaque()
MISSING: Final = Opaque(())
"""The value of what is not there (an attribute, an index): ``try`` goes on, anything else treats it as unknown."""

_MOST_REFS = 10_000
_LONGEST_TEXT = 4_000_000
_REFERENCE = 400
_CHARACTERS = 50
_ITEMS = 2


class Evaluated(NamedTuple):
    """A value, and whether it rests on a variable's default, which whoever deploys may replace.

    ``perhaps`` says that it may not be set at all: nothing tells whether the block that it stands in is there.
    """

    data: Data
    assumed: bool = False
    perhaps: bool = False


def refs_in(*values: Data) -> tuple[Ref, ...]:
    """Every reference inside values, each once, in order."""
    return tuple(dict.fromkeys(_walk(values)))


def opaque(*values: Data) -> Opaque:
    """Something unknown that is made of values."""
    found = refs_in(*values)
    return Opaque(found) if found else NOTHING_KNOWN


def _walk(values: Iterable[Data]) -> Iterator[Ref]:
    """In bounded time even where data shares its parts: what was seen is not entered again."""
    stack: list[Data] = [*values][::-1]
    seen: set[int] = set()
    left = _MOST_REFS
    while stack and left:
        value = stack.pop()
        if isinstance(value, Ref):
            left -= 1
            yield value
        elif isinstance(value, Opaque):
            stack.extend(reversed(value.refs))
        elif isinstance(value, Text):
            stack.extend(reversed(value.parts))
        elif isinstance(value, Json):
            stack.append(value.data)
        elif isinstance(value, list | dict) and id(value) not in seen:
            seen.add(id(value))
            stack.extend(reversed(list(value.values() if isinstance(value, dict) else value)))


def is_known(value: Data) -> bool:
    """Whether a value holds nothing that is not known."""
    stack: list[Data] = [value]
    seen: set[int] = set()
    while stack:
        part = stack.pop()
        if isinstance(part, Ref | Text | Opaque):
            return False
        if isinstance(part, Json):
            stack.append(part.data)
        elif isinstance(part, list | dict) and id(part) not in seen:
            seen.add(id(part))
            stack.extend(part.values() if isinstance(part, dict) else part)
    return True


def weight_of(*values: Data) -> int:
    """How much work it is to go through values: a step for every few characters and for every few items."""
    stack: list[Data] = [*values]
    seen: set[int] = set()
    weight = 0
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            weight += len(part) // _CHARACTERS
        elif isinstance(part, Json):
            stack.append(part.data)
        elif isinstance(part, list | dict | Text) and id(part) not in seen:
            seen.add(id(part))
            held = part.parts if isinstance(part, Text) else part
            weight += len(held) // _ITEMS
            stack.extend(held.values() if isinstance(held, dict) else held)
    return weight


def text_of(parts: Iterable[Data]) -> Data:
    """Values joined into one text; a single value stays what it is, as in HCL's ``"${value}"``."""
    found = list(parts)
    if len(found) == 1:
        return found[0]
    if sum(map(_weight, found)) > _LONGEST_TEXT:
        return opaque(*found)
    joined: list[str | Ref | Opaque] = []
    for part in found:
        pieces: Iterable[Data] = part.parts if isinstance(part, Text) else (part,)
        for piece in pieces:
            shown = _piece(piece)
            if isinstance(shown, str) and joined and isinstance(joined[-1], str):
                joined[-1] += shown
            elif shown != "":
                joined.append(shown)
    if all(isinstance(part, str) for part in joined):
        return "".join(part for part in joined if isinstance(part, str))
    return Text(tuple(joined))


def _weight(part: Data) -> int:
    """How much a part adds to a text, in characters; a reference counts as many as it may come to."""
    if isinstance(part, Text):
        return sum(map(_weight, part.parts))
    return len(part) if isinstance(part, str) else _REFERENCE


def _piece(value: Data) -> str | Ref | Opaque:
    if isinstance(value, str | Ref | Opaque):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) else str(value)
    return opaque(value)
