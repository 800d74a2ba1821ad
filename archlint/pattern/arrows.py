"""Steps as written: ``queue -poll-> worker as mapping``."""

from __future__ import annotations

import re

from archlint.model import Style
from archlint.model.tuples import NamedTuple
from archlint.pattern.terms import Arrow

_ACTIONS = r"[a-z_]+(?:\|[a-z_]+)*"
_ARROW = re.compile(
    rf"(?<!\s)\s*(?:(?P<shaft>[=\-!~])(?P<actions>{_ACTIONS})(?P=shaft)>|(?P<plain>[=\-!~])>)(?P<path>\+?)\s*"
)
_ROLE = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
_NAMED = re.compile(r"(?P<steps>.*\S)\s+as\s+(?P<name>[A-Za-z][A-Za-z0-9_]*)\s*\Z", re.DOTALL)
_STYLES = {
    "=": (Style.SYNC,),
    "-": (Style.ASYNC,),
    "!": (Style.ERROR,),
    "~": (Style.SYNC, Style.ASYNC),
}


class Hop(NamedTuple):
    """One arrow of a chain: two role names, what the connection may be, and whether there may be several in a row."""

    source: str
    target: str
    arrow: Arrow
    path: bool


def parse_steps(text: str) -> tuple[list[Hop], str | None]:
    """The hops of a chain and the name given to the last one; ValueError says what is wrong."""
    name = None
    if named := _NAMED.match(text):
        text, name = named["steps"], named["name"]
    hops: list[Hop] = []
    source, position = "", 0
    matched = _ARROW.search(text)
    if matched is None:
        message = f"`{text}` is no step: a step is two roles with an arrow (`=>`, `->`, `!>` or `~>`) between them"
        raise ValueError(message)
    source = _role(text[: matched.start()])
    while matched is not None:
        position = matched.end()
        following = _ARROW.search(text, position)
        target = _role(text[position : following.start() if following else None])
        shaft = matched["shaft"] or matched["plain"]
        actions = frozenset(matched["actions"].split("|")) if matched["actions"] else None
        hops.append(Hop(source, target, Arrow(_STYLES[shaft], actions), bool(matched["path"])))
        source, matched = target, following
    return hops, name


def parse_arrow(text: str) -> Arrow:
    """An arrow without its ends, as in the ``over`` of a cycle; ValueError says what is wrong."""
    matched = _ARROW.fullmatch(text)
    if matched is None or matched["path"]:
        message = f"`{text}` is no arrow; write one such as `=>`, `-publish->` or `~invoke~>`"
        raise ValueError(message)
    actions = frozenset(matched["actions"].split("|")) if matched["actions"] else None
    return Arrow(_STYLES[matched["shaft"] or matched["plain"]], actions)


def _role(text: str) -> str:
    name = text.strip()
    if not _ROLE.match(name):
        message = f"`{name}` is no role name" if name else "an arrow lacks the role at one end"
        raise ValueError(message)
    return name
