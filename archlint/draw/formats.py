"""The formats of pictures: which module writes what, by the ending of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import PurePath
from typing import TypeAlias

from archlint.draw.errors import DrawingError
from archlint.draw.sheet import Sheet
from archlint.model.tuples import NamedTuple

Writer: TypeAlias = Callable[[Sheet], bytes]

GROUP = "archlint.formats"
"""The entry points of other packages: the name is a format's, the object a :data:`Writer`."""


class Format(NamedTuple):
    """A format: the module below ``archlint.draw.writers`` with its ``write``, and the endings of its files.

    ``binary`` is nothing for a terminal; ``whole`` means that the reader finds their way in a large architecture, so
    that one file holds all of it.
    """

    module: str
    title: str
    endings: tuple[str, ...]
    binary: bool = False
    whole: bool = False


FORMATS: Mapping[str, Format] = {
    "svg": Format("vector", "SVG that needs nothing beside it", ("svg",)),
    "png": Format("pixels", "PNG", ("png",), binary=True),
    "pdf": Format("pdf", "PDF, drawn with lines", ("pdf",), binary=True),
    "html": Format("html", "a page to pan, search and filter, that needs no network", ("html", "htm"), whole=True),
    "mermaid": Format("mermaid", "a Mermaid flowchart", ("mmd", "mermaid")),
    "markdown": Format("markdown", "Markdown with a Mermaid flowchart", ("md", "markdown")),
    "d2": Format("d2", "D2", ("d2",), whole=True),
    "dot": Format("dot", "Graphviz DOT, with positions", ("dot", "gv"), whole=True),
    "drawio": Format("drawio", "draw.io, to be edited", ("drawio",), whole=True),
    "json": Format("positions", "the positions as JSON", ("json",), whole=True),
}


def format_of(path: PurePath) -> str | None:
    """The format that a file's ending stands for; None if it stands for none."""
    ending = path.suffix.removeprefix(".").lower()
    found = next((name for name, format_ in FORMATS.items() if ending in format_.endings), None)
    return found or (ending if ending in _others() else None)


def format_names() -> list[str]:
    """Every format there is, those of other packages last."""
    return [*FORMATS, *sorted(_others().keys() - FORMATS.keys())]


def is_binary(name: str) -> bool:
    """Whether a format is none to be shown on a terminal; of another package's, nothing is known."""
    return name not in FORMATS or FORMATS[name].binary


def is_whole(name: str) -> bool:
    """Whether a large architecture is one file in this format."""
    return name in FORMATS and FORMATS[name].whole


def writer(name: str) -> Writer:
    """What writes a format. Raises :class:`DrawingError` if there is none or if it cannot be loaded."""
    known = FORMATS.get(name)
    if known is not None:
        found: Writer = import_module(f"archlint.draw.writers.{known.module}").write
        return found
    entry = _others().get(name)
    if entry is None:
        message = f"there is no format `{name}`; there are {', '.join(format_names())}"
        raise DrawingError(message)
    try:
        loaded: Writer = entry.load()
    except Exception as error:
        message = f"the format `{name}` of {entry.value} cannot be loaded: {error}"
        raise DrawingError(message) from error
    return loaded


def _others() -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=GROUP)}
