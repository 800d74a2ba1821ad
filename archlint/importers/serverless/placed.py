"""Plain data with the place of every value: what a serverless.yml is while its variables are put in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from archlint.importers.infrastructure.numbers import number_in
from archlint.model import UNKNOWN, Site, Unknown
from archlint.model.places import Route
from archlint.model.tuples import NamedTuple
from archlint.source import Document, TooDeepError, scalar
from archlint.source.nodes import RawScalar, RawValue

Inner: TypeAlias = "RawScalar | list[Placed] | dict[str, Placed]"
_SHORT = "!"
_PSEUDO = re.compile(r"#\{([A-Za-z][\w.:]*)\}")
_PLAIN_TAGS = frozenset({"!Ref", "!Condition"})
_TRUE, _FALSE = frozenset({"true", "yes", "on"}), frozenset({"false", "no", "off"})


class Placed(NamedTuple):
    """A value and where it stands; a variable that could not be resolved stays as its own text (``${env:X}``)."""

    value: Inner
    site: Site

    def get(self, key: str) -> Placed | None:
        """The value of a key; None where this is no mapping, the key is not there or its value is null."""
        found = self.value.get(key) if isinstance(self.value, dict) else None
        return None if found is None or found.value is None else found

    def at(self, *keys: str) -> Placed | None:
        """The value below several keys."""
        found: Placed | None = self
        for key in keys:
            found = found.get(key) if found is not None else None
        return found

    @property
    def fields(self) -> dict[str, Placed]:
        """The pairs of a mapping; none of anything else."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> list[Placed]:
        """The items of a list, lists within it opened; of anything else but null, itself."""
        if isinstance(self.value, list):
            return [inner for item in self.value for inner in (item.items if isinstance(item.value, list) else [item])]
        return [] if self.value is None else [self]

    @property
    def text(self) -> str | None:
        """Text or a number as text; None for anything else."""
        if isinstance(self.value, bool) or not isinstance(self.value, str | int | float):
            return None
        return str(self.value)

    def key_site(self, key: str) -> Site:
        """Where a key of this mapping stands."""
        return Site(self.site.document, (*self.site.route, key), key=True)


def raw(placed: Placed) -> RawValue:
    """A value without its places."""
    if isinstance(placed.value, dict):
        return {key: raw(inner) for key, inner in placed.value.items()}
    if isinstance(placed.value, list):
        return [raw(inner) for inner in placed.value]
    return placed.value


def number(placed: Placed | None) -> int | float | Unknown | None:
    """A number, also one written as text; unknown where it is neither, None where nothing is written."""
    if placed is None:
        return None
    value = placed.value
    if isinstance(value, str):
        return number_in(value)
    return UNKNOWN if isinstance(value, bool) or not isinstance(value, int | float) else value


def truth(placed: Placed | None) -> bool | Unknown | None:
    """A truth value, also one written as text; unknown where it is neither, None where nothing is written."""
    if placed is None:
        return None
    if isinstance(placed.value, str):
        word = placed.value.strip().lower()
        return True if word in _TRUE else False if word in _FALSE else UNKNOWN
    return placed.value if isinstance(placed.value, bool) else UNKNOWN


def placed(document: Document, depth: int) -> Placed:
    """A document as placed data: merge keys merged, short tags as functions (``!Ref x`` as ``{Ref: x}``).

    Raises :class:`TooDeepError` beyond ``depth`` levels.
    """
    return _placed(document.path, document.root, (), depth)


def _placed(path: str, node: Node, route: Route, depth: int) -> Placed:
    if depth <= 0:
        raise TooDeepError(node)
    site = Site(path, route)
    inner = _inner(path, node, route, depth)
    if str(node.tag).startswith(_SHORT):
        return Placed(_function(node.tag, inner, site), site)
    return Placed(inner, site)


def _inner(path: str, node: Node, route: Route, depth: int) -> Inner:
    if isinstance(node, ScalarNode):
        return _substituted(scalar(node), Site(path, route))
    if isinstance(node, SequenceNode):
        return [_placed(path, item, (*route, place), depth - 1) for place, item in enumerate(node.value)]
    return dict(_pairs(path, node, route, depth)) if isinstance(node, MappingNode) else None


def _substituted(value: RawScalar, site: Site) -> Inner:
    """A text as the plugin serverless-pseudo-parameters leaves it: ``#{AWS::Region}`` is CloudFormation's to put in.

    https://github.com/svdgraaf/serverless-pseudo-parameters
    """
    if not isinstance(value, str) or not _PSEUDO.search(value):
        return value
    return {"Fn::Sub": Placed(_PSEUDO.sub(r"${\1}", value), site)}


def _pairs(path: str, node: MappingNode, route: Route, depth: int) -> Iterator[tuple[str, Placed]]:
    """The pairs of a mapping after those that merge keys bring in, which its own replace."""
    own: list[tuple[str, Placed]] = []
    for key, value in node.value:
        name = str(key.value) if isinstance(key, ScalarNode) else ""
        inner = _placed(path, value, (*route, name), depth - 1)
        if name == "<<" and not key.style:
            for merged in reversed(inner.items):
                yield from merged.fields.items()
        else:
            own.append((name, inner))
    yield from own


def _function(tag: str, inner: Inner, site: Site) -> Inner:
    if tag in _PLAIN_TAGS:
        return {tag[1:]: Placed(inner, site)}
    if tag == "!GetAtt" and isinstance(inner, str):
        inner = [Placed(part, site) for part in inner.split(".", 1)]
    return {f"Fn::{tag[1:]}": Placed(inner, site)}
