"""The vocabulary itself, read once from ``vocabulary.yaml``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from archlint.model import Style, Value
from archlint.model.record import fresh, record
from archlint.model.tuples import NamedTuple
from archlint.vocabulary.nearest import nearest
from archlint.vocabulary.properties import PropertyType

_FILE = Path(__file__).with_name("vocabulary.yaml")
_COPY = _FILE.with_suffix(".json")
_ANY = "any"
_LONGEST = 80
"""Of a longer name only the beginning is compared."""

Spec: TypeAlias = Mapping[str, Any]


class ComponentType(NamedTuple):
    """A type of component. ``defaults`` are AWS's, of the properties that have one; ``icon`` is ``module.Class``."""

    name: str
    title: str
    category: str
    properties: Mapping[str, PropertyType]
    defaults: Mapping[str, Value]
    icon: str = ""
    cloudformation: tuple[str, ...] = ()
    terraform: tuple[str, ...] = ()


class AssumedAction(NamedTuple):
    """A row of the table of assumed actions: it fits where all it names does."""

    action: str
    style: Style | None
    sources: frozenset[str]
    targets: frozenset[str]


@record
class Vocabulary:
    """Types, groups, actions and properties."""

    types: Mapping[str, ComponentType]
    groups: Mapping[str, frozenset[str]]
    actions: frozenset[str]
    connection_properties: Mapping[str, PropertyType]
    service_properties: Mapping[str, PropertyType]
    architecture_properties: Mapping[str, PropertyType]
    assumed: tuple[AssumedAction, ...]
    only_said: frozenset[str]
    """Properties that no language of infrastructure has a setting for."""

    also_called: Mapping[str, Sequence[str]]
    """Everyday words for types."""

    _connection_defaults: Mapping[str, Mapping[str, Value]] = fresh(factory=dict)
    _assumed_cache: dict[tuple[str, str, Style], str] = fresh(factory=dict)

    def members(self, name: str) -> frozenset[str]:
        """The types that a type, a group or ``any`` stands for; KeyError for anything else."""
        return self.groups[name]

    def type_meant(self, name: str) -> str:
        """The type that somebody means who calls it so, or the one of the nearest name; ``""`` if none is near."""
        names = _names(self.also_called, self.types)
        return names.get(_folded(name)) or names.get(nearest(_folded(name), names), "")

    def assumed_action(self, source_type: str, target_type: str, style: Style) -> str:
        """The action of a connection for which none is written."""
        key = (source_type, target_type, style)
        found = self._assumed_cache.get(key)
        if found is None:
            found = self._assumed_cache[key] = next(
                row.action
                for row in self.assumed
                if row.style in (None, style) and source_type in row.sources and target_type in row.targets
            )
        return found

    def connection_default(self, name: str, source_type: str) -> Value:
        """AWS's default of a connection's property, which may depend on the source; None if there is none."""
        by_source = self._connection_defaults.get(name)
        if by_source is not None:
            return by_source.get(source_type)
        property_ = self.connection_properties.get(name)
        return property_.default if property_ else None


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of format version 1."""
    return _build(vocabulary_data())


def vocabulary_data() -> Spec:
    """The data itself: from the JSON that the wheel carries, which is read in a fraction of the time, else the YAML."""
    if _COPY.is_file():
        copy: Spec = json.loads(_COPY.read_text(encoding="utf-8"))
        return copy
    with _FILE.open("rb") as stream:
        data: Spec = yaml.load(stream, Loader=yaml.CSafeLoader)
    return data


def _build(data: Spec) -> Vocabulary:
    sets = {name: _properties(spec) for name, spec in data["properties"].items()}
    types = {name: _type(name, spec, sets) for name, spec in data["types"].items()}
    groups = _groups(data["groups"], types)
    connection = _properties(data["connection_properties"])
    return Vocabulary(
        types=types,
        groups=groups,
        actions=frozenset(data["actions"]),
        connection_properties=connection,
        service_properties=_properties(data["service_properties"]),
        architecture_properties=_properties(data["architecture_properties"]),
        assumed=tuple(_assumed(row, groups) for row in data["assumed_actions"]),
        only_said=frozenset(data["only_said"]),
        also_called=data["also_called"],
        _connection_defaults=_connection_defaults(data["connection_properties"], connection, groups),
    )


def _properties(specs: Spec) -> dict[str, PropertyType]:
    return {name: _property(name, spec) for name, spec in specs.items()}


def _property(name: str, spec: Spec) -> PropertyType:
    kinds = (spec["kind"], *spec.get("also", ()))
    bare = PropertyType(
        name,
        kinds,
        spec.get("about", ""),
        None,
        tuple(spec.get("choices", ())),
        tuple(spec.get("words", ())),
        spec.get("least", 0),
        {key: _property(key, _field(kind)) for key, kind in spec.get("fields", {}).items()},
    )
    return bare if "default" not in spec else _with_default(bare, spec["default"])


def _field(kind: str | Sequence[str]) -> Spec:
    return {"kind": kind} if isinstance(kind, str) else {"kind": kind[0], "also": kind[1:]}


def _with_default(bare: PropertyType, raw: Any) -> PropertyType:  # noqa: ANN401  data of our own file
    return PropertyType(
        bare.name, bare.kinds, bare.about, bare.read(raw), bare.choices, bare.words, bare.least, bare.fields
    )


def _type(name: str, spec: Spec, sets: Mapping[str, Mapping[str, PropertyType]]) -> ComponentType:
    properties = dict(sets["common"])
    for has in spec.get("has", ()):
        properties |= sets[has]
    for key, raw in spec.get("defaults", {}).items():
        properties[key] = _with_default(properties[key], raw)
    return ComponentType(
        name,
        spec["title"],
        spec["category"],
        properties,
        {key: property_.default for key, property_ in properties.items() if property_.default is not None},
        spec.get("icon", ""),
        tuple(spec.get("cfn", ())),
        tuple(spec.get("terraform", ())),
    )


def _names(also_called: Mapping[str, Sequence[str]], types: Mapping[str, ComponentType]) -> dict[str, str]:
    """Types by their own names, everyday words and the names of resources; of several for one name the first."""
    found = {name: name for name in types}
    for name, words in also_called.items():
        for word in words:
            found.setdefault(word, name)
    for known in types.values():
        for resource in (*known.cloudformation, *known.terraform):
            found.setdefault(_folded(resource), known.name)
    return found


def _folded(name: str) -> str:
    return name[:_LONGEST].lower().replace("-", "_").replace(" ", "_")


def _groups(specs: Mapping[str, Sequence[str]], types: Mapping[str, ComponentType]) -> dict[str, frozenset[str]]:
    """Types, groups (which may name earlier groups) and ``any``, each with its types."""
    groups = {name: frozenset({name}) for name in types} | {_ANY: frozenset(types)}
    for name, members in specs.items():
        groups[name] = frozenset().union(*(groups[member] for member in members))
    return groups


def _assumed(row: Spec, groups: Mapping[str, frozenset[str]]) -> AssumedAction:
    return AssumedAction(
        row["action"],
        Style(row["style"]) if "style" in row else None,
        _union(row.get("from", _ANY), groups),
        _union(row.get("to", _ANY), groups),
    )


def _union(names: str | Sequence[str], groups: Mapping[str, frozenset[str]]) -> frozenset[str]:
    listed = (names,) if isinstance(names, str) else names
    return frozenset().union(*(groups[name] for name in listed))


def _connection_defaults(
    specs: Spec, properties: Mapping[str, PropertyType], groups: Mapping[str, frozenset[str]]
) -> dict[str, dict[str, Value]]:
    defaults: dict[str, dict[str, Value]] = {}
    for name, spec in specs.items():
        if "default_from" in spec:
            defaults[name] = {
                type_: properties[name].read(raw)
                for group, raw in spec["default_from"].items()
                for type_ in groups[group]
            }
    return defaults
