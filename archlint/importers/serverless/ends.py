"""What stands in serverless.yml as symbols: functions of CloudFormation looked up, unresolved variables left open."""

from __future__ import annotations

import re

from archlint.importers.infrastructure import End, Exported, Local, Stored
from archlint.importers.infrastructure.arns import target
from archlint.importers.infrastructure.symbols import Hole, Reference, Symbol, filled, options, text_of, word
from archlint.importers.serverless.grammar import Variable, has_variable, parse
from archlint.importers.serverless.placed import Placed
from archlint.model import UNKNOWN

_STORED = re.compile(r"\{\{resolve:ssm(?:-secure)?:(?P<name>[^{}:]+)(?::[0-9]+)?\}\}\Z")
_PSEUDO = "AWS::"


def symbol_of(placed: Placed) -> Symbol:
    """A value as a symbol."""
    value = placed.value
    if isinstance(value, list):
        return [symbol_of(item) for item in value]
    if isinstance(value, dict):
        if len(value) == 1 and (key := next(iter(value))) in _FUNCTIONS:
            return _function(key, value[key])
        return {key: symbol_of(inner) for key, inner in value.items()}
    return _text(value) if isinstance(value, str) else value


def _text(text: str) -> Symbol:
    """A text with a hole for each variable that could not be resolved; a parameter of Systems Manager as a whole."""
    if found := _STORED.match(text):
        return Reference(Stored(found["name"]))
    if "${" not in text:
        return str(text)
    parts = [Hole(part.written[2:-1]) if isinstance(part, Variable) else part for part in parse(text)]
    return text_of(list(parts))


_FUNCTIONS = frozenset({"Ref", "Fn::GetAtt", "Fn::ImportValue", "Fn::Sub", "Fn::Join"})


def _function(key: str, argument: Placed) -> Symbol:
    if key == "Ref":
        return _reference(argument.text or "?")
    if key == "Fn::GetAtt":
        return _reference(".".join(item.text or "" for item in argument.items) or "?")
    if key == "Fn::ImportValue":
        return Reference(Exported(word(symbol_of(argument)) or "?"))
    inner = argument.value if isinstance(argument.value, list) else [argument]
    if key == "Fn::Join":
        separator = inner[0].text if inner else None
        pieces = inner[1].items if len(inner) > 1 else []
        joined = [part for piece in pieces for part in (separator or "", symbol_of(piece))]
        return text_of(joined[1:])
    given = {name: symbol_of(value) for name, value in inner[1].fields.items()} if len(inner) > 1 else {}
    text = inner[0].text if inner else None
    return UNKNOWN if text is None else filled(text, lambda name: given.get(name, _reference(name)))


def _reference(name: str) -> Symbol:
    if name.startswith(_PSEUDO):
        return None if name == "AWS::NoValue" else Hole(name)
    id_, _, attribute = name.partition(".")
    return Hole(name) if has_variable(f"${{{name}}}") else Reference(Local(id_), attribute)


def end_of(placed: Placed, type_: str) -> End | None:
    """What a value means; None if that cannot be said."""
    for option, _ in options(symbol_of(placed)):
        found = target(option, type_)
        if found is not None:
            return found.end
    return None
