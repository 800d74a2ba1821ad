"""Logical ids that a template refers to and does not declare, and that are near ones that it does."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from archlint.model.tuples import NamedTuple
from archlint.vocabulary import nearest

_MADE = ("Serverless", "CodeDeployServiceRole", "ApiGatewayDomainName", "HttpApiDomainName", "RecordSetGroup")
"""How ids begin that SAM makes and that have none of the template's in front.

https://github.com/aws/serverless-application-model/blob/develop/docs/internals/generated_resources.rst
"""
_MOST = 20_000
"""So many pairs of names are compared, which takes its time: CloudFormation itself takes 500 resources."""
_SUBSTITUTED = re.compile(r"\$\{\s*([A-Za-z0-9]{1,255})\s*[.}]")


_CLOSE = 0.8
"""So similar is an id to the one that is meant for its connections to be guessed."""


class Mistyped(NamedTuple):
    """An id as it is written, the declared one that is near, and the expression where it stands first."""

    written: str
    meant: str
    place: Node

    @property
    def message(self) -> str:
        """What to say of it."""
        return f"`{self.written}` is neither a resource nor a parameter of this template (did you mean `{self.meant}`?)"

    @property
    def is_close(self) -> bool:
        """Whether little doubt is left that the declared one is meant."""
        from difflib import SequenceMatcher  # noqa: PLC0415  only needed once something is wrong

        return SequenceMatcher(None, self.written.lower(), self.meant.lower()).ratio() >= _CLOSE


def mistyped(root: Node, missed: Collection[str], declared: Collection[str]) -> Iterator[Mistyped]:
    """The ids among those that were looked up in vain that are probably mistyped, by name.

    One that begins with a declared id is what a transform or a module makes of that resource (``FunctionRole``).
    """
    known = sorted(id_ for id_ in declared if id_.isalnum())
    names = [name for name in sorted(missed) if name.isalnum() and not name.startswith(_MADE)]
    names = [name for name in names if not any(name[:end] in declared for end in range(1, len(name) + 1))]
    near = {name: found for name in names[: _MOST // max(len(known), 1)] if (found := nearest(name, known))}
    places = _places(root, near) if near else {}
    for name, meant in near.items():
        if name in places:
            yield Mistyped(name, meant, places[name])


def _places(root: Node, names: Mapping[str, str]) -> dict[str, Node]:
    """The first expression that names each."""
    found: dict[str, Node] = {}
    stack: list[tuple[Node, str]] = [(root, "")]
    while stack:
        node, key = stack.pop()
        function = node.tag[1:] if node.tag.startswith("!") else key.removeprefix("Fn::")
        for name in _named(node, function):
            if name in names:
                found.setdefault(name, node)
        if isinstance(node, SequenceNode):
            stack.extend((item, "") for item in reversed(node.value))
        elif isinstance(node, MappingNode):
            pairs = reversed(node.value)
            stack.extend((value, name.value if isinstance(name, ScalarNode) else "") for name, value in pairs)
    return found


def _named(node: Node, function: str) -> Iterator[str]:
    """The logical ids in the argument of a function; of a list its first item has them."""
    first = node.value[0] if isinstance(node, SequenceNode) and node.value else node
    if not isinstance(first, ScalarNode):
        return
    if function == "Ref":
        yield first.value
    elif function == "GetAtt":
        yield first.value.partition(".")[0]
    elif function == "Sub":
        yield from _SUBSTITUTED.findall(first.value)
