"""What the expressions of a template come to: parameters by their defaults, conditions, intrinsic functions.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from archlint.importers.cloudformation.dynamic import with_stored
from archlint.importers.cloudformation.raw import Raw
from archlint.importers.infrastructure.ends import Exported, Local, Output, Stored
from archlint.importers.infrastructure.numbers import number_in
from archlint.importers.infrastructure.symbols import (
    Assumed,
    AssumedFloat,
    AssumedInt,
    Either,
    Hole,
    Reference,
    Symbol,
    Text,
    either,
    is_assumed,
    parts_of,
    shown,
    text_of,
    word,
)
from archlint.model import UNKNOWN
from archlint.model.record import record
from archlint.model.tuples import NamedTuple

_PSEUDO: Mapping[str, Symbol] = {
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::NoValue": None,
    "AWS::NotificationARNs": UNKNOWN,
}
_OPEN = (
    "Fn::GetAZs",
    "Fn::Cidr",
    "Fn::Length",
    "Fn::And",
    "Fn::Or",
    "Fn::Not",
    "Fn::Equals",
    "Fn::RefAll",
    "Fn::ValueOf",
    "Fn::ValueOfAll",
    "Fn::Contains",
    "Fn::EachMemberEquals",
    "Fn::EachMemberIn",
)
"""Functions whose values are not worked out where they stand: an address, a number, a rule's assertion."""
_TRANSFORM = "Fn::Transform"
_STORED_TYPE = "AWS::SSM::Parameter::"
_DEPTH = 100
_LONGEST = 1_000_000
"""Characters of a text that is put together: no template is longer, nor any text that AWS takes."""
_CHARACTERS = 10
"""How many of them are as much work as a value."""
_FILE = 1_000
"""How many values are as much work as a file that is put in."""


@record(frozen=False, eq=False)
class Work:
    """How many more values may be worked out: few words of a template can stand for many."""

    left: int = 10_000_000


class Truth(NamedTuple):
    """What a condition comes to: None where it cannot be decided; ``assumed`` where that rests on a default."""

    value: bool | None
    assumed: bool = False


