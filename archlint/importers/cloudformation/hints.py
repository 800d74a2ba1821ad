"""What a template cannot say and its author can: ``Metadata: archlint: …`` on a resource.

``properties`` sets properties of the component; ``connections`` adds or states connections as a description writes
them, ``self`` being the resource (``self -> Other``, ``self => stripe: {timeout: 2s}``). All else is a property, too.
"""

from __future__ import annotations

from collections.abc import Mapping

from archlint.importers.arrows import ChainError, parse_chain
from archlint.importers.cloudformation.item import Item
from archlint.importers.infrastructure.ends import End, Local, Named
from archlint.importers.infrastructure.symbols import Symbol, field, mapping
from archlint.model import Value
from archlint.vocabulary import nearest, vocabulary
from archlint.vocabulary.properties import PropertyType, RawValue, ValueFault

_OWN = frozenset({"properties", "connections", "third_parties", "service"})


def apply_hints(item: Item) -> None:
    """Apply the hints of a resource; what is no hint is noted."""
    hints = mapping(field(item.body.get("Metadata"), "archlint"))
    if not hints:
        return
    own = {key: value for key, value in hints.items() if key not in _OWN}
    own |= mapping(hints.get("properties"))
    if isinstance(hints.get("service"), str):
        item.stack.services[item.id] = str(hints["service"])
    for name, value in own.items():
        _property(item, name, value)
    parties = hints.get("third_parties")
    entries = hints.get("connections")
    for entry in parties if isinstance(parties, list) else []:
        if isinstance(entry, str):
            _chain(item, f"self => {entry}", {}, type_="third_party")
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, str):
            _chain(item, entry, {})
        elif isinstance(entry, dict):
            for text, properties in entry.items():
                _chain(item, text, mapping(properties))


def _property(item: Item, name: str, value: Symbol) -> None:
    resource = item.stack.resources.get(item.id)
    if resource is None:
        return
    properties = vocabulary().types[resource.type].properties
    if name not in properties:
        near = nearest(name, properties)
        item.note(f"`{resource.type}` has no property `{name[:60]}`" + (f", `{near}` is near" if near else ""))
        return
    found = _read(item, properties[name], value)
    item.stack.set(item.end, name, found)


def _read(item: Item, property_: PropertyType, value: Symbol) -> Value:
    try:
        return property_.read(_plain(value))
    except ValueFault as fault:
        item.note(f"`{property_.name}` expects {fault.expected}")
        return None


def _plain(value: Symbol) -> RawValue:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value if value is None or isinstance(value, str | int | float | bool) else "unknown"


def _chain(item: Item, text: str, fields: Mapping[str, Symbol], type_: str = "other") -> None:
    try:
        links = parse_chain(text)
    except ChainError as error:
        item.note(f"this hint is no connection: {error}")
        return
    words = vocabulary()
    properties: dict[str, Value] = {}
    for name, value in fields.items():
        if name in words.connection_properties:
            properties[name] = _read(item, words.connection_properties[name], value)
        else:
            item.note(f"a connection has no property `{name[:60]}`")
    for link in links:
        if link.action and link.action not in words.actions:
            item.note(f"unknown action `{link.action[:60]}`")
            continue
        for source in link.sources:
            for target in link.targets:
                ends = [_end(item, name.text, type_) for name in (source, target)]
                item.connect(ends[0], ends[1], link.style, item.site(), action=link.action, properties=properties)


def _end(item: Item, name: str, type_: str) -> End:
    """What a name in a hint means: the resource itself, another one, else somebody outside."""
    if name == "self":
        return item.end
    if name in item.stack.resources or name in item.stack.aliases:
        return Local(name)
    return Named("third_party" if type_ == "other" else type_, name)
