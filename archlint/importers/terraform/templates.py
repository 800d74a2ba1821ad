"""Quoted texts, heredocs and template files: what stands between the interpolations, and they themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from archlint.importers.terraform.literals import unescaped
from archlint.importers.terraform.operators import truth_of
from archlint.importers.terraform.values import NOTHING_KNOWN, Data, opaque, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from archlint.importers.terraform.evaluating import Evaluator

_MOST_ROUNDS = 10_000
_ROUND = 3
"""What a round of a loop counts beside the expressions in it, in steps."""


def template(evaluator: Evaluator, node: Node) -> Data:
    """The text of a template, in parts where some are not known; a lone interpolation is its value."""
    data = node.text or b""
    offset = node.start_byte
    if node.type == "heredoc_template":
        identifiers = [child for child in node.children if child.type == "heredoc_identifier"]
        first = data.find(b"\n", identifiers[0].end_byte - offset) + 1
        last = data.rfind(b"\n", 0, identifiers[-1].start_byte - offset) + 1
        start, end = offset + first, offset + max(first, last)
    else:
        start, end = node.children[0].end_byte, node.children[-1].start_byte
    reader = _Reader(evaluator, data, offset, quoted=node.type == "quoted_template")
    inner = [child for child in node.children if start <= child.start_byte and child.end_byte <= end]
    parts = list(reader.parts(inner, start, end))
    if not parts:
        return ""
    if len(parts) > 1:
        evaluator.state.charge(*parts)
    return text_of(parts)


class _Reader:
    def __init__(self, evaluator: Evaluator, data: bytes, offset: int, *, quoted: bool) -> None:
        self._evaluator = evaluator
        self._data = data
        self._offset = offset
        self._quoted = quoted

    def parts(self, nodes: Sequence[Node], start: int, end: int) -> Iterator[Data]:
        """The parts of a template, literal ones by the gaps between the others: the parser trims blanks off them."""
        trim = False
        for node in nodes:
            if node.type not in ("template_interpolation", "template_directive"):
                continue
            opening, closing = node.children[0], node.children[-1]
            yield from self._literal(start, node.start_byte, before=trim, after=_strips(opening, first=True))
            if node.type == "template_interpolation":
                inner = next((child for child in node.children if child.type == "expression"), None)
                yield self._evaluator.value(inner) if inner is not None else ""
            else:
                yield self._directive(node.children[0])
            start, trim = node.end_byte, _strips(closing, first=False)
        yield from self._literal(start, end, before=trim, after=False)

    def _literal(self, start: int, end: int, *, before: bool, after: bool) -> Iterator[str]:
        text = self._data[start - self._offset : end - self._offset].decode(errors="replace")
        text = text.lstrip() if before else text
        text = text.rstrip() if after else text
        if not text:
            return
        if self._quoted:
            yield unescaped(text)
        else:
            yield text.replace("$${", "${").replace("%%{", "%{")

    def _directive(self, node: Node) -> Data:
        return self._if(node) if node.type == "template_if" else self._for(node)

    def _if(self, node: Node) -> Data:
        intro = node.children[0]
        other = next((child for child in node.children if child.type == "template_else_intro"), None)
        closing = node.children[-1]
        middle = other or closing
        condition = next((child for child in intro.children if child.type == "expression"), None)
        truth = truth_of(self._evaluator.value(condition)) if condition is not None else None
        yes = self._between(node, intro, middle)
        no = self._between(node, other, closing) if other is not None else ""
        if truth is None:
            return opaque(yes, no)
        return yes if truth else no

    def _between(self, node: Node, first: Node, last: Node) -> Data:
        inner = [child for child in node.children if first.end_byte <= child.start_byte < last.start_byte]
        return text_of(list(self.parts(inner, first.end_byte, last.start_byte)) or [""])

    def _for(self, node: Node) -> Data:
        from archlint.importers.terraform.evaluating import entries_of, source  # noqa: PLC0415  each needs the other

        intro, closing = node.children[0], node.children[-1]
        loop = [source(child) for child in intro.named_children if child.type == "identifier"]
        found = next((child for child in intro.named_children if child.type == "expression"), None)
        collection = self._evaluator.value(found) if found is not None else []
        entries = entries_of(collection)
        if entries is None or len(entries) > _MOST_ROUNDS:
            return opaque(collection)
        rounds: list[Data] = [""]
        outer = self._evaluator
        state = outer.state
        for key, value in entries:
            state.steps -= _ROUND
            if state.steps <= 0:
                return NOTHING_KNOWN
            self._evaluator = outer.within({loop[0]: key, loop[1]: value} if len(loop) > 1 else {loop[0]: value})
            rounds.append(self._between(node, intro, closing))
        self._evaluator = outer
        return text_of(rounds)


def _strips(node: Node, *, first: bool) -> bool:
    """Whether an interpolation or directive takes the blanks beside it away, as ``~`` says."""
    found = node
    while found.children:
        found = found.children[0 if first else -1]
    return b"~" in (found.text or b"")