class Scope:
    """The names of one template. ``given`` are the values that the stack around it hands to its parameters."""

    def __init__(
        self,
        template: Mapping[str, Raw],
        given: Mapping[str, Symbol],
        note: Callable[[str], None],
        include: Callable[[Raw, Callable[[Raw], Symbol]], Symbol],
        work: Work | None = None,
    ) -> None:
        self.resources = set(_mapping(template.get("Resources")))
        """The logical ids, to which those that loops make are added."""
        self._mappings = _mapping(template.get("Mappings"))
        self._conditions = _mapping(template.get("Conditions"))
        self._parameters = {
            name: _value(name, _mapping(body), given) for name, body in _mapping(template.get("Parameters")).items()
        }
        self._truths: dict[str, Truth] = {}
        self._note = note
        self._include = include
        self._work = work or Work()
        self.nested: frozenset[str] = frozenset()
        self.generated: dict[str, Symbol] = {}
        """What the transform of SAM makes: ``Function.Alias``, implicit APIs and roles, by what ``Ref`` names."""
        self.missed: set[str] = set()
        """Names that were looked up and are none yet."""
        self._functions: dict[str, Callable[[Raw, int], Symbol]] = {
            "Ref": self._ref,
            "Fn::GetAtt": self._attribute,
            "Fn::Sub": self._sub,
            "Fn::Join": self._join,
            "Fn::Select": self._select,
            "Fn::Split": self._split,
            "Fn::FindInMap": self._find,
            "Fn::If": self._if,
            "Fn::ImportValue": self._import,
            "Fn::Base64": self.resolve,
            "Fn::ToJsonString": self.resolve,
            _TRANSFORM: self._transform,
            **dict.fromkeys(_OPEN, _unknown),
        }

    @property
    def declared(self) -> frozenset[str]:
        """The logical ids and the names of parameters."""
        return frozenset(self.resources | self._parameters.keys())

    def resolve(self, raw: Raw, depth: int = _DEPTH) -> Symbol:
        """The symbol of a value. What is left out by ``AWS::NoValue`` is left out."""
        if self._is_too_much(1):
            return UNKNOWN
        if isinstance(raw, str):
            return with_stored(raw)
        if isinstance(raw, dict):
            if len(raw) == 1:
                name, argument = next(iter(raw.items()))
                function = self._functions.get(name)
                if function is not None:
                    return function(argument, depth - 1) if depth > 0 else UNKNOWN
                if name.startswith("Fn::") and not name.startswith("Fn::ForEach::"):
                    self._note(f"the function `{name[:60]}` is not known, its value is left open")
                    return UNKNOWN
            if _TRANSFORM in raw:
                return self._merged(raw, depth - 1) if depth > 0 else {}
            found = {key: self.resolve(value, depth - 1) for key, value in raw.items()} if depth > 0 else {}
            return {key: value for key, value in found.items() if value is not None}
        if isinstance(raw, list):
            resolved = [self.resolve(item, depth - 1) for item in raw] if depth > 0 else []
            return [item for item in resolved if item is not None]
        return raw

    def _is_too_much(self, work: int) -> bool:
        """Whether that much cannot be worked out any more."""
        self._work.left -= work
        if self._work.left < 0:
            self._note("the values of this template come to too much, the rest of them is left open")
        return self._work.left < 0

    def condition(self, name: Raw) -> Truth:
        """What a named condition comes to."""
        if not isinstance(name, str):
            return Truth(None)
        if name not in self._truths:
            self._truths[name] = Truth(None)  # one that names itself is undecided
            self._truths[name] = self._truth(self._conditions.get(name), _DEPTH)
        return self._truths[name]

    def _truth(self, raw: Raw, depth: int) -> Truth:
        if isinstance(raw, bool) or depth <= 0:
            return Truth(raw if isinstance(raw, bool) else None)
        if not isinstance(raw, dict) or len(raw) != 1:
            return Truth(None)
        name, argument = next(iter(raw.items()))
        inner = [self._truth(item, depth - 1) for item in argument] if isinstance(argument, list) else []
        assumed = any(item.assumed for item in inner)
        match name:
            case "Condition":
                return self.condition(argument)
            case "Fn::Equals" if isinstance(argument, list) and len(argument) == 2:
                return _equal(self.resolve(argument[0], depth - 1), self.resolve(argument[1], depth - 1))
            case "Fn::Not" if len(inner) == 1:
                value = inner[0].value
                return Truth(None if value is None else not value, assumed)
            case "Fn::And":
                values = [item.value for item in inner]
                return Truth(False if False in values else None if None in values else True, assumed)
            case "Fn::Or":
                values = [item.value for item in inner]
                return Truth(True if True in values else None if None in values else False, assumed)
            case _:
                return Truth(None)

    def _ref(self, raw: Raw, depth: int) -> Symbol:
        raw = self._name(raw, depth)
        if not isinstance(raw, str):
            return UNKNOWN
        if raw in _PSEUDO:
            return _PSEUDO[raw]
        if raw in self._parameters:
            return self._parameters[raw]
        if raw in self.resources:
            return Reference(Local(raw))
        found = self.generated.get(raw)
        if found is None:
            self.missed.add(raw)
        return Hole(raw) if found is None else found

    def _name(self, raw: Raw, depth: int) -> Raw:
        """A logical id; with AWS's language extensions it may be worked out (``Ref: {Fn::Sub: ${Name}Table}``)."""
        return word(self.resolve(raw, depth)) if isinstance(raw, dict) else raw

    def _attribute(self, raw: Raw, depth: int) -> Symbol:
        if isinstance(raw, str):
            raw = list(raw.partition(".")[::2])
        if not isinstance(raw, list) or len(raw) < 2:
            return UNKNOWN
        name = self._name(raw[0], depth)
        if not isinstance(name, str):
            return UNKNOWN
        attribute = shown(text_of([self.resolve(part, depth) for part in raw[1:]]))
        if name in self.nested and attribute.startswith("Outputs."):
            return Reference(Output(attribute.removeprefix("Outputs."), name))
        if name in self.resources:
            return Reference(Local(name), attribute)
        known = self.generated.get(name, self.generated.get(f"{name}.{attribute}"))
        if known is None:
            self.missed |= {name, f"{name}.{attribute}"}
        if known is None:
            return Hole(f"{name}.{attribute}")
        return known._replace(attribute=attribute) if isinstance(known, Reference) else UNKNOWN

    def _sub(self, raw: Raw, depth: int) -> Symbol:
        values: dict[str, Raw] = {}
        if isinstance(raw, list) and raw:
            values = _mapping(raw[1]) if len(raw) > 1 else {}
            raw = raw[0]
        if not isinstance(raw, str):
            return UNKNOWN
        parts: list[Symbol] = []
        resolved: dict[str, Symbol] = {}
        for index, piece in enumerate(re.split(r"\$\{([^{}]*)\}", raw)):
            if index % 2 == 0:
                if piece:
                    parts.append(piece)
            elif piece.startswith("!"):
                parts.append("${" + piece[1:] + "}")
            elif piece in values:
                if piece not in resolved:
                    resolved[piece] = self.resolve(values[piece], depth)
                parts.append(resolved[piece])
            else:
                parts.append(self.name(piece.strip()))
        return with_stored(parts[0] if len(parts) == 1 else self._text([_flat(part) for part in parts]))

    def _text(self, parts: list[Symbol]) -> Symbol:
        """The parts as one text; not known, with a note, where it would be longer than any text is."""
        length = sum(_length(part) for part in parts)
        if length > _LONGEST:
            self._note(f"a text of more than {_LONGEST:,} characters is put together here, it is left open")
            return UNKNOWN
        return UNKNOWN if self._is_too_much(length // _CHARACTERS) else text_of(parts)

    def name(self, written: str) -> Symbol:
        """What ``${Name}`` or ``${Name.Attribute}`` stands for in a text."""
        if "." in written and written not in self._parameters and written not in self.generated:
            return self._attribute(written, _DEPTH)
        return self._ref(written, 0)

    def _join(self, raw: Raw, depth: int) -> Symbol:
        if not isinstance(raw, list) or len(raw) != 2 or not isinstance(raw[0], str):
            return UNKNOWN
        pieces = self.resolve(raw[1], depth)
        if not isinstance(pieces, list):
            return pieces if isinstance(pieces, Reference | Hole) else UNKNOWN
        parts: list[Symbol] = []
        for index, piece in enumerate(pieces):
            if index and raw[0]:
                parts.append(raw[0])
            parts.append(_flat(piece))
        return parts[0] if len(parts) == 1 else with_stored(self._text(parts))

    def _select(self, raw: Raw, depth: int) -> Symbol:
        if not isinstance(raw, list) or len(raw) != 2:
            return UNKNOWN
        index = self.resolve(raw[0], depth)
        place = int(index) if isinstance(index, int | str) and str(index).isdecimal() else -1
        inner = raw[1]
        match inner:
            case {"Fn::Split": [delimiter, text]}:
                whole = self.resolve(text, depth)
                if isinstance(whole, Reference):  # a part of an ARN: its region, its account, else what it names
                    return Hole("AWS::Region") if delimiter == ":" and place in (3, 4) else whole
        found = self.resolve(inner, depth)
        return found[place] if isinstance(found, list) and 0 <= place < len(found) else UNKNOWN

    def _split(self, raw: Raw, depth: int) -> Symbol:
        if not isinstance(raw, list) or len(raw) != 2 or not isinstance(raw[0], str) or not raw[0]:
            return UNKNOWN
        pieces: list[list[Symbol]] = [[]]
        whole = self.resolve(raw[1], depth)
        for part in parts_of(whole):
            if isinstance(part, str):
                first, *rest = part.split(raw[0])
                pieces[-1].append(first)
                pieces += [[piece] for piece in rest]
            else:
                pieces[-1].append(part)
        if self._is_too_much(len(pieces)):
            return UNKNOWN
        found = [piece[0] if len(piece) == 1 else text_of(piece) for piece in pieces]
        return [assumed(piece) if isinstance(piece, str) and is_assumed(whole) else piece for piece in found]

    def _find(self, raw: Raw, depth: int) -> Symbol:
        if not isinstance(raw, list) or len(raw) < 3:
            return UNKNOWN
        level: list[Raw] = [self._mappings]
        by_default = False
        for key in raw[:3]:
            wanted = self.resolve(key, depth)
            by_default = by_default or is_assumed(wanted)
            inner = [_mapping(item) for item in level]
            if isinstance(wanted, str | int):
                level = [item[str(wanted)] for item in inner if str(wanted) in item]
            else:
                level = [value for item in inner for value in item.values()]
        if not level:
            default = _mapping(raw[3]).get("DefaultValue") if len(raw) > 3 else None
            return self.resolve(default, depth) if default is not None else UNKNOWN
        found = either([self.resolve(item, depth) for item in level[:50]])
        return assumed(found) if by_default else found

    def _if(self, raw: Raw, depth: int) -> Symbol:
        if not isinstance(raw, list) or len(raw) != 3:
            return UNKNOWN
        truth = self.condition(raw[0])
        if truth.value is None:
            return either([self.resolve(raw[1], depth), self.resolve(raw[2], depth)])
        chosen = self.resolve(raw[1] if truth.value else raw[2], depth)
        return assumed(chosen) if truth.assumed else chosen

    def _import(self, raw: Raw, depth: int) -> Symbol:
        name = self.resolve(raw, depth)
        written = shown(name)
        return Reference(Exported(written), sure=not is_assumed(name)) if written else UNKNOWN

    def _merged(self, raw: dict[str, Raw], depth: int) -> Symbol:
        """A mapping with what a transform beside its other keys puts there."""
        rest = {key: value for key, value in raw.items() if key != _TRANSFORM}
        included = self._transform(raw[_TRANSFORM], depth)
        own = self.resolve(rest, depth)
        return included | own if isinstance(included, dict) and isinstance(own, dict) else own

    def _transform(self, raw: Raw, depth: int) -> Symbol:
        if self._is_too_much(_FILE):
            return UNKNOWN
        return self._include(raw, lambda included: self.resolve(included, depth))


def assumed(symbol: Symbol) -> Symbol:
    """The same value, resting on a parameter's default."""
    if isinstance(symbol, str):
        return Assumed(symbol)
    if isinstance(symbol, Reference):
        return symbol._replace(sure=False)
    if isinstance(symbol, dict):
        return {key: assumed(value) for key, value in symbol.items()}
    if isinstance(symbol, list):
        return [assumed(item) for item in symbol]
    if isinstance(symbol, Text):
        parts = (part._replace(sure=False) if isinstance(part, Reference) else part for part in symbol.parts)
        return Text(tuple(parts), assumed=True)
    return symbol


def _unknown(_raw: Raw, _depth: int) -> Symbol:
    return UNKNOWN


def _mapping(raw: Raw) -> dict[str, Raw]:
    return raw if isinstance(raw, dict) else {}


def _flat(symbol: Symbol) -> Symbol:
    """A part of a text: one of several values is no part that can be written down."""
    return Hole("?") if isinstance(symbol, Either | list | dict) or symbol is UNKNOWN else symbol


def _length(symbol: Symbol) -> int:
    """About how many characters a part of a text takes."""
    if isinstance(symbol, Text):
        return sum(_length(part) for part in symbol.parts)
    return len(symbol) if isinstance(symbol, str) else _CHARACTERS


def _value(name: str, body: Mapping[str, Raw], given: Mapping[str, Symbol]) -> Symbol:
    """A parameter's value; of one that is not to be shown, only what it refers to."""
    value = given[name] if name in given else _default(name, body)
    hidden = str(body.get("NoEcho", False)).lower() == "true"
    return Hole(name) if hidden and not isinstance(value, Reference | Hole) else value


def _default(name: str, body: Mapping[str, Raw]) -> Symbol:
    """A parameter's value where nobody gives one: its default, or a hole of its name."""
    type_, default = str(body.get("Type", "String")), body.get("Default")
    if type_.startswith(_STORED_TYPE):
        return Reference(Stored(default), sure=False) if isinstance(default, str) and default else Hole(name)
    if default is None or isinstance(default, dict | list):
        return Hole(name)
    if type_.startswith("List<") or type_ == "CommaDelimitedList":
        return [Assumed(item.strip()) for item in str(default).split(",")] if str(default).strip() else Hole(name)
    if type_ == "Number":
        return _number(default)
    text = "true" if default is True else "false" if default is False else str(default)
    return Assumed(text)


def _number(default: bool | float | str) -> Symbol:
    number = number_in(default) if isinstance(default, str) else default
    if isinstance(number, int):
        return AssumedInt(number)
    return AssumedFloat(number) if isinstance(number, float) else Assumed(default)


def _equal(first: Symbol, second: Symbol) -> Truth:
    values = (first, second)
    if not all(isinstance(value, str | int | float) for value in values):
        return Truth(None)
    texts = [("true" if value else "false") if isinstance(value, bool) else str(value) for value in values]
    return Truth(texts[0] == texts[1], any(is_assumed(value) for value in values))
