"""Properties: which values they take, and how these are read and shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

from archlint.model import UNKNOWN, Value, is_unknown
from archlint.model.tuples import NamedTuple
from archlint.vocabulary.nearest import nearest
from archlint.vocabulary.quantities import parse_duration, parse_size, show_duration, show_size

RawValue: TypeAlias = "str | int | float | bool | Sequence[RawValue] | Mapping[str, RawValue] | None"
"""A value as YAML gives it."""

_EXPECTED = {
    "duration": "a duration such as `500ms`, `30s`, `5m`, `6h`, `14d`, or seconds",
    "size": "a size such as `256KB` or `1MB`, or bytes",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "`true` or `false`",
    "text": "text",
    "list": "a list",
    "mapping": "`key: value` pairs",
}


class ValueFault(ValueError):  # noqa: N818  it is a fault of the input, reported as a problem and never raised to a user
    """A value that a property cannot have."""

    def __init__(self, expected: str, suggestion: str = "", path: tuple[str, ...] = ()) -> None:
        super().__init__(f"expected {expected}")
        self.expected = expected
        self.suggestion = suggestion
        self.path = path
        """The keys within a mapping that lead to the value at fault."""


class PropertyType(NamedTuple):
    """A property: its kinds of value in order of preference, its unit, its default (None is unset).

    ``choices`` are the words that text may be; ``words`` are words allowed beside another kind. ``least`` bounds
    numbers from below. ``fields`` are those of a mapping.
    """

    name: str
    kinds: tuple[str, ...]
    about: str = ""
    default: Value = None
    choices: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    least: float = 0
    fields: Mapping[str, PropertyType] = MappingProxyType({})

    @property
    def kind(self) -> str:
        """The kind that gives the property its unit."""
        return self.kinds[0]

    @property
    def expected(self) -> str:
        """What a value may be, in words."""
        parts = [_EXPECTED[kind] for kind in self.kinds if not (kind == "text" and self.choices)]
        parts += [f"`{word}`" for word in (*self.choices, *self.words)]
        if len(parts) > 1:
            return f"{', '.join(parts[:-1])} or {parts[-1]}"
        return parts[0]

    def read(self, raw: RawValue) -> Value:
        """The canonical value: seconds, bytes, tuples; the word ``unknown`` is unknown. Raises :class:`ValueFault`."""
        if raw == "unknown":
            return UNKNOWN
        if isinstance(raw, str):
            return self._read_text(raw)
        if isinstance(raw, bool):
            if "boolean" in self.kinds:
                return raw
        elif isinstance(raw, int | float):
            return self._read_number(raw)
        elif isinstance(raw, Mapping):
            if "mapping" in self.kinds:
                return self._read_mapping(raw)
        elif isinstance(raw, Sequence) and "list" in self.kinds:
            return tuple(_plain(item) for item in raw)
        raise ValueFault(self.expected)

    def _read_text(self, raw: str) -> Value:
        if raw in self.words:
            return raw
        for kind, parse in (("duration", parse_duration), ("size", parse_size)):
            if kind in self.kinds:
                try:
                    return self._bounded(parse(raw))
                except ValueError:
                    continue
        if self.choices:
            folded = raw.lower()
            if folded in self.choices:
                return folded
            raise ValueFault(self.expected, nearest(folded, self.choices))
        if "text" in self.kinds:
            return raw
        raise ValueFault(self.expected, nearest(raw, self.words))

    def _read_number(self, raw: float) -> Value:
        whole = isinstance(raw, int) or raw.is_integer()
        if {"duration", "size", "number"} & set(self.kinds) or ("integer" in self.kinds and whole):
            return self._bounded(int(raw) if whole else raw)
        if "text" in self.kinds and not self.choices:
            return str(raw)
        raise ValueFault(self.expected)

    def _bounded(self, number: float) -> int | float:
        if number < self.least:
            expected = f"at least {self.least:g}"
            raise ValueFault(expected)
        return number

    def _read_mapping(self, raw: Mapping[str, RawValue]) -> Value:
        if not self.fields:
            return {key: _plain(value) for key, value in raw.items()}
        values: dict[str, Value] = {}
        for key, value in raw.items():
            if key not in self.fields:
                raise ValueFault(_fields(self.fields), nearest(key, self.fields), (key,))
            try:
                values[key] = self.fields[key].read(value)
            except ValueFault as fault:
                raise ValueFault(fault.expected, fault.suggestion, (key, *fault.path)) from None
        return values

    def show(self, value: Value) -> str:
        """The value as a description writes it."""
        if is_unknown(value):
            return "unknown"
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | float):
            if self.kind == "duration" and value >= 0:
                return show_duration(value)
            return show_size(value) if self.kind == "size" else f"{value:g}" if isinstance(value, float) else str(value)
        if isinstance(value, Mapping):
            return "{" + ", ".join(f"{key}: {self._show_field(key, item)}" for key, item in value.items()) + "}"
        if isinstance(value, tuple):
            return "[" + ", ".join(str(item) for item in value) + "]"
        return str(value)

    def _show_field(self, key: str, value: Value) -> str:
        return self.fields[key].show(value) if key in self.fields else str(value)


def _fields(fields: Mapping[str, PropertyType]) -> str:
    return "one of " + ", ".join(f"`{name}`" for name in fields)


def _plain(raw: RawValue) -> Value:
    if isinstance(raw, Mapping):
        return {key: _plain(value) for key, value in raw.items()}
    if isinstance(raw, Sequence) and not isinstance(raw, str):
        return tuple(_plain(item) for item in raw)
    return UNKNOWN if raw == "unknown" else raw
