"""Values of infrastructure code before deployment: plain data, references to resources, and what is not known yet.

Each importer turns what its language writes into symbols; what follows from them (permissions, workflow definitions,
API integrations) is the same for all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from archlint.importers.infrastructure.ends import End
from archlint.importers.infrastructure.numbers import finite
from archlint.model import UNKNOWN, InputError, Unknown, Value
from archlint.model.tuples import NamedTuple
from archlint.source import Limits, TooDeepError, parse, plain


class Reference(NamedTuple):
    """What a resource gives away: its name, ARN, URL or endpoint, in the words of the source (``Arn``, ``url``).

    ``sure`` is false where a parameter's default or an undecided condition led here.
    """

    end: End
    attribute: str = ""
    sure: bool = True


class Hole(NamedTuple):
    """A value that exists and is not known, by the name of what gives it: a parameter, ``AWS::Region``."""

    name: str

    @property
    def is_pseudo(self) -> bool:
        """Whether it says only where something is deployed, or nothing at all."""
        return self.name.startswith(("AWS::", "AWS.")) or self.name == "?"


class Text(NamedTuple):
    """A text some parts of which are known only when it is deployed; ``assumed`` where others are defaults."""

    parts: tuple[str | Reference | Hole, ...]
    assumed: bool = False


class Either(NamedTuple):
    """One of several values: a condition could not be decided. A missing one is None."""

    options: tuple[Symbol, ...]


class Assumed(str):
    """A text that is a parameter's default, which a deployment may replace."""

    __slots__ = ()


class AssumedInt(int):
    """A whole number that is a parameter's default."""

    __slots__ = ()


class AssumedFloat(float):
    """A number that is a parameter's default."""

    __slots__ = ()


Symbol: TypeAlias = (
    "bool | int | float | str | Unknown | Reference | Hole | Text | Either | list[Symbol] | dict[str, Symbol] | None"
)
Sure: TypeAlias = "tuple[Symbol, bool]"


def text_of(parts: list[Symbol]) -> Symbol:
    """The parts as one text; a plain one where all of it is known."""
    flat: list[str | Reference | Hole] = []
    assumed = False
    for part in parts:
        assumed = assumed or is_assumed(part)
        for piece in part.parts if isinstance(part, Text) else (part,):
            if isinstance(piece, Reference | Hole):
                flat.append(piece)
                continue
            written = _written(piece)
            if written is None:
                flat.append(Hole("?"))
            elif flat and isinstance(flat[-1], str):
                flat[-1] += written
            else:
                flat.append(written)
    if all(isinstance(piece, str) for piece in flat):
        whole = "".join(str(piece) for piece in flat)
        return Assumed(whole) if assumed else whole
    return flat[0] if len(flat) == 1 else Text(tuple(flat), assumed)


def is_assumed(symbol: Symbol) -> bool:
    """Whether a text or number is a parameter's default, or a text has one in it."""
    return symbol.assumed if isinstance(symbol, Text) else isinstance(symbol, Assumed | AssumedInt | AssumedFloat)


def _written(symbol: Symbol) -> str | None:
    if isinstance(symbol, bool):
        return "true" if symbol else "false"
    return str(symbol) if isinstance(symbol, str | int | float) else None


def parts_of(symbol: Symbol) -> tuple[str | Reference | Hole, ...]:
    """A text's parts, whatever kind of text it is; nothing for what is no text."""
    if isinstance(symbol, Text):
        return symbol.parts
    return (symbol,) if isinstance(symbol, str | Reference | Hole) else ()


def options(symbol: Symbol) -> Iterator[Sure]:
    """The values that a symbol may have, without the missing one, each with whether it has it for sure."""
    if isinstance(symbol, Either):
        for option in symbol.options:
            yield from ((inner, False) for inner, _ in options(option))
    elif symbol is not None:
        yield symbol, not isinstance(symbol, Assumed)


def items(symbol: Symbol) -> Iterator[Sure]:
    """The items of a list, or the one item that stands without a list; those of both sides of a condition."""
    for value, sure in options(symbol):
        for item in value if isinstance(value, list) else [value]:
            yield from ((inner, sure and own) for inner, own in options(item))


def field(symbol: Symbol, *path: str) -> Symbol:
    """What stands at a path of keys; None where there is nothing, :class:`Either` where a condition decides."""
    for key in path:
        if isinstance(symbol, Either):
            symbol = either([field(option, key) for option in symbol.options])
        elif isinstance(symbol, dict):
            symbol = symbol.get(key)
        else:
            return UNKNOWN if isinstance(symbol, Unknown | Hole | Reference | Text) else None
    return symbol


def either(found: list[Symbol]) -> Symbol:
    """One of several values; the value itself where they are the same."""
    flat: list[Symbol] = []
    for symbol in found:
        for option in symbol.options if isinstance(symbol, Either) else (symbol,):
            if option not in flat:
                flat.append(option)
    return flat[0] if len(flat) == 1 else Either(tuple(flat))


def mapping(symbol: Symbol) -> dict[str, Symbol]:
    """A mapping's fields; those of both sides of a condition, and none of anything else."""
    merged: dict[str, Symbol] = {}
    for value, sure in options(symbol):
        if isinstance(value, dict):
            for key, inner in value.items():
                merged[key] = inner if sure or key not in merged else either([merged[key], inner])
    return merged


