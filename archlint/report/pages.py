"""Pages of headings, paragraphs, lists and code, for a terminal and as Markdown."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from archlint.model.tuples import NamedTuple
from archlint.report.paint import Paint, safe

_WIDTH = 100
_STYLES = {"invalid": "red", "fixed": "green", "valid": "green"}


class Paragraphs(NamedTuple):
    """Text in Markdown, paragraphs between blank lines."""

    text: str


class Bullets(NamedTuple):
    """A list; each item may begin with words that name it."""

    items: Sequence[tuple[str, str]]


class Code(NamedTuple):
    """Code to be shown as it stands; ``kind`` is the first word of its caption, if that has a colour."""

    text: str
    kind: str = ""
    caption: str = ""


Block: TypeAlias = Paragraphs | Bullets | Code


class Section(NamedTuple):
    """A heading and what is under it."""

    title: str
    blocks: Sequence[Block]


class Page(NamedTuple):
    """A page: its name, a line about it, its sections."""

    name: str
    line: str
    lead: str
    sections: Sequence[Section]


def page_text(page: Page, paint: Paint) -> str:
    """The page for a terminal of a hundred columns."""
    lines = [f"{paint(safe(page.name), 'bold')}  {safe(page.line)}", safe(page.lead), ""]
    for section in page.sections:
        lines.append(paint(section.title, "bold"))
        for block in section.blocks:
            lines += _text(block, paint)
        if lines[-1]:
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _text(block: Block, paint: Paint) -> Iterator[str]:
    match block:
        case Paragraphs(text):
            for number, paragraph in enumerate(_paragraphs(text)):
                yield from [""] if number else []
                yield from _wrapped(paragraph, "  ", "  ")
        case Bullets(items):
            for head, text in items:
                yield from _wrapped(f"{head}: {text}" if head and text else head or text, "  - ", "    ")
        case Code(text, kind, caption):
            if kind or caption:
                word = paint(kind.capitalize(), _STYLES.get(kind, "bold")) if kind else ""
                yield f"  {word}{': ' if word and caption else ''}{safe(caption)}"
            yield from (f"      {safe(line)}".rstrip() for line in text.rstrip().splitlines())
            yield ""


def _wrapped(text: str, first: str, following: str) -> list[str]:
    return textwrap.wrap(
        safe(text),
        _WIDTH,
        initial_indent=first,
        subsequent_indent=following,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]


def page_markdown(page: Page) -> str:
    """The page as Markdown."""
    lines = [f"# {page.name}", "", page.lead, "", page.line, ""]
    for section in page.sections:
        lines += [f"## {section.title}", ""]
        for block in section.blocks:
            lines += [*_markdown(block), ""]
    return "\n".join(lines).rstrip() + "\n"


def _markdown(block: Block) -> Iterator[str]:
    match block:
        case Paragraphs(text):
            yield text.strip()
        case Bullets(items):
            for head, text in items:
                yield f"- {head}: {text}" if head and text else f"- {head or text}"
        case Code(text, kind, caption):
            if kind or caption:
                word = f"**{kind.capitalize()}**" if kind else ""
                yield f"{word}{': ' if word and caption else ''}{caption}"
                yield ""
            fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=2) + 1)
            yield f"{fence if len(fence) > 3 else '```'}yaml"
            yield text.rstrip()
            yield fence if len(fence) > 3 else "```"


def table_markdown(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table as Markdown; bars in its cells are escaped."""
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)
