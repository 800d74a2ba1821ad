"""Where something stands: a route while analysing, a span once it is printed."""

from __future__ import annotations

from typing import TypeAlias

from archlint.model.tuples import NamedTuple

Route: TypeAlias = tuple[str | int, ...]
"""Keys and indices from a document's root, as in ``("services", "intake", "connections", 0)``."""


class Site(NamedTuple):
    """A place in a document, cheap to make and stable under edits elsewhere in the file.

    ``document`` is the path the user gave, with ``/``. ``part`` is a half-open range of characters within
    the scalar the route leads to, such as one arrow of a chain. ``key`` says that the mapping's key is
    meant and not its value. ``span`` is set where no route leads: a comment.
    """

    document: str
    route: Route
    part: tuple[int, int] | None = None
    key: bool = False
    span: Span | None = None


class Span(NamedTuple):
    """A resolved place: 1-based lines and columns, the end exclusive, the path with ``/``."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"
