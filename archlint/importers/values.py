"""Reading the properties of an element, each by its type."""

from __future__ import annotations

from collections.abc import Mapping

from yaml import MappingNode, Node, ScalarNode

from archlint.importers.problems import Problems
from archlint.model import Properties, Value
from archlint.model.elements import no_properties
from archlint.source import Document, Fields, TooDeepError, fields_of, plain, scalar
from archlint.vocabulary import PropertyType, ValueFault

_Key = tuple[int, str, str | None]


class ValueReader:
    """Reads values and remembers them: the same few values stand in a file thousands of times."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._read: dict[_Key, Value] = {}

    def fields(self, document: Document, node: Node, what: str) -> Fields:
        """A mapping's fields; a doubled key, a key that is no text and anything but a mapping is a problem."""
        if not isinstance(node, MappingNode):
            empty = isinstance(node, ScalarNode) and scalar(node) is None
            if not empty:
                self._problems.at(document, node, f"{what} is no mapping", expected="`key: value` pairs")
            return {}
        found, doubled, odd = fields_of(node)
        for first, again in doubled:
            message = f"the key `{again.value}` stands twice"
            self._problems.at(document, again, message, related=[(document.span_of(first), "it is here already")])
        for key in odd:
            self._problems.at(document, key, f"a key of {what} is no text", expected="a name")
        return found

    def properties(
        self,
        document: Document,
        fields: Fields,
        known: Mapping[str, PropertyType],
        what: str,
        leave: frozenset[str] = frozenset(),
    ) -> Properties:
        """The values of the fields, but for those to ``leave``; an unknown name is a problem with the nearest one."""
        if not fields:
            return no_properties()
        values: dict[str, Value] = {}
        for name, (key, node) in fields.items():
            if name in leave:
                continue
            property_ = known.get(name)
            if property_ is None:
                self._problems.unknown(document, key, f"property of {what}", name, (*known, *sorted(leave)))
            else:
                values[name] = self._value(document, node, property_)
        return values

    def _value(self, document: Document, node: Node, property_: PropertyType) -> Value:
        if isinstance(node, ScalarNode):
            key = (id(property_), node.value, node.style)
            if key in self._read:
                return self._read[key]
            value = self._checked(document, node, property_)
            if value is not None:
                self._read[key] = value
            return value
        return self._checked(document, node, property_)

    def _checked(self, document: Document, node: Node, property_: PropertyType) -> Value:
        try:
            return property_.read(plain(node))
        except ValueFault as fault:
            place = _inner(document, node, fault.path)
            message = f"`{'.'.join((property_.name, *fault.path))}` cannot be {_shown(place)}"
            self._problems.at(document, place, message, expected=fault.expected, suggestion=fault.suggestion)
        except TooDeepError as error:
            self._problems.at(document, error.node, "this is nested too deeply")
        return None

    def text(self, document: Document, node: Node, what: str) -> str:
        """Text; a problem for anything that is neither text nor a number."""
        if isinstance(node, ScalarNode) and isinstance(scalar(node), str | int | float) and node.value.strip():
            return str(node.value)
        self._problems.at(document, node, f"{what} is no text", expected="text")
        return ""


def _inner(document: Document, node: Node, path: tuple[str, ...]) -> Node:
    for part in path:
        if not isinstance(node, MappingNode) or part not in (pairs := document.pairs(node)):
            break
        node = pairs[part][1]
    return node


def _shown(node: Node) -> str:
    if isinstance(node, ScalarNode):
        return f"`{node.value[:80]}`" if node.value else "empty"
    return "a mapping" if isinstance(node, MappingNode) else "a list"
