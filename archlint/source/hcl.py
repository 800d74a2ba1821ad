"""HCL text (Terraform's own syntax) to a document: blocks and attributes, each with its exact place.

The parser is tree-sitter's: linear in time, without recursion, and it finds its way after an error. It is imported
when a file of this kind is read and not before.

A body is a mapping. An attribute is its name with an :class:`Expression`; a block is its type and labels, joined by
dots, with a mapping: ``resource.aws_sqs_queue.inbox``. Of blocks of one header the second is ``header[1]``, and so on.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from yaml import MappingNode, Node, ScalarNode
from yaml.error import Mark

from archlint.model import InputError, Problem, Span
from archlint.source.comments import Comment
from archlint.source.document import Document, split_lines
from archlint.source.limits import Limits

if TYPE_CHECKING:
    from tree_sitter import Node as Syntax
    from tree_sitter import Parser, Tree

MAP = "tag:yaml.org,2002:map"
TEXT = "tag:yaml.org,2002:str"
_DEFAULT = Limits()
_MOST_PROBLEMS = 20
_OPENING = re.compile(r"(?:#+|//+|/\*+)\s*")
_SHORT = re.compile(r"(?<![\w.])\d{1,30}(?=[eE][+-]?\d{1,3}\b)", re.ASCII)
"""What stands before the exponent of a number without a fraction."""
_FRACTION = b".0"
_LONE_RETURN = re.compile(r"\r(?!\n)")


class Expression(ScalarNode):
    """The value of an attribute: its place, and the syntax tree to evaluate, made when it is asked for."""

    def __init__(self, make: Callable[[], Syntax], start: Mark, end: Mark) -> None:
        super().__init__(TEXT, "", start, end, style="|")
        self.make = make

    @cached_property
    def syntax(self) -> Syntax:
        """The syntax of the expression."""
        return self.make()


def parse_hcl(shown: str, text: str, limits: Limits = _DEFAULT) -> Document:
    """Read a text. Raises :class:`InputError` with the places of its first errors, or if it is nested too deeply."""
    tree, lengthened = _parsed(text.encode())
    places = _Places(text, lengthened)
    if tree.root_node.has_error:
        raise InputError([_problem(shown, node, places) for node in _errors(tree.root_node)])
    reader = _Reader(shown, places, limits)
    return Document(shown, text, reader.body(tree.root_node, 0), hcl_comments)


def hcl_comments(text: str, _root: Node) -> list[Comment]:
    """The comments of a text: behind ``#`` or ``//``, or the first line of what stands between ``/*`` and ``*/``."""
    places = _Places(text)
    lines = split_lines(text)
    found: list[Comment] = []
    stack = [_parser().parse(text.encode()).root_node]
    while stack:
        node = stack.pop()
        if node.type == "comment":
            start = places.start(node)
            written = _text(node).partition("\n")[0].strip()
            alone = not lines[start.line][: start.column].strip()
            found.append(Comment(start.line + 1, start.column + 1, _uncommented(written), alone))
        else:
            stack.extend(reversed(node.children))
    return found


def _uncommented(written: str) -> str:
    """The first line of a comment without its marks."""
    opened = _OPENING.match(written)
    inner = written[opened.end() :] if opened else written
    return inner[:-2].rstrip("*").rstrip() if inner.endswith("*/") else inner


def parse_template(text: str) -> Syntax | None:
    """The syntax of a template file (``templatefile``) as that of a heredoc; None if it is no valid template."""
    end = "ARCHLINT_END_OF_TEMPLATE"
    if end in text:
        return None
    tree, _ = _parsed(f"template = <<{end}\n{text}\n{end}\n".encode())
    if tree.root_node.has_error:
        return None
    node = tree.root_node
    while node.type != "heredoc_template":  # through body, attribute and expression
        node = node.named_children[-1]
    return node


def parse_expression(text: str) -> Syntax:
    """The syntax of an expression; that of a call of an unknown function where the text is none."""
    tree, _ = _parsed(f"value = {text}\n".encode())
    if tree.root_node.has_error:
        tree = _parser().parse(b"value = unreadable()\n")
    node = tree.root_node
    while node.type != "attribute":
        node = node.named_children[0]
    return node.named_children[-1]


@cache
def _parser() -> Parser:
    import tree_sitter_hcl  # noqa: PLC0415  only where there is HCL
    from tree_sitter import Language, Parser  # noqa: PLC0415

    return Parser(Language(tree_sitter_hcl.language()))


def _parsed(data: bytes) -> tuple[Tree, list[int]]:
    """The syntax of a text, and where in it a fraction was put into a number: the parser knows no ``3e1``."""
    tree = _parser().parse(data)
    ends = [found.end() for found in _SHORT.finditer(data.decode("latin-1"))] if tree.root_node.has_error else []
    if not ends:
        return tree, []
    longer, places = _lengthened(data, ends)
    numbers = [end for end, place in zip(ends, places, strict=True) if _is_number(longer, place)]
    return (longer, places) if numbers == ends else _lengthened(data, numbers)


