"""The grammar of variables: ``${source(parameters):address, fallback}``, nested anywhere.

Source: https://www.serverless.com/framework/docs/guides/variables
"""

from __future__ import annotations

import re
from typing import TypeAlias

from archlint.model.tuples import NamedTuple
from archlint.source.nodes import RawScalar

Text: TypeAlias = "tuple[str | Variable, ...]"
"""A text with variables in it."""


class Reference(NamedTuple):
    """One way to a value: ``self:custom.x``, ``file(./x.yml):key``; ``parameters`` is None without brackets."""

    source: str
    parameters: Text | None
    address: Text


class Literal(NamedTuple):
    """A fallback that is written out."""

    value: RawScalar


class Variable(NamedTuple):
    """A variable: its alternatives in order, and the text that it is."""

    alternatives: tuple[Reference | Literal | Variable, ...]
    written: str


_OPENING = re.compile(r"(?<!\\)\$\{\s*(?=[A-Za-z][\w.-]*\s*[:(])")
_SOURCE = re.compile(r"\s*([A-Za-z][\w.-]*)\s*(?=\(|:(?!:))")
_BARE = re.compile(r"[^,{}$'\"]*")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?\Z")
_WORDS: dict[str, RawScalar] = {"true": True, "false": False, "null": None}
_BLANK = re.compile(r"\s+")
_DEEPEST = 20


class _Fault(Exception):  # noqa: N818  it never leaves this module
    """What stands here is no variable; ``place`` is where reading goes on."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place


def has_variable(text: str) -> bool:
    """Whether a text holds what looks like a variable of the framework, and no ``${AWS::Region}`` of CloudFormation."""
    return "${" in text and any(_SOURCE.match(text, found.end()) for found in _OPENING.finditer(text))


def parse(text: str) -> Text:
    """The parts of a text; what is no variable, an unclosed one too, is text."""
    parts: list[str | Variable] = []
    start = place = 0
    while (opening := text.find("${", place)) >= 0:
        if opening and text[opening - 1] == "\\":
            place = opening + 2
            continue
        try:
            variable, end = _variable(text, opening, 0)
        except _Fault as fault:
            place = fault.place
            continue
        if opening > start:
            parts.append(text[start:opening])
        parts.append(variable)
        start = place = end
    if start < len(text):
        parts.append(text[start:])
    return tuple(parts)


def _variable(text: str, opening: int, depth: int) -> tuple[Variable, int]:
    """The variable that opens here and the place after it."""
    if depth > _DEEPEST:
        raise _Fault(len(text))
    place = opening + 2
    alternatives: list[Reference | Literal | Variable] = []
    while True:
        alternative, place = _alternative(text, place, depth, first=not alternatives)
        alternatives.append(alternative)
        place = _after_blanks(text, place)
        if text[place] == "}":
            written = _BLANK.sub(" ", text[opening : place + 1])
            return Variable(tuple(alternatives), written), place + 1
        if text[place] != ",":
            raise _Fault(opening + 2)
        place += 1


def _alternative(text: str, place: int, depth: int, *, first: bool) -> tuple[Reference | Literal | Variable, int]:
    if source := _SOURCE.match(text, place):
        return _reference(text, source[1], source.end(), depth)
    if first:
        raise _Fault(place)
    place = _after_blanks(text, place)
    if text[place] in "'\"":
        end = text.find(text[place], place + 1)
        if end < 0:
            raise _Fault(len(text))
        return Literal(text[place + 1 : end]), end + 1
    if text.startswith("${", place):
        return _variable(text, place, depth + 1)
    bare = _BARE.match(text, place)
    assert bare is not None
    return Literal(_value(bare[0].strip())), bare.end()


def _reference(text: str, source: str, place: int, depth: int) -> tuple[Reference, int]:
    parameters: Text | None = None
    if text[place] == "(":
        parameters, place = _until(text, place + 1, ")", depth)
        place += 1
    address: Text = ()
    if text[place : place + 1] == ":":
        address, place = _until(text, place + 1, ",}", depth)
    return Reference(source, parameters, address), place


def _until(text: str, place: int, ends: str, depth: int) -> tuple[Text, int]:
    """The text with nested variables up to one of the ``ends``, which must come."""
    parts: list[str | Variable] = []
    start = place
    while place < len(text):
        if text.startswith("${", place):
            nested, end = _variable(text, place, depth + 1)
            parts += [text[start:place], nested]
            start = place = end
        elif text[place] in ends:
            parts.append(text[start:place])
            return _trimmed(parts), place
        else:
            place += 1
    raise _Fault(len(text))


def _trimmed(parts: list[str | Variable]) -> Text:
    """Without blanks at the ends and without empty parts."""
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    return tuple(part for part in parts if part)


def _value(word: str) -> RawScalar:
    if word in _WORDS:
        return _WORDS[word]
    if _NUMBER.match(word):
        return float(word) if "." in word else int(word)
    return word


def _after_blanks(text: str, place: int) -> int:
    """The place of the next character that is no blank; a variable cannot end without one."""
    while place < len(text) and text[place].isspace():
        place += 1
    if place >= len(text):
        raise _Fault(len(text))
    return place
