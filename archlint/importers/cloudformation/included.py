"""Further files that a template names: definitions, API bodies, nested templates. Never outside the project."""

from __future__ import annotations

from pathlib import Path

from archlint.importers.cloudformation.item import Item
from archlint.importers.cloudformation.raw import Raw, raw_of
from archlint.importers.files import shown
from archlint.importers.kinds import SHORT_TAGS
from archlint.model.tuples import NamedTuple
from archlint.source import Document, TooDeepError

_REMOTE = ("s3://", "http://", "https://", "arn:")


class Included(NamedTuple):
    """A file that was read: how it is shown, and what it holds as plain data."""

    path: str
    data: Raw


def read_included(item: Item, written: str, *route: str | int) -> Included | None:
    """The file that a property names; None, with a note, if it is remote, missing, outside or no YAML or JSON."""
    document = open_included(item, written, *route)
    if document is None:
        return None
    try:
        return Included(document.path, raw_of(document.root, item.build.context.limits.depth))
    except TooDeepError:
        item.note(f"`{written[:200]}` is nested too deeply and was left aside", *route)
        return None


def open_included(item: Item, written: str, *route: str | int) -> Document | None:
    """The document of a file that a property names, None with a note if there is none to be read."""
    if written.startswith(_REMOTE) or "{{" in written:
        item.note(f"`{written[:200]}` is not in the project and was left aside", *route)
        return None
    context, base = item.build.context, item.build.folder.path
    path = context.inside(Path(base), written) if base is not None else None
    if path is None or not path.is_file():
        outside = base is not None and context.leads_out(Path(base), written)
        why = "leads out of the project" if outside else "is no file of the project"
        item.note(f"`{written[:200]}` {why} and was left aside", *route)
        return None
    document = context.document(path, SHORT_TAGS)
    if document is None:
        problems = context.refused.get(shown(path), ())
        reason = f": {problems[0]}" if problems else ""
        item.note(f"`{written[:200]}` cannot be read and was left aside{reason}", *route)
    return document
