"""Where things stand in the text of a document, and edits that put something into its collections or take it out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from archlint.fix.joining import Edit
from archlint.fix.spelling import Written
from archlint.model.places import Route
from archlint.source import Document

_INDENT = "  "
_DIRECTIVE = re.compile(r"archlint\s*:")


class Layout:
    """Makes edits of one document, of the text as it is."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        first = document.text.find("\n")
        self.newline = "\r\n" if first > 0 and document.text[first - 1] == "\r" else "\n"

    def replaced(self, node: Node, instead: str) -> Edit:
        """Something else in place of a node."""
        return Edit(node.start_mark.index, node.end_mark.index, instead)

    def with_pair(self, node: Node, name: str, body: str) -> Edit:
        """A pair of a mapping set: in place of the one of that name, else after the last."""
        assert isinstance(node, MappingNode)
        pair = self.document.pairs(node).get(name)
        return self.replaced(pair[1], body) if pair is not None else self._added_pair(node, name, body)

    def with_entry(self, route: Route, name: str, body: str) -> Edit:
        """A pair more in a section, which is made if it is not there."""
        node = self._section(route)
        if isinstance(node, MappingNode):
            return self._added_pair(node, name, body)
        return self._new_section(route, [f"{name}: {body}"], f"{{{name}: {body}}}")

    def with_items(self, route: Route, entries: Sequence[Written]) -> Edit:
        """Connections more in a section, which is made if it is not there."""
        node = self._section(route)
        if node is None or not node.value:
            flow = f"[{', '.join(one.flow for one in entries)}]"
            return self._new_section(route, [f"- {one.block}" for one in entries], flow)
        assert isinstance(node, SequenceNode)
        if node.flow_style:
            return self._after_last(node, ", ".join(one.flow for one in entries))
        indent = self._indent_of_item(node.value[-1])
        return self._lines_after(self.end(node.value[-1]), [f"{indent}- {one.block}" for one in entries])

    def item_replaced(self, item: Node, entries: Sequence[Written], *, flow: bool) -> Edit:
        """Entries, if any, in place of an item of a list; comments that would go with it get lines of their own."""
        start, end = item.start_mark.index, self.end(item)
        if flow:
            instead = ", ".join(one.flow for one in entries)
            return Edit(start, end, instead) if entries else self.cut_from_flow(start, end)
        if not entries:
            return self.lines_cut(start, end)
        indent = self._indent_of_item(item)
        comments = self._comments(start, end, indent)
        first, *rest = entries
        after = self._line_end(end)
        more = [*comments, *(f"{indent}- {one.block}" for one in rest)]
        if not more:
            return Edit(start, end, first.block)
        tail = self.text[end:after]
        tail = tail if tail.endswith("\n") else tail + self.newline
        return Edit(start, after, first.block + tail + "".join(f"{line}{self.newline}" for line in more))

    def lines_cut(self, start: int, end: int) -> Edit:
        """The lines of something taken out, but for what their comments say."""
        begin, after = self.text.rfind("\n", 0, start) + 1, self._line_end(end)
        line = self.text[begin:after]
        indent = line[: len(line) - len(line.lstrip())]
        kept = self._comments(begin, after, indent)
        return Edit(begin, after, "".join(f"{line}{self.newline}" for line in kept))

    def cut_from_flow(self, start: int, end: int) -> Edit:
        """An item taken out of a flow collection with the comma that belongs to it."""
        rest = self.text[end:]
        if rest.lstrip().startswith(","):
            return Edit(start, len(self.text) - len(rest.lstrip()[1:].lstrip()), "")
        return Edit(len(self.text[:start].rstrip().removesuffix(",")), end, "")

    def end(self, node: Node) -> int:
        """Where a node's own text ends: a block collection's mark is beyond the blank lines that follow it."""
        while isinstance(node, MappingNode | SequenceNode) and not node.flow_style and node.value:
            last = node.value[-1]
            node = last[1] if isinstance(last, tuple) else last
        end: int = node.end_mark.index
        return len(self.text[:end].rstrip()) if isinstance(node, ScalarNode) and node.style in ("|", ">") else end

    def _section(self, route: Route) -> MappingNode | SequenceNode | None:
        parent: Node = self.document.root
        for part in route:
            if not isinstance(parent, MappingNode) or part not in (pairs := self.document.pairs(parent)):
                return None
            _, parent = pairs[str(part)]
        return parent if isinstance(parent, MappingNode | SequenceNode) else None

    def _added_pair(self, node: MappingNode, name: str, body: str) -> Edit:
        if node.flow_style:
            return self._after_last(node, f"{name}: {body}")
        column = node.value[0][0].start_mark.column
        return self._lines_after(self.end(node.value[-1][1]), [f"{' ' * column}{name}: {body}"])

    def _after_last(self, node: MappingNode | SequenceNode, written: str) -> Edit:
        """Something more in a flow collection."""
        close = node.end_mark.index - 1
        if not node.value:
            return Edit(node.start_mark.index + 1, close, written)
        last = node.value[-1][1] if isinstance(node, MappingNode) else node.value[-1]
        inside = node.start_mark.index < last.start_mark.index and last.end_mark.index <= close  # else an alias
        place = last.end_mark.index if inside else len(self.text[:close].rstrip().removesuffix(","))
        return Edit(place, place, f", {written}")

    def _new_section(self, route: Route, lines: Sequence[str], flow: str) -> Edit:
        """A section with its first entries, in a service or the file."""
        _, parent = self.document.node_at(route[:-1])
        name = str(route[-1])
        if not isinstance(parent, MappingNode):
            raise ValueError(name)  # noqa: TRY004  it is the user's text that is of another shape
        pair = self.document.pairs(parent).get(name)
        if parent.flow_style:
            edit = self._added_pair(parent, name, flow) if pair is None else self.replaced(pair[1], flow)
            return edit._replace(opens=True)
        margin = " " * parent.value[0][0].start_mark.column
        below = [f"{margin}{_INDENT}{line}" for line in lines]
        if pair is None:
            return self._lines_after(self.end(parent.value[-1][1]), [f"{margin}{name}:", *below])._replace(opens=True)
        if self.end(pair[1]) > pair[1].start_mark.index:  # such as `[]`
            return self.replaced(pair[1], flow)
        return self._lines_after(pair[0].end_mark.index, below)._replace(opens=True)

    def _indent_of_item(self, item: Node) -> str:
        dash = self.text.rfind("-", 0, item.start_mark.index)
        return self.text[self.text.rfind("\n", 0, dash) + 1 : dash]

    def _comments(self, start: int, end: int, indent: str) -> list[str]:
        """The comments in a part of the text as lines; those that suppress speak of what is no longer there."""
        first, last = (self.text.count("\n", 0, place) + 1 for place in (start, end))
        beyond = end - (self.text.rfind("\n", 0, end) + 1)
        begin = start - (self.text.rfind("\n", 0, start) + 1)
        return [
            f"{indent}# {comment.text}"
            for comment in self.document.comments
            if (first, begin) <= (comment.line, comment.column - 1) < (last, beyond)
            and not _DIRECTIVE.match(comment.text)
        ]

    def _lines_after(self, after: int, lines: Iterable[str]) -> Edit:
        """Lines after the one that holds the place ``after``."""
        place = self._line_end(after)
        if place > 0 and self.text[place - 1] != "\n":  # the last line, which does not end
            return Edit(place, place, "".join(f"{self.newline}{line}" for line in lines))
        return Edit(place, place, "".join(f"{line}{self.newline}" for line in lines))

    def _line_end(self, index: int) -> int:
        found = self.text.find("\n", index)
        return len(self.text) if found < 0 else found + 1
