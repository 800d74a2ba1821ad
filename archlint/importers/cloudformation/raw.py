"""Templates as plain data: short tags (``!Ref``) in their long form, merge keys merged, ``Fn::ForEach`` expanded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from archlint.model.tuples import NamedTuple
from archlint.source import TooDeepError, scalar

Raw: TypeAlias = "bool | int | float | str | list[Raw] | dict[str, Raw] | None"
_WHOLE = frozenset({"Ref", "Condition"})
ODD = "{{…}}"
"""In place of a key that is no text, as an expression of a template language is where a name should be."""
FOR_EACH = "Fn::ForEach::"


class Doubled(NamedTuple):
    """A key that stands twice in its mapping; of its values the last one is read."""

    first: ScalarNode
    again: ScalarNode


def raw_of(node: Node, depth: int = 100, doubled: list[Doubled] | None = None) -> Raw:
    """A node as plain data. Raises :class:`TooDeepError` beyond ``depth`` levels.

    Keys that stand twice are added to ``doubled``.
    """
    if depth <= 0:
        raise TooDeepError(node)
    value: Raw
    if isinstance(node, ScalarNode):
        value = scalar(node)
    elif isinstance(node, SequenceNode):
        value = [raw_of(item, depth - 1, doubled) for item in node.value]
    else:
        value = _mapping(node, depth, doubled)
    tag = node.tag
    if not tag.startswith("!") or len(tag) < 2:
        return value
    name = tag[1:]
    if name == "GetAtt" and isinstance(value, str):
        first, _, rest = value.partition(".")
        value = [first, rest]
    elif isinstance(node, ScalarNode):
        value = node.value
    return {name if name in _WHOLE else f"Fn::{name}": value}


def _mapping(node: Node, depth: int, doubled: list[Doubled] | None) -> dict[str, Raw]:
    found: dict[str, Raw] = {}
    merged: dict[str, Raw] = {}
    if isinstance(node, MappingNode):
        for key, inner in node.value:
            if isinstance(key, ScalarNode) and key.value == "<<":
                value = raw_of(inner, depth - 1, doubled)
                for part in value if isinstance(value, list) else [value]:
                    merged |= {name: item for name, item in _fields(part).items() if name not in merged}
            else:
                found[key.value if isinstance(key, ScalarNode) else ODD] = raw_of(inner, depth - 1, doubled)
        if doubled is not None and len(found) < len(node.value):
            doubled += _doubled(node)
    return merged | found if merged else found


def _doubled(node: MappingNode) -> Iterator[Doubled]:
    first: dict[str, ScalarNode] = {}
    for key, _ in node.value:
        if isinstance(key, ScalarNode) and key.value != "<<" and first.setdefault(key.value, key) is not key:
            yield Doubled(first[key.value], key)


def _fields(value: Raw) -> dict[str, Raw]:
    return value if isinstance(value, dict) else {}


class TooMuchError(ValueError):
    """Loops expand to more than the limit."""


class Loops:
    """Expands ``Fn::ForEach``; ``give`` answers the values of a collection, None where they are not known.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html
    """

    def __init__(self, give: Callable[[Raw], list[str] | None], most: int) -> None:
        self._give = give
        self._left = most
        self.undecided: list[str] = []
        """The names of loops over collections that are not known."""

    def entries(self, fields: dict[str, Raw]) -> list[tuple[str, Raw, tuple[str | int, ...]]]:
        """The entries of a mapping with its loops expanded, each with the route that leads to it in the template."""
        found: list[tuple[str, Raw, tuple[str | int, ...]]] = []
        for key, value in fields.items():
            if not key.startswith(FOR_EACH):
                found.append((key, value, (key,)))
                continue
            for name, (inner, route) in self._loop(key, value).items():
                found.append((name, inner, (key, *route)))
        return found

    def within(self, value: Raw) -> Raw:
        """The value with every loop inside it expanded."""
        if isinstance(value, list):
            return [self.within(item) for item in value]
        if not isinstance(value, dict):
            return value
        if not any(key.startswith(FOR_EACH) for key in value):
            return {key: self.within(inner) for key, inner in value.items()}
        return {key: self.within(inner) for key, inner, _ in self.entries(value)}

    def _loop(self, key: str, body: Raw) -> dict[str, tuple[Raw, tuple[str | int, ...]]]:
        if not (isinstance(body, list) and len(body) == 3 and isinstance(body[0], str) and isinstance(body[2], dict)):
            return {}
        names = self._give(body[1])
        if names is None:
            self.undecided.append(key)
            return {}
        found: dict[str, tuple[Raw, tuple[str | int, ...]]] = {}
        for name in names:
            for written, inner in body[2].items():
                replaced = self._replaced(inner, body[0], name)
                if written.startswith(FOR_EACH):
                    found |= {
                        deeper: (value, (2, written, *route))
                        for deeper, (value, route) in self._loop(written, replaced).items()
                    }
                else:
                    found[_in_text(written, body[0], name)] = (replaced, (2, written))
        return found

    def _replaced(self, value: Raw, identifier: str, by: str) -> Raw:
        self._left -= 1
        if self._left < 0:
            raise TooMuchError
        if isinstance(value, str):
            return _in_text(value, identifier, by)
        if isinstance(value, list):
            return [self._replaced(item, identifier, by) for item in value]
        if isinstance(value, dict):
            if value == {"Ref": identifier}:
                return by
            return {
                _in_text(key, identifier, by): self._replaced(inner, identifier, by) for key, inner in value.items()
            }
        return value


def _in_text(text: str, identifier: str, by: str) -> str:
    if identifier not in text:
        return text
    plain = "".join(char for char in by if char.isalnum())
    return text.replace(f"${{{identifier}}}", by).replace(f"&{{{identifier}}}", plain)
