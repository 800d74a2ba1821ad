"""Terraform's functions, as far as they can be told without running anything.

A function gets values, some of which are not known, and may raise what Python raises for a wrong one: the call is then
unknown. Functions that only move values about keep references as they are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from math import isfinite
from posixpath import basename, dirname, normpath
from typing import Final

from archlint.importers.terraform.operators import equal
from archlint.importers.terraform.values import (
    MISSING,
    Data,
    Json,
    Opaque,
    Ref,
    Text,
    is_known,
    opaque,
    text_of,
)

Function = Callable[..., Data]
_MOST = 10_000


def _text(function: Callable[..., Data]) -> Function:
    """A function of known texts and numbers alone."""

    def called(*arguments: Data) -> Data:
        if not all(isinstance(argument, str | int | float) for argument in arguments):
            return opaque(*arguments)
        return function(*(_shown(argument) for argument in arguments))

    return called


def _shown(value: Data) -> Data:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else value


def _numbers(function: Callable[..., Data]) -> Function:
    def called(*arguments: Data) -> Data:
        if not all(isinstance(argument, int | float) and not isinstance(argument, bool) for argument in arguments):
            return opaque(*arguments)
        return function(*arguments)

    return called


def _list(value: Data) -> list[Data]:
    if isinstance(value, dict):
        return list(value.values())
    if not isinstance(value, list):
        raise TypeError
    return value


def _merge(*maps: Data) -> Data:
    merged: dict[str, Data] = {}
    for given in maps:
        if given is None:
            continue
        if not isinstance(given, dict):
            return opaque(*maps)
        merged |= given
    return merged


def _concat(*lists: Data) -> Data:
    if not all(isinstance(given, list) for given in lists):
        return opaque(*lists)
    return [item for given in lists for item in _list(given)]


def _flatten(value: Data) -> Data:
    found: list[Data] = []
    stack: list[Data] = [value]
    while stack and len(found) <= _MOST:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item))
        else:
            found.append(item)
    return found


def _distinct(value: Data) -> Data:
    items = _list(value)
    return (
        [item for place, item in enumerate(items[:_MOST]) if item not in items[:place]] if len(items) < 500 else items
    )


def _lookup(given: Data, key: Data, *default: Data) -> Data:
    if not isinstance(given, dict) or not isinstance(key, str | int):
        return opaque(given, key, *default)
    return given.get(str(key), default[0] if default else MISSING)


def _element(given: Data, index: Data) -> Data:
    items = _list(given)
    if isinstance(index, int) and items:
        return items[index % len(items)]
    return opaque(given, index)


def _length(given: Data) -> Data:
    return len(given) if isinstance(given, list | dict | str) else opaque(given)


def _keys(given: Data) -> Data:
    return [*sorted(given)] if isinstance(given, dict) else opaque(given)


def _values(given: Data) -> Data:
    if isinstance(given, Ref) and not given.path:
        return [given]  # the instances of a resource or module that is there several times
    return [given[key] for key in sorted(given)] if isinstance(given, dict) else opaque(given)


def _contains(given: Data, wanted: Data) -> Data:
    answers = [equal(item, wanted) for item in _list(given)]
    if True in answers:
        return True
    return opaque(given, wanted) if None in answers else False


def _coalesce(*values: Data) -> Data:
    for value in values:
        if isinstance(value, Opaque) or (isinstance(value, Ref) and value.address.startswith(("var.", "data."))):
            return opaque(*values)
        if value not in (None, ""):
            return value
    return MISSING


def _coalesce_list(*values: Data) -> Data:
    for value in values:
        if not isinstance(value, list):
            return opaque(*values)
        if value:
            return value
    return MISSING


def _compact(given: Data) -> Data:
    return [item for item in _list(given) if item not in (None, "")]


def _one(given: Data) -> Data:
    items = _list(given)
    if not items:
        return None
    return items[0] if len(items) == 1 or len(set(map(repr, items))) == 1 else opaque(given)


def _same(value: Data, *_others: Data) -> Data:
    return value


def _to_set(given: Data) -> Data:
    return _distinct(given) if isinstance(given, list) else given


def _to_number(given: Data) -> Data:
    if isinstance(given, str):
        number = float(given)
        if not isfinite(number):
            raise ValueError
        return int(number) if number.is_integer() else number
    return given


def _to_string(given: Data) -> Data:
    return _shown(given) if not isinstance(given, int) or isinstance(given, bool) else str(given)


def _to_bool(given: Data) -> Data:
    return {"true": True, "false": False}.get(given, given) if isinstance(given, str) else given


def _join(separator: Data, *lists: Data) -> Data:
    if not isinstance(separator, str):
        return opaque(separator, *lists)
    items = [item for given in lists for item in _list(given)]
    parts: list[Data] = []
    for item in items:
        parts += [separator, item] if parts else [item]
    return text_of(["", *parts])


def _split(separator: Data, text: Data) -> Data:
    if isinstance(separator, str) and isinstance(text, str):
        parts: list[Data] = [*text.split(separator)]
        return parts
    return opaque(separator, text)


def _format(pattern: Data, *values: Data) -> Data:
    """``%s``, ``%d`` and ``%v`` with one value each."""
    if not isinstance(pattern, str):
        return opaque(pattern, *values)
    parts: list[Data] = []
    rest, left = pattern.replace("%%", "\0"), list(values)
    while "%" in rest:
        before, _, rest = rest.partition("%")
        if rest[:1] not in ("s", "d", "v") or not left:
            return opaque(*values)
        parts += [before.replace("\0", "%"), left.pop(0)]
        rest = rest[1:]
    return text_of(["", *parts, rest.replace("\0", "%")])


def _json(value: Data) -> Data:
    return Json(value)


def _from_json(value: Data) -> Data:
    if isinstance(value, Json):
        return value.data
    if isinstance(value, str):
        decoded: Data = json.loads(value)
        return decoded
    return opaque(value)


def _range(*bounds: Data) -> Data:
    numbers = [bound for bound in bounds if isinstance(bound, int)]
    if len(numbers) != len(bounds):
        return opaque(*bounds)
    made = range(*numbers)
    return list(made) if len(made) <= _MOST else opaque()


def _slice(given: Data, start: Data, end: Data) -> Data:
    if isinstance(start, int) and isinstance(end, int):
        return _list(given)[start:end]
    return opaque(given)


def _zipmap(keys: Data, values: Data) -> Data:
    names = [str(key) for key in _list(keys) if isinstance(key, str | int)]
    return dict(zip(names, _list(values), strict=True))


def _replace(text: Data, old: Data, new: Data) -> Data:
    if not isinstance(text, str) or not isinstance(old, str) or not old:
        return opaque(text, old, new)
    if len(old) > 1 and old.startswith("/") and old.endswith("/"):  # a regular expression
        return opaque(text, old, new)
    if isinstance(new, Ref | Text) and text.count(old) <= _MOST:
        pieces = text.split(old)
        return text_of(["", pieces[0], *(part for piece in pieces[1:] for part in (new, piece))])
    if not isinstance(new, str):
        return opaque(text, old, new)
    if len(text) * (len(new) + 1) > _MOST * _MOST:
        return opaque()
    return text.replace(old, new)


def _substring(text: str, start: int, length: int) -> Data:
    return text[start:] if length < 0 else text[start : start + length]


def _set_product(*sets: Data) -> Data:
    rows: list[list[Data]] = [[]]
    for given in sets:
        items = _list(given)
        if len(rows) * len(items) > _MOST:
            return opaque(*sets)
        rows = [[*row, item] for row in rows for item in items]
    made: list[Data] = [*rows]
    return made


def _union(*sets: Data) -> Data:
    return _distinct(_concat(*sets))


def _sort(given: Data) -> Data:
    if not is_known(given):
        return given
    found: list[Data] = [*sorted(str(item) for item in _list(given))]
    return found


def _reverse(given: Data) -> Data:
    return _list(given)[::-1]


def _title(text: str) -> Data:
    return " ".join(word[:1].upper() + word[1:] for word in text.split(" "))


FUNCTIONS: Final[Mapping[str, Function]] = {
    "abs": _numbers(abs),
    "abspath": _same,
    "basename": _text(lambda path: basename(normpath(str(path)))),
    "ceil": _numbers(lambda number: -int(-number // 1)),
    "coalesce": _coalesce,
    "coalescelist": _coalesce_list,
    "compact": _compact,
    "concat": _concat,
    "contains": _contains,
    "dirname": _text(lambda path: dirname(str(path)) or "."),
    "distinct": _distinct,
    "element": _element,
    "endswith": _text(lambda text, end: str(text).endswith(str(end))),
    "flatten": _flatten,
    "floor": _numbers(lambda number: int(number // 1)),
    "format": _format,
    "join": _join,
    "jsondecode": _from_json,
    "jsonencode": _json,
    "keys": _keys,
    "length": _length,
    "lookup": _lookup,
    "lower": _text(lambda text: str(text).lower()),
    "max": _numbers(lambda *numbers: max(numbers)),
    "merge": _merge,
    "min": _numbers(lambda *numbers: min(numbers)),
    "nonsensitive": _same,
    "one": _one,
    "range": _range,
    "replace": _replace,
    "reverse": _reverse,
    "sensitive": _same,
    "setproduct": _set_product,
    "setunion": _union,
    "slice": _slice,
    "sort": _sort,
    "split": _split,
    "startswith": _text(lambda text, start: str(text).startswith(str(start))),
    "strcontains": _text(lambda text, part: str(part) in str(text)),
    "substr": _text(_substring),
    "title": _text(_title),
    "tobool": _to_bool,
    "tolist": _same,
    "tomap": _same,
    "tonumber": _to_number,
    "toset": _to_set,
    "tostring": _to_string,
    "trim": _text(lambda text, characters: str(text).strip(str(characters))),
    "trimprefix": _text(lambda text, prefix: str(text).removeprefix(str(prefix))),
    "trimspace": _text(lambda text: str(text).strip()),
    "trimsuffix": _text(lambda text, suffix: str(text).removesuffix(str(suffix))),
    "upper": _text(lambda text: str(text).upper()),
    "values": _values,
    "zipmap": _zipmap,
}
"""By name. ``file``, ``templatefile``, ``try`` and ``can`` are the evaluator's own: they need more than values."""
