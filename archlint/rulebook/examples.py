"""The examples of a rule or entry, read from the end of its file when they are run or shown."""

from __future__ import annotations

import re
from pathlib import Path

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from archlint.model import Severity
from archlint.model.record import record
from archlint.source import decode, parse

_MARK = re.compile(r"#\s*finding(?::\s*(?P<severity>error|warning|info))?\s*$")
_MARK_AT_END = re.compile(r"(?m)(?<![ \t])[ \t]*#[ \t]*finding(?::[ \t]*\w+)?[ \t]*$")
_HEAD = "archlint: 1\nname: Example\n"


@record
class Example:
    """One example: a whole description. ``expected`` maps the lines that carry a finding to its severity or None.

    ``line`` is where the example begins in the rule's file, ``before`` the line of the file before the first of
    ``text``. ``text`` and ``fixed`` are complete; ``shown`` and ``shown_fixed`` are as written. An example of drift has
    a second text beside it: what is ``described`` where the example is what is built, or the other way round.
    """

    valid: bool
    shown: str
    text: str
    line: int
    expected: dict[int, Severity | None]
    because: str = ""
    fixed: str | None = None
    before: int = 0
    shown_fixed: str | None = None
    described: str | None = None
    built: str | None = None

    @property
    def unmarked(self) -> str:
        """The text without the marks of its findings."""
        return _MARK_AT_END.sub("", self.text)


def examples_of(file: Path) -> tuple[Example, ...]:
    """The examples of a rule file. Raises :class:`archlint.model.InputError` if the file is no YAML."""
    root = parse(str(file), decode(file.read_bytes(), str(file))).root
    listed = _value(root, "examples")
    if not isinstance(listed, SequenceNode):
        return ()
    return tuple(_example(item) for item in listed.value if isinstance(item, MappingNode))


def example_of(file: Path) -> str:
    """The example of a catalog entry: a whole description; empty if it has none."""
    root = parse(str(file), decode(file.read_bytes(), str(file))).root
    node = _value(root, "example")
    return node.value if isinstance(node, ScalarNode) else ""


def _value(node: Node, key: str) -> Node | None:
    if not isinstance(node, MappingNode):
        return None
    return next((value for name, value in node.value if isinstance(name, ScalarNode) and name.value == key), None)


def _example(item: MappingNode) -> Example:
    valid = _value(item, "invalid") is None
    node = _value(item, "valid" if valid else "invalid")
    shown = node.value if isinstance(node, ScalarNode) else ""
    text = completed(shown)
    because, fixed = _value(item, "because"), _value(item, "fixed")
    return Example(
        valid,
        shown,
        text,
        item.start_mark.line + 1,
        _expected(text),
        because.value if isinstance(because, ScalarNode) else "",
        completed(fixed.value) if isinstance(fixed, ScalarNode) else None,
        (node.start_mark.line if node else item.start_mark.line) + 1 - _added(shown),
        fixed.value if isinstance(fixed, ScalarNode) else None,
        _beside(item, "described"),
        _beside(item, "built"),
    )


def _beside(item: MappingNode, key: str) -> str | None:
    node = _value(item, key)
    return completed(node.value) if isinstance(node, ScalarNode) else None


def completed(text: str) -> str:
    """A description with its head, which an example may leave out."""
    return _HEAD + text if _added(text) else text


def _added(text: str) -> int:
    """How many lines of a head an example leaves out."""
    return 0 if re.search(r"(?m)^archlint:", text) else _HEAD.count("\n")


def _expected(text: str) -> dict[int, Severity | None]:
    found: dict[int, Severity | None] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if marked := _MARK.search(line):
            word = marked["severity"]
            found[number] = Severity[word.upper()] if word else None
    return found