def _lengthened(data: bytes, ends: Sequence[int]) -> tuple[Tree, list[int]]:
    parts = [data[start:end] for start, end in zip([0, *ends], [*ends, len(data)], strict=True)]
    return _parser().parse(_FRACTION.join(parts)), [end + place * len(_FRACTION) for place, end in enumerate(ends)]


def _is_number(tree: Tree, place: int) -> bool:
    node = tree.root_node.descendant_for_byte_range(place, place + 1)
    return node is not None and node.type == "numeric_lit"


class _Places:
    """Bytes of a text to lines and columns as a document counts them, those that were put into it left out."""

    def __init__(self, text: str, lengthened: Sequence[int] = ()) -> None:
        self._lengthened = lengthened
        self._plain = not lengthened and text.isascii() and not _LONE_RETURN.search(text)
        self._data = b"" if self._plain else text.encode()
        self._starts: list[int] = []
        if not self._plain:
            lengths = (len(line.encode()) for line in split_lines(text, keep_breaks=True))
            self._starts = [0, *accumulate(lengths)]

    def start(self, node: Syntax) -> Mark:
        """Where a node begins."""
        point = node.start_point
        return self._mark(node.start_byte, point.row, point.column)

    def end(self, node: Syntax) -> Mark:
        """Where a node ends."""
        point = node.end_point
        return self._mark(node.end_byte, point.row, point.column)

    def _mark(self, index: int, row: int, column: int) -> Mark:
        if not self._plain:
            index -= bisect_left(self._lengthened, index) * len(_FRACTION)
            row = bisect_right(self._starts, index) - 1
            column = len(self._data[self._starts[row] : index].decode(errors="replace"))
        return Mark("", index, row, column, None, 0)


class _Reader:
    def __init__(self, shown: str, places: _Places, limits: Limits) -> None:
        self._shown = shown
        self._places = places
        self._depth = limits.depth

    def body(self, parent: Syntax, depth: int) -> MappingNode:
        start, end = self._places.start(parent), self._places.end(parent)
        pairs: list[tuple[Node, Node]] = []
        seen: dict[str, int] = {}
        for holder in parent.named_children:
            if holder.type == "body":
                for child in holder.named_children:
                    if child.type == "attribute":
                        pairs.append(self._attribute(child))
                    elif child.type == "block":
                        pairs.append(self._block(child, seen, depth))
        return MappingNode(MAP, pairs, start, end, flow_style=False)

    def _attribute(self, node: Syntax) -> tuple[Node, Node]:
        name, value = node.named_children[0], node.named_children[-1]
        start, end = self._places.start(value), self._places.end(value)
        return self._key(_text(name), name, name), Expression(lambda: value, start, end)

    def _block(self, node: Syntax, seen: dict[str, int], depth: int) -> tuple[Node, Node]:
        header = []
        for child in node.named_children:
            if child.type not in ("identifier", "string_lit"):
                break
            header.append(child)
        if depth >= self._depth:
            start = self._places.start(header[0])
            span = Span(self._shown, start.line + 1, start.column + 1, start.line + 1, start.column + 2)
            raise InputError([Problem("this file is nested too deeply", span)])
        key = ".".join(_text(part).strip('"') for part in header)
        count = seen[key] = seen.get(key, -1) + 1
        return self._key(f"{key}[{count}]" if count else key, header[0], header[-1]), self.body(node, depth + 1)

    def _key(self, value: str, first: Syntax, last: Syntax) -> ScalarNode:
        return ScalarNode(TEXT, value, self._places.start(first), self._places.end(last), style="|")


def _text(node: Syntax) -> str:
    return (node.text or b"").decode(errors="replace")


def _errors(root: Syntax) -> Iterator[Syntax]:
    """The outermost places of what the parser could not read, in order."""
    stack, found = [root], 0
    while stack and found < _MOST_PROBLEMS:
        node = stack.pop()
        if node.is_error or node.is_missing:
            found += 1
            yield node
        elif node.has_error:
            stack.extend(reversed(node.children))


def _problem(shown: str, node: Syntax, places: _Places) -> Problem:
    start = places.start(node)
    span = Span(shown, start.line + 1, start.column + 1, start.line + 1, start.column + 2)
    if node.is_missing:
        missing = node.type if not node.is_named else node.type.replace("_", " ")
        return Problem(f"this is no valid HCL: `{missing}` is missing here", span)
    return Problem("this is no valid HCL", span, expected="blocks and `name = value`")


def literal(document: Document, block: str, attribute: str) -> Iterator[str]:
    """The plain texts of an attribute of the blocks of a type at the top of a document."""
    assert isinstance(document.root, MappingNode)
    for key, (_, body) in document.pairs(document.root).items():
        if key.split(".")[0] == block and isinstance(body, MappingNode):
            pair = document.pairs(body).get(attribute)
            if pair is not None and isinstance(pair[1], Expression):
                text = _text(pair[1].syntax)
                if text.startswith('"') and "${" not in text:
                    yield text.strip('"')
