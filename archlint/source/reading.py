"""Bytes to a document, or to one clear problem: in bounded time and memory, without running anything."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import yaml
from yaml import Node

from archlint.model import InputError, Problem, Span
from archlint.source.document import Document
from archlint.source.limits import Limits
from archlint.source.nodes import children, is_core

_DEFAULT = Limits()
_NO_TAGS: frozenset[str] = frozenset()
_PLAIN = {
    yaml.ScalarNode: "tag:yaml.org,2002:plain",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}


class _Loader(yaml.CSafeLoader):
    """The C composer without PyYAML's guesses at types, which are YAML 1.1's and a third of the time."""

    def resolve(self, kind: type[Node], value: str | None, implicit: object) -> str:  # noqa: ARG002  PyYAML's signature
        return _PLAIN[kind]


_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_MAY_BE_TAG = re.compile(r"(?:\A|[-:?\[{,\n\r\x85\u2028\u2029]|&[\w-]+)[ \t]*!(?P<short>[A-Za-z0-9]+(?=[\s,\]}]|\Z))?")
"""An exclamation mark where a node may begin, also behind an anchor, and not within a plain text such as an arrow."""


_CHUNK = 1024 * 1024

SHORT_TAG = "!*"
"""Among the tags that are allowed: every tag that is one word behind one exclamation mark (``!Ref``), known or not."""


def read_document(file: Path, shown: str, limits: Limits = _DEFAULT, tags: frozenset[str] = _NO_TAGS) -> Document:
    """Read a file. Raises :class:`InputError` if it cannot be read or is no single YAML or JSON document.

    Nodes may carry no tag but those of ``tags`` (``!Ref``).
    """
    return parse(shown, read_text(file, shown, limits), limits, tags)


def read_text(file: Path, shown: str, limits: Limits = _DEFAULT) -> str:
    """The text of a file. Raises :class:`InputError` if it cannot be read, is too large or not UTF-8."""
    try:
        with file.open("rb") as stream:
            data = read_at_most(stream, limits.bytes + 1)
    except FileNotFoundError as error:
        raise InputError([Problem("there is no such file", path=shown)]) from error
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise InputError([Problem(f"cannot read this file: {reason}", path=shown)]) from error
    return decode(data, shown, limits)


def read_at_most(stream: BinaryIO, most: int) -> bytes:
    """What a stream gives, at most so many bytes; no memory is set aside for what is not there."""
    chunks: list[bytes] = []
    while most > 0 and (chunk := stream.read(min(most, _CHUNK))):
        chunks.append(chunk)
        most -= len(chunk)
    return b"".join(chunks)


def decode(data: bytes, shown: str, limits: Limits = _DEFAULT) -> str:
    """The text of a file without its byte-order mark; :class:`InputError` if it is too large or not UTF-8."""
    if len(data) > limits.bytes:
        raise InputError([Problem(f"this file is larger than {limits.bytes:,} bytes", path=shown)])
    try:
        return data.removeprefix(_BYTE_ORDER_MARK).decode()
    except UnicodeDecodeError as error:
        before = data.removeprefix(_BYTE_ORDER_MARK)[: error.start].decode("utf-8", errors="replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        span = Span(shown, line, column, line, column + 1)
        raise InputError([Problem("this is not UTF-8 text", span, expected="UTF-8")]) from error


def parse(shown: str, text: str, limits: Limits = _DEFAULT, tags: frozenset[str] = _NO_TAGS) -> Document:
    """Compose a text. Raises :class:`InputError` with the place of what is wrong."""
    with collector_off():
        try:
            root = yaml.compose(text, Loader=_Loader)
        except yaml.YAMLError as error:
            raise InputError([_problem(error, shown, text)]) from error
    if root is None:
        raise InputError([Problem("this file is empty", Span(shown, 1, 1, 1, 1), expected="a description")])
    document = Document(shown, text, root)
    refuse_tags(document, tags)
    if "*" in text and "&" in text:
        _measure_expanded(document, limits)
    return document


@contextmanager
def collector_off() -> Iterator[None]:
    """Without the cyclic collector, which would walk all that was made so far again and again: five times the time.

    What is read lives to the end, and little of it refers to itself.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _problem(error: yaml.YAMLError, shown: str, text: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    if mark is not None and any(sign in _line(text, mark.line + 1) for sign in ("{{", "{%")):
        place = Span(shown, mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)
        return Problem("this is no YAML but a template of it", place, expected="the file that is made from it")
    if isinstance(error, yaml.reader.ReaderError):
        return Problem("a control character is not allowed here", _at_index(shown, text, error.position))
    problem = str(getattr(error, "problem", None) or "this is no YAML")
    span = Span(shown, mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2) if mark else None
    if "another document" in problem:
        return Problem("there is more than one document in this file", span, expected="one document a file")
    if "tab" in problem or ("token" in problem and span and "\t" in _line(text, span.line)[: span.column]):
        return Problem("a tab is used for indentation", span, expected="spaces")
    if "nesting depth" in problem:
        return Problem("this file is nested too deeply", span)
    if "expected ':'" in problem and (start := getattr(error, "context_mark", None)):
        place = Span(shown, start.line + 1, start.column + 1, start.line + 1, start.column + 2)
        return Problem("a `:` is missing here", place, expected="`key: value`")
    if "undefined alias" in problem:
        return Problem("this alias has no anchor", span)
    return Problem(f"this is no valid YAML: {problem}", span)


def _line(text: str, number: int) -> str:
    lines = text.split("\n", number)
    return lines[number - 1] if number <= len(lines) else ""


def _at_index(shown: str, text: str, index: int) -> Span:
    line = text.count("\n", 0, index) + 1
    column = index - (text.rfind("\n", 0, index) + 1) + 1
    return Span(shown, line, column, line, column + 1)


def _may_hold_tags(text: str, but: frozenset[str]) -> bool:
    """Whether there may be other tags than those; ``%TAG`` makes another of what looks like a short one."""
    found = _MAY_BE_TAG.finditer(text)
    if SHORT_TAG in but and "%TAG" not in text:
        return any(match["short"] is None for match in found)
    return any(found)


def _is_short(tag: str) -> bool:
    return tag.startswith("!") and tag[1:].isalnum()


def refuse_tags(document: Document, but: frozenset[str] = _NO_TAGS) -> None:
    """Refuse tags, which would make something of a value, ``but`` these. Raises :class:`InputError`.

    :data:`SHORT_TAG` stands for all short ones. Tags are looked for only where the text could hold them: most files
    have none.
    """
    if not _may_hold_tags(document.text, but):
        return
    problems = []
    seen: set[int] = set()
    stack = [document.root]
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if not is_core(node) and node.tag not in but and not (SHORT_TAG in but and _is_short(node.tag)):
            problems.append(
                Problem(f"the tag `{node.tag}` is not allowed", document.span_of(node), expected="plain YAML")
            )
        stack.extend(children(node))
    if problems:
        raise InputError(sorted(problems, key=lambda problem: problem.span or Span("", 0, 0, 0, 0)))


def _measure_expanded(document: Document, limits: Limits) -> None:
    """Size and depth of every node after expansion, each node measured once; an alias into itself is refused."""
    size: dict[int, int] = {}
    depth: dict[int, int] = {}
    open_: set[int] = set()
    stack: list[tuple[Node, bool]] = [(document.root, False)]
    while stack:
        node, done = stack.pop()
        key = id(node)
        if done:
            open_.discard(key)
            inner = list(children(node))
            size[key] = 1 + sum(size[id(child)] for child in inner)
            depth[key] = 1 + max((depth[id(child)] for child in inner), default=0)
            if size[key] > limits.nodes:
                raise InputError(
                    [Problem(f"aliases expand to more than {limits.nodes:,} nodes", document.span_of(node))]
                )
            if depth[key] > limits.depth + 1:
                message = f"this is nested more than {limits.depth} levels deep"
                raise InputError([Problem(message, document.span_of(node))])
            continue
        if key in size:
            continue
        if key in open_:
            raise InputError([Problem("an alias expands into itself", document.span_of(node))])
        open_.add(key)
        stack.append((node, True))
        stack.extend((child, False) for child in children(node))
