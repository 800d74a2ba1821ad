"""Values as a description writes them: as short as they read, quoted where YAML would take them for something else."""

from __future__ import annotations

import re
from collections.abc import Mapping

from archlint.model import Properties, Value, is_unknown
from archlint.vocabulary import PropertyType, ValueFault

_BARE = re.compile(r"[A-Za-z_/$](?:[A-Za-z0-9_/$.+@()-]| (?=\S))*\Z", re.ASCII)
"""Text that every reader of YAML takes for text, in flow and in block collections, if it is no word that means more."""

_MEANS_MORE = frozenset(
    {"true", "false", "yes", "no", "on", "off", "y", "n", "null", "unknown"}  # also to readers of YAML 1.1
)
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_UNPRINTABLE = re.compile(
    "[^\x20-\x7e\xa0-\u200d\u2010-\u2027\u2030-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
    '|["\\\\]'
)
_LONGEST_KEY = 900
"""YAML's limit for a key without a question mark is 1,024 characters."""


def text(value: str) -> str:
    """Text as a scalar on one line."""
    if _BARE.match(value) and value.lower() not in _MEANS_MORE:
        return value
    return '"' + _UNPRINTABLE.sub(_escaped, value) + '"'


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    if character in _ESCAPES:
        return _ESCAPES[character]
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def plain_value(value: Value) -> str:
    """A value that no property gives a unit: numbers, flags, text, and collections of them."""
    if is_unknown(value):
        return "unknown"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(_pair(key, plain_value(item)) for key, item in value.items()) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(plain_value(item) for item in value) + "]"
    return text(str(value))


def _pair(key: str, shown: str) -> str:
    written = text(key)
    return f"{written}: {shown}" if len(written) < _LONGEST_KEY else f"? {written} : {shown}"


def property_value(property_: PropertyType, value: Value) -> str:
    """A property's value, with its unit where that says it exactly."""
    if isinstance(value, bool) or is_unknown(value):
        return plain_value(value)
    if isinstance(value, int | float):
        shown = property_.show(value)
        return shown if _reads_as(property_, shown, value) else plain_value(value)
    if isinstance(value, Mapping) and property_.fields:
        fields = property_.fields
        pairs = (f"{key}: {property_value(fields[key], item)}" for key, item in value.items() if key in fields)
        return "{" + ", ".join(pairs) + "}"
    return plain_value(value)


def _reads_as(property_: PropertyType, shown: str, value: float) -> bool:
    if shown == repr(value):
        return True
    try:
        return property_.read(shown) == value
    except ValueFault:
        return False


def flow(properties: Properties, known: Mapping[str, PropertyType]) -> str:
    """Properties as the inside of a flow mapping, in the order of the vocabulary."""
    return ", ".join(f"{name}: {shown}" for name, shown in pairs(properties, known))


def pairs(properties: Properties, known: Mapping[str, PropertyType]) -> list[tuple[str, str]]:
    """Names and written values of properties, in the order of the vocabulary."""
    return [(name, property_value(known[name], properties[name])) for name in known if name in properties]


def has_unknown(value: Value) -> bool:
    """Whether a value is unknown, or holds one that is."""
    if is_unknown(value):
        return True
    if isinstance(value, Mapping):
        return any(has_unknown(item) for item in value.values())
    return isinstance(value, tuple) and any(has_unknown(item) for item in value)
