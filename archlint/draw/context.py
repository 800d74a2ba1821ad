"""What a format may say beside the scene: where things are written, and what was found in the architecture."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath
from types import MappingProxyType
from urllib.parse import quote

from archlint.model import Architecture, Finding, Match, Site, Span
from archlint.model.tuples import NamedTuple


class Context(NamedTuple):
    """What is known of the architecture of a scene; all of it may be lacking.

    ``span`` finds a place in the files; ``base`` is the URL under which the files can be read, or empty; ``findings``
    and ``matches`` are of the whole architecture; ``names`` are those of the patterns by their ids. ``revision`` tells
    a page apart from the ones before it while it is served live, else it is 0.
    """

    architecture: Architecture | None = None
    span: Callable[[Site], Span] | None = None
    base: str = ""
    findings: Sequence[Finding] = ()
    matches: Sequence[Match] = ()
    names: Mapping[str, str] = MappingProxyType({})
    revision: int = 0

    def place(self, site: Site) -> Place:
        """Where something is written, as a picture may say it."""
        if self.span is None:
            return Place("", 0, "")
        span = self.span(site)
        path = PurePosixPath(span.path.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in span.path or span.path == "<stdin>":
            return Place(path.name, span.line, "")  # a picture travels; folders of this machine stay here
        link = f"{self.base.rstrip('/')}/{quote(path.as_posix())}#L{span.line}" if self.base else ""
        return Place(path.as_posix(), span.line, link)


class Place(NamedTuple):
    """A file and a line, and the address to read it at if there is one."""

    path: str
    line: int
    link: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.path else ""
