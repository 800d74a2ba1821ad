"""The words of the description format for a reader: types, properties, values and defaults, from the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from archlint.report.pages import table_markdown
from archlint.vocabulary import ComponentType, PropertyType, Vocabulary, vocabulary

_HEADER = ("property", "value", "default", "what it says")
_LEAD = """# Types and properties

Every word of the [description format](description.md), as `archlint schema --format markdown` prints it. A *duration*
is written `500ms`, `30s`, `5m`, `6h`, `14d`, or as a number of seconds; a *size* `256KB` (1 KB is 1,024 bytes), `1MB`,
or as a number of bytes. The word `unknown` may stand for any value. A default is AWS's: it holds where nothing is
written.
"""
_ACTIONS = """An action is written in the arrow, `worker =write=> table`. Without one archlint assumes the usual one for
the types at its ends.
"""


def format_markdown() -> str:
    """The page: types by category, then the properties of components, connections, services and the architecture."""
    words = vocabulary()
    every = list(words.types.values())
    common = dict.fromkeys(key for key in every[0].properties if all(key in type_.properties for type_ in every))
    parts = [
        _LEAD,
        "## Types of components\n",
        *_types(every),
        "## Properties of every component\n",
        _properties({key: every[0].properties[key] for key in common}),
        *_own_properties(every, common),
        "## Properties of connections\n",
        "They follow the arrow: `- inbox -> worker: {batch_size: 10}`.\n",
        _properties(words.connection_properties, words),
        "## Properties of services\n",
        _properties(words.service_properties),
        "## Properties of the architecture\n",
        "They stand at the top of the file.\n",
        _properties(words.architecture_properties),
        "## Actions of connections\n",
        _ACTIONS,
        ", ".join(f"`{action}`" for action in sorted(words.actions)) + "\n",
    ]
    return "\n".join(parts)


def _types(types: Iterable[ComponentType]) -> Iterator[str]:
    by_category: dict[str, list[ComponentType]] = {}
    for type_ in types:
        by_category.setdefault(type_.category, []).append(type_)
    header = ("type", "what it is", "CloudFormation", "Terraform")
    for category, members in by_category.items():
        yield f"### {category}\n"
        yield table_markdown(
            header,
            [(f"`{one.name}`", one.title, _codes(one.cloudformation), _codes(one.terraform)) for one in members],
        )


def _own_properties(types: Iterable[ComponentType], common: Mapping[str, None]) -> Iterator[str]:
    """A table for each set of properties; types that share the set share the table."""
    sharing: dict[tuple[str, ...], list[ComponentType]] = {}
    for type_ in types:
        own = tuple(key for key in type_.properties if key not in common)
        if own:
            sharing.setdefault(own, []).append(type_)
    for own, members in sharing.items():
        yield f"## Properties of {_codes(member.name for member in members)}\n"
        yield table_markdown(_HEADER, [_row(members[0].properties[key], _default_of(key, members)) for key in own])


def _properties(properties: Mapping[str, PropertyType], words: Vocabulary | None = None) -> str:
    rows = [
        _row(each, _default(each) or (_default_by_source(each, words) if words else "")) for each in properties.values()
    ]
    return table_markdown(_HEADER, rows)


def _row(property_: PropertyType, default: str) -> tuple[str, str, str, str]:
    return f"`{property_.name}`", _value(property_), default, property_.about


def _value(property_: PropertyType) -> str:
    kinds = [_kind(kind, property_) for kind in property_.kinds if not (kind == "text" and property_.choices)]
    return ", ".join([*kinds, *(f"`{word}`" for word in (*property_.choices, *property_.words))])


def _kind(kind: str, property_: PropertyType) -> str:
    if kind == "mapping" and property_.fields:
        return f"{{{_codes(property_.fields)}}}"
    return "`true`, `false`" if kind == "boolean" else kind


def _default(property_: PropertyType) -> str:
    return "" if property_.default is None else f"`{property_.show(property_.default)}`"


def _default_of(key: str, members: Iterable[ComponentType]) -> str:
    """The default, or each with the types that have it."""
    types_of: dict[str, list[str]] = {}
    for member in members:
        types_of.setdefault(_default(member.properties[key]), []).append(member.name)
    if len(types_of) == 1:
        return next(iter(types_of))
    return ", ".join(f"{default} ({', '.join(names)})" for default, names in types_of.items() if default)


def _default_by_source(property_: PropertyType, words: Vocabulary) -> str:
    sources: dict[str, list[str]] = {}
    for name in words.types:
        default = words.connection_default(property_.name, name)
        if default is not None:
            sources.setdefault(f"`{property_.show(default)}`", []).append(name)
    return ", ".join(f"{default} (from {', '.join(names)})" for default, names in sources.items())


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
