"""Connections as a description writes them: ``client => api => receiver -> inbox``."""

from __future__ import annotations

import re

from archlint.model import Style
from archlint.model.tuples import NamedTuple
from archlint.vocabulary import is_component_id

ARROW = re.compile(
    r"(?<!\S)(?:=>|->|!>|=(?P<sync>[A-Za-z_]+)=>|-(?P<async>[A-Za-z_]+)->|!(?P<error>[A-Za-z_]+)!>)(?!\S)"
)
_TIGHT = re.compile(r"=>|->|!>")
_STYLES = {"=": Style.SYNC, "-": Style.ASYNC, "!": Style.ERROR}


class Name(NamedTuple):
    """A name in a chain and where it begins in it."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


class Link(NamedTuple):
    """One arrow of a chain with the names on both sides; ``action`` is empty where none is written."""

    sources: tuple[Name, ...]
    targets: tuple[Name, ...]
    style: Style
    action: str
    action_start: int

    @property
    def part(self) -> tuple[int, int]:
        """The characters of the chain that are this connection."""
        return self.sources[0].start, self.targets[-1].end


class ChainError(ValueError):
    """What is wrong with a chain, at which characters of it."""

    def __init__(self, message: str, part: tuple[int, int], expected: str = "") -> None:
        super().__init__(message)
        self.part = part
        self.expected = expected


def parse_chain(text: str) -> list[Link]:
    """The links of a chain, one for each arrow; :class:`ChainError` says what is wrong and where."""
    arrows = list(ARROW.finditer(text))
    if not arrows:
        raise ChainError(*_no_arrow(text))
    starts = [0, *(arrow.end() for arrow in arrows)]
    ends = [*(arrow.start() for arrow in arrows), len(text)]
    sides = [_names(text, start, end) for start, end in zip(starts, ends, strict=True)]
    return [
        Link(sides[place], sides[place + 1], _STYLES[text[arrow.start()]], _action(arrow), arrow.start() + 1)
        for place, arrow in enumerate(arrows)
    ]


def _action(arrow: re.Match[str]) -> str:
    return arrow.group(arrow.lastgroup) if arrow.lastgroup else ""


def _no_arrow(text: str) -> tuple[str, tuple[int, int], str]:
    tight = _TIGHT.search(text)
    if tight is None:
        return "this is no connection: it has no arrow", (0, len(text)), "`a => b`, `a -> b` or `a !> b`"
    return (
        "this arrow is not of the format",
        (0, len(text)),
        "`=>`, `->`, `!>` or one with an action such as `=write=>`, a space on each side",
    )


def _names(text: str, start: int, end: int) -> tuple[Name, ...]:
    names = []
    position = start
    for piece in text[start:end].split(","):
        stripped = piece.strip()
        begin = position + len(piece) - len(piece.lstrip())
        position += len(piece) + 1
        if not stripped:
            raise ChainError("a name is missing here", (start, end), "a component's name")
        if not is_component_id(stripped):
            raise ChainError(f"`{stripped[:80]}` is no name", (begin, begin + len(stripped)), _hint(stripped))
        names.append(Name(stripped, begin))
    return tuple(names)


def _hint(text: str) -> str:
    if _TIGHT.search(text):
        return "an arrow such as `=>`, `->`, `!>` or `=write=>`, with a space on each side"
    return "`component` or `service.component`, of letters, digits, `_` and `-`"
