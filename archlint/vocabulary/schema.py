"""The JSON Schema of the description format, generated from the vocabulary: completion and hints in an editor.

Draft 7, which yaml-language-server supports whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from archlint.model import Value
from archlint.vocabulary.names import ID, NAME, WORD
from archlint.vocabulary.properties import PropertyType
from archlint.vocabulary.vocabulary import Vocabulary, vocabulary

Schema: TypeAlias = dict[str, object]

_SERVICE = f"^{WORD}$"
_COMPONENT = f"^{NAME}$"
_NAMES = rf"{ID}(\s*,\s*{ID})*"
_ARROW = r"(=([a-z_]+=)?>|-([a-z_]+-)?>|!([a-z_]+!)?>)"
_CHAIN = rf"^\s*{_NAMES}(\s+{_ARROW}\s+{_NAMES})+\s*$"
_SINGLE = rf"^\s*{_NAMES}\s+{_ARROW}\s+{_NAMES}\s*$"
_DURATION = r"^[0-9]+(\.[0-9]+)?\s?(ms|s|m|h|d)?$"
_SIZE = r"^[0-9]+(\.[0-9]+)?\s?(B|KB|MB|GB|TB)?$"
_UNKNOWN: Schema = {"const": "unknown", "description": "It has a value, and the value is not known"}


def json_schema() -> Schema:
    """The schema of format version 1."""
    words = vocabulary()
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "archlint description, version 1",
        "type": "object",
        "required": ["archlint", "name"],
        "additionalProperties": False,
        "properties": {
            "archlint": {"const": 1, "description": "Format version"},
            "name": {"type": "string", "description": "The title"},
            "description": {"type": "string"},
            "services": {
                "type": "object",
                "propertyNames": {"pattern": _SERVICE},
                "additionalProperties": _ref("service"),
            },
            "service": _one_service(words),
            "overrides": _overrides(),
            "components": _ref("components"),
            "connections": _ref("connections"),
            "ignore": {"type": "array", "items": _ref("suppression")},
            "include": {"type": "array", "items": {"type": "string"}, "description": "Descriptions to merge"},
            **_properties(words.architecture_properties),
        },
        "definitions": _definitions(words),
    }


def _overrides() -> Schema:
    names: Schema = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    return {
        "type": ["object", "null"],
        "description": "What this file says of components and connections that are read from infrastructure code",
        "additionalProperties": False,
        "properties": {
            "services": {"type": "object", "propertyNames": {"pattern": _SERVICE}, "additionalProperties": names},
            "components": {"type": "object", "additionalProperties": {"type": "object"}},
            "connections": _ref("connections"),
            "remove": {"type": "array", "items": {"type": "string"}},
        },
    }


def _one_service(words: Vocabulary) -> Schema:
    return {
        "type": ["object", "null"],
        "description": "What a file without `services` says of the one service that it is",
        "additionalProperties": False,
        "properties": {
            "name": {"type": "string", "pattern": _SERVICE},
            "patterns": {"type": "array", "items": {"type": "string"}, "description": "Patterns it follows"},
            **_properties(words.service_properties),
        },
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _definitions(words: Vocabulary) -> Schema:
    return {
        "service": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "components": _ref("components"),
                "connections": _ref("connections"),
                "patterns": {"type": "array", "items": {"type": "string"}, "description": "Patterns it follows"},
                **_properties(words.service_properties),
            },
        },
        "type": {"enum": list(words.types)},
        "components": {
            "type": ["object", "null"],
            "propertyNames": {"pattern": _COMPONENT},
            "additionalProperties": {"anyOf": [_ref("type"), _ref("component")]},
        },
        "component": _component(words),
        "connections": {"type": ["array", "null"], "items": _ref("connection")},
        "connection": _connection(words),
        "connectionProperties": {
            "type": ["object", "null"],
            "additionalProperties": False,
            "properties": _properties(words.connection_properties),
        },
        "suppression": {
            "type": "object",
            "required": ["rule", "reason"],
            "additionalProperties": False,
            "properties": {
                "rule": {"type": "string"},
                "component": {"type": "string"},
                "reason": {"type": "string", "minLength": 1},
            },
        },
    }


def _component(words: Vocabulary) -> Schema:
    """The long form: which properties there are depends on the type, and types with the same ones share a branch."""
    branches: dict[tuple[str, ...], list[str]] = {}
    for name, type_ in words.types.items():
        shape = tuple(f"{key}={property_.default}" for key, property_ in type_.properties.items())
        branches.setdefault(shape, []).append(name)
    return {
        "type": "object",
        "required": ["type"],
        "properties": {"type": _ref("type")},
        "allOf": [
            {
                "if": {"properties": {"type": {"enum": names}}, "required": ["type"]},
                "then": {
                    "properties": {"type": {"enum": names}, **_properties(words.types[names[0]].properties)},
                    "additionalProperties": False,
                },
            }
            for names in branches.values()
        ],
    }


def _connection(words: Vocabulary) -> Schema:
    ends: Schema = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    return {
        "anyOf": [
            {"type": "string", "pattern": _CHAIN, "description": "client => api -> queue"},
            {
                "type": "object",
                "required": ["from", "to", "style"],
                "additionalProperties": False,
                "properties": {
                    "from": ends,
                    "to": ends,
                    "style": {"enum": ["sync", "async", "error"]},
                    "action": {"enum": sorted(words.actions)},
                    **_properties(words.connection_properties),
                },
            },
            {
                "type": "object",
                "minProperties": 1,
                "maxProperties": 1,
                "additionalProperties": False,
                "patternProperties": {_SINGLE: _ref("connectionProperties")},
            },
        ]
    }


def _properties(properties: Mapping[str, PropertyType]) -> dict[str, object]:
    return {name: _property(property_) for name, property_ in properties.items()}


def _property(property_: PropertyType) -> Schema:
    options = [option for kind in property_.kinds for option in _kind(kind, property_)]
    if property_.choices and "text" not in property_.kinds:
        options.append(_choices(property_))
    if property_.words:
        options.append({"enum": list(property_.words)})
    schema: Schema = {"anyOf": [*options, _UNKNOWN]}
    if property_.about:
        schema["description"] = property_.about
    if property_.default is not None:
        schema["default"] = _json(property_.default, property_)
    return schema


def _json(value: Value, property_: PropertyType) -> object:
    return value if isinstance(value, bool | int | float) and property_.kind != "duration" else property_.show(value)


def _kind(kind: str, property_: PropertyType) -> list[Schema]:
    number: Schema = {"type": "number", "minimum": property_.least}
    match kind:
        case "duration":
            return [number, {"type": "string", "pattern": _DURATION}]
        case "size":
            return [number, {"type": "string", "pattern": _SIZE}]
        case "integer":
            return [{"type": "integer", "minimum": property_.least}]
        case "number":
            return [number]
        case "boolean":
            return [{"type": "boolean"}]
        case "text" if property_.choices:
            return [_choices(property_)]
        case "text":
            return [{"type": "string"}, {"type": "number"}]
        case "list":
            return [{"type": "array"}]
        case _:
            fields = _properties(property_.fields)
            return [{"type": "object", **({"properties": fields, "additionalProperties": False} if fields else {})}]


def _choices(property_: PropertyType) -> Schema:
    """The words, in small letters and in capitals: case does not count."""
    return {"enum": [*property_.choices, *(word.upper() for word in property_.choices)]}
