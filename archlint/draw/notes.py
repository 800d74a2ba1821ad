"""What a picture may say beside the architecture: where things are written, and what was found in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import quote

from archlint.model import Finding, Match, Site, Span


class Notes(NamedTuple):
    """``span`` finds a place in the files; ``base`` is the URL under which the files can be read, or empty."""

    span: Callable[[Site], Span] | None = None
    base: str = ""
    findings: Sequence[Finding] = ()
    matches: Sequence[Match] = ()

    def place(self, site: Site) -> Place:
        """Where something is written, as a picture may say it."""
        if self.span is None:
            return Place("", 0, "")
        span = self.span(site)
        path = PurePosixPath(span.path.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in span.path or span.path.startswith("<"):
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
