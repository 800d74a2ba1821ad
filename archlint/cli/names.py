"""Names given on the command line."""

from __future__ import annotations

from collections.abc import Iterable

from archlint.cli.usage import wrong_usage
from archlint.vocabulary import nearest


def known_name(name: str, known: Iterable[str], what: str) -> str:
    """The name, if it is known; wrong usage with the nearest one if not."""
    names = list(known)
    if name in names:
        return name
    near = nearest(name, names)
    message = f"there is no {what} `{name}`{f'; did you mean `{near}`?' if near else ''}"
    raise wrong_usage(message)
