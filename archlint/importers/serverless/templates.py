"""The CloudFormation in a serverless.yml, where the logical ids that the framework makes are known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from archlint.importers.cloudformation.raw import Raw
from archlint.importers.cloudformation.scope import Scope
from archlint.importers.infrastructure import Local
from archlint.importers.infrastructure.symbols import Reference, Symbol
from archlint.importers.serverless import naming
from archlint.importers.serverless.grammar import Variable, has_variable, parse
from archlint.importers.serverless.placed import Placed
from archlint.model import UNKNOWN

_ODD = re.compile(r"[^0-9A-Za-z_-]+")
_SUB = "Fn::Sub"
_SECTIONS = ("Resources", "Conditions", "Mappings", "Parameters")


class Template:
    """What ``resources`` says, in one part or several; ``symbol`` answers what a value anywhere in the file means."""

    def __init__(self, parts: list[Placed]) -> None:
        self._sections = {name: _section(parts, name) for name in (*_SECTIONS, "extensions", "Outputs")}
        template = {name: {key: as_raw(value) for key, value in self._sections[name].items()} for name in _SECTIONS}
        self.scope = Scope({**template}, {}, lambda _message: None, lambda _written, _resolve: UNKNOWN)
        mentioned = re.compile(naming.MADE)
        for text in _texts([*self._sections["Resources"].values(), *self._sections["Outputs"].values()]):
            for name in mentioned.findall(text):
                self.know(name, name)

    def section(self, name: str) -> Mapping[str, Placed]:
        """The entries of a section."""
        return self._sections[name]

    def know(self, name: str, component: str) -> None:
        """Let a logical id mean a component of the stack."""
        self.scope.generated[name] = Reference(Local(component))

    def symbol(self, placed: Placed) -> Symbol:
        """A value as a symbol; a variable that could not be resolved is a hole of its name."""
        return self.scope.resolve(as_raw(placed))


def _section(parts: list[Placed], name: str) -> dict[str, Placed]:
    """A section's entries from all parts; a part of it may be a list. An entry in two parts has the fields of both."""
    found: dict[str, Placed] = {}
    for part in parts:
        section = part.get(name)
        for piece in section.items if section is not None else ():
            for key, value in piece.fields.items():
                found[key] = overlaid(found[key], value) if key in found else value
    return found


def overlaid(below: Placed, above: Placed) -> Placed:
    """One mapping laid over another, level by level; of everything else the upper one holds, at its place."""
    if not (isinstance(below.value, dict) and isinstance(above.value, dict)):
        return above
    pairs = dict(below.value)
    for key, value in above.value.items():
        pairs[key] = overlaid(pairs[key], value) if key in pairs else value
    return Placed(pairs, below.site)


def as_raw(placed: Placed) -> Raw:
    """A value as a template's plain data; an unresolved variable as a reference to what is not known."""
    value = placed.value
    if isinstance(value, list):
        return [as_raw(item) for item in value]
    if isinstance(value, dict):
        return {key: _substituted(inner) if key == _SUB else as_raw(inner) for key, inner in value.items()}
    if not isinstance(value, str):
        return value
    if not has_variable(value):
        return str(value)
    parts = parse(value)
    if len(parts) == 1 and not isinstance(parts[0], str):
        return {"Ref": _hole(parts[0])}
    return {_SUB: "".join(part if isinstance(part, str) else f"${{{_hole(part)}}}" for part in parts)}


def _hole(variable: Variable) -> str:
    """The name of what is not known: no logical id is written like this, and nothing in it divides an ARN."""
    return _ODD.sub("-", variable.written[2:-1])


def _substituted(argument: Placed) -> Raw:
    """The argument of ``Fn::Sub``, whose text holds names of its own."""
    if isinstance(argument.value, str):
        return str(argument.value)
    if not isinstance(argument.value, list):
        return as_raw(argument)
    return [as_raw(item) if place else item.text for place, item in enumerate(argument.value)]


def _texts(roots: list[Placed]) -> Iterator[str]:
    """Every text in some values."""
    stack = list(roots)
    while stack:
        value = stack.pop().value
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            stack += value.values()
        elif isinstance(value, list):
            stack += value