def known(symbol: Symbol) -> Value:
    """A property's value: None where nothing is written, unknown where something is written that is not known."""
    if isinstance(symbol, AssumedInt | AssumedFloat):
        return int(symbol) if isinstance(symbol, int) else float(symbol)
    if symbol is None or isinstance(symbol, bool | int | float | str):
        return str(symbol) if isinstance(symbol, Assumed) else symbol
    if isinstance(symbol, list):
        return tuple(known(item) for item in symbol)
    if isinstance(symbol, dict):
        return {key: known(item) for key, item in symbol.items()}
    return UNKNOWN


def is_said(symbol: Symbol) -> bool:
    """Whether something is written, known or not: neither nothing nor an empty list, mapping or text."""
    return symbol is not None and symbol is not False and symbol not in ([], {}, "")


def word(symbol: Symbol) -> str:
    """A text that is known whole; else empty."""
    return str(symbol) if isinstance(symbol, str) else ""


def shown(symbol: Symbol) -> str:
    """A text with what is not known in braces: equal for equal texts, so that names can be compared."""
    return "".join(
        part
        if isinstance(part, str)
        else "${%s}" % (part.name.replace("::", ".") if isinstance(part, Hole) else _reference_name(part))
        for part in parts_of(symbol)
    )


def _reference_name(reference: Reference) -> str:
    return f"{reference.end[-1]}.{reference.attribute}" if reference.attribute else str(reference.end[-1])


_OPEN, _CLOSE = "\ue000", "\ue001"


def parsed(symbol: Symbol, limits: Limits) -> Symbol:
    """The data that a text holds as JSON or YAML, its unknown parts kept in place; UNKNOWN if it is neither."""
    if isinstance(symbol, dict | list):
        return symbol
    pieces = parts_of(symbol)
    if not any(isinstance(piece, str) for piece in pieces):
        return UNKNOWN
    holes = [piece for piece in pieces if not isinstance(piece, str)]
    count = iter(range(len(pieces)))
    marked = "".join(piece if isinstance(piece, str) else f"{_OPEN}{next(count)}{_CLOSE}" for piece in pieces)
    data = _data(marked, limits)
    return UNKNOWN if data is None or _is_deeper(data, limits.depth) else _unmarked(data, holes)


def _data(text: str, limits: Limits) -> object:
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        try:
            found = plain(parse("", text, limits).root, limits.depth)
        except (InputError, TooDeepError):
            return None
    return found if isinstance(found, dict | list) else None


def _is_deeper(data: object, most: int) -> bool:
    """Whether data is nested more levels deep than that."""
    level = [data]
    for _ in range(most + 1):
        level = [
            inner
            for value in level
            if isinstance(value, dict | list)
            for inner in (value.values() if isinstance(value, dict) else value)
        ]
        if not level:
            return False
    return True


def _unmarked(data: object, holes: list[Reference | Hole]) -> Symbol:
    if isinstance(data, dict):
        return {str(key): _unmarked(value, holes) for key, value in data.items()}
    if isinstance(data, list):
        return [_unmarked(item, holes) for item in data]
    if isinstance(data, str) and _OPEN in data:
        parts: list[Symbol] = []
        for piece in data.split(_OPEN):
            number, closed, rest = piece.partition(_CLOSE)
            if closed and number.isdecimal() and int(number) < len(holes):
                parts += [holes[int(number)], rest]
            else:
                parts.append(piece)
        return text_of([part for part in parts if part != ""])
    if isinstance(data, int | float) and not isinstance(data, bool):
        return finite(data)
    return data if data is None or isinstance(data, bool | str) else UNKNOWN


def filled(data: object, give: Callable[[str], Symbol]) -> Symbol:
    """Plain data with the ``${Name}`` in its texts replaced by what ``give`` answers for the name."""
    if isinstance(data, Mapping):
        return {str(key): filled(value, give) for key, value in data.items()}
    if isinstance(data, list):
        return [filled(item, give) for item in data]
    if isinstance(data, str):
        return _filled_text(data, give) if "${" in data else data
    return data if data is None or isinstance(data, bool | int | float) else UNKNOWN


def _filled_text(text: str, give: Callable[[str], Symbol]) -> Symbol:
    first, *rest = text.split("${")
    parts: list[Symbol] = [first] if first else []
    for piece in rest:
        name, closed, after = piece.partition("}")
        if not closed:
            parts.append("${" + piece)
            continue
        parts.append("${" + name[1:] + "}" if name.startswith("!") else give(name.strip()))
        if after:
            parts.append(after)
    return parts[0] if len(parts) == 1 else text_of(parts)


def walk_texts(symbol: Symbol) -> Iterator[Symbol]:
    """Every text and reference inside a value, keys left out."""
    stack = [symbol]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            stack += reversed(value.values())
        elif isinstance(value, list):
            stack += reversed(value)
        elif isinstance(value, Either):
            stack += reversed(value.options)
        elif isinstance(value, str | Text | Reference | Hole):
            yield value
